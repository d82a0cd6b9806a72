//! A person: what they said, when, and in whose rendering.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use parallax_archive::{Archive, Cursor, StoryId};
use serde::Deserialize;

use super::{Frame, Page, write};
use crate::report::html::{Links, in_address};
use crate::report::labels::{self, count};
use crate::report::reading::{OnlySaying, PieceKind, Reading, Saying};
use crate::web::failure::Failure;
use crate::web::inquiry::Inquiry;
use crate::web::site::Site;

/// Reports whose stories are looked at for a page.
const REPORTS: usize = 40;
/// Stories on a page.
const STORIES: usize = 10;

/// Where the list goes on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    from: Option<String>,
}

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage {
    frame: Frame,
    name: String,
    roles: Vec<String>,
    told: String,
    stories: Vec<Told>,
    next: Option<String>,
}

/// What a person says in one story, as its own page has it.
struct Told {
    href: String,
    headline: String,
    days: String,
    sayings: Vec<Said>,
}

/// A saying of the person.
struct Said {
    href: String,
    renditions: Vec<Rendered>,
    reports: usize,
    altered: usize,
}

/// A rendition of a saying, and who gives it.
struct Rendered {
    letters: String,
    outlet: String,
    label: &'static str,
    is_quoted: bool,
    is_altered: bool,
    pieces: Vec<(PieceKind, String)>,
}

/// Answers with what a person said.
pub(crate) async fn person(
    State(site): State<Arc<Site>>,
    name: Result<Path<String>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Page {
    let (Path(name), Query(asked)) = (name?, asked?);
    let within = Arc::clone(&site);
    let page = site.archive.read(move |archive| find(&within, archive, name, &asked)).await?;
    write(&page)
}

fn find(site: &Site, archive: &Archive, name: String, asked: &Asked) -> Result<PersonPage, Failure> {
    let nobody = || Failure::not_found(format!("Nobody called {name} is quoted."));
    let from =
        asked.from.as_deref().map(|from| from.parse::<Cursor>().map_err(Failure::bad_request)).transpose()?;
    let quoted = Inquiry { speaker: name.clone(), ..Inquiry::default() };
    let mut found = archive.search(&quoted.query().map_err(|_| nobody())?, REPORTS, from)?;
    if found.hits.is_empty() && from.is_none() {
        // A name that only the reports together give stands in their texts, not with a quotation.
        let named = Inquiry { q: format!("\"{}\"", name.replace('"', " ")), ..Inquiry::default() };
        found = archive.search(&named.query().map_err(|_| nobody())?, REPORTS, None)?;
    }
    let mut seen = BTreeSet::new();
    let ids = found.hits.iter().flat_map(|hit| hit.stories.iter().copied());
    let ids: Vec<StoryId> = ids.filter(|id| seen.insert(*id)).take(STORIES).collect();
    let mut roles = BTreeSet::new();
    let mut stories = Vec::new();
    for id in ids {
        let compared = site.compared(archive, id)?;
        let reading = Reading::new(&compared.comparison);
        let entities = compared.comparison.entities.iter().filter(|entity| is_called(&entity.name, &name));
        roles.extend(entities.flat_map(|entity| entity.roles.iter().cloned()));
        stories.extend(told(&reading, id, &name));
    }
    if stories.is_empty() && from.is_none() {
        return Err(nobody());
    }
    stories.sort_by(|a, b| b.0.cmp(&a.0));
    let address = in_address(&name);
    Ok(PersonPage {
        frame: Frame::new(site, ""),
        told: format!("Quoted in {}", count(found.matching, "report", "reports")),
        name,
        roles: roles.into_iter().take(6).collect(),
        stories: stories.into_iter().map(|(_, told)| told).collect(),
        next: found.next.map(|next| format!("/people/{address}?from={next}")),
    })
}

/// Whether two names are one, but for case and spaces.
fn is_called(name: &str, wanted: &str) -> bool {
    name.split_whitespace().map(str::to_lowercase).eq(wanted.split_whitespace().map(str::to_lowercase))
}

/// What a person says in a story, with its last day; `None` where they say nothing.
fn told(reading: &Reading<'_>, id: StoryId, name: &str) -> Option<(String, Told)> {
    let links = Links::Pages { story: id.to_string() };
    let is_theirs = |speaker: Option<&str>| speaker.is_some_and(|speaker| is_called(speaker, name));
    let shared = reading.sayings.iter().filter(|saying| is_theirs(saying.speaker));
    let mut sayings: Vec<_> = shared.map(|saying| said(reading, &links, saying)).collect();
    for (article, only) in reading.only.iter().enumerate() {
        let alone = only.sayings.iter().filter(|saying| is_theirs(saying.speaker));
        sayings.extend(alone.map(|saying| said_once(reading, &links, article, saying)));
    }
    let days = reading.dates.map(labels::days).unwrap_or_default();
    let last = reading.dates.map_or("", |(_, last)| last).to_owned();
    let href = format!("/stories/{id}");
    (!sayings.is_empty()).then(|| (last, Told { href, headline: reading.headline.to_owned(), days, sayings }))
}

fn said(reading: &Reading<'_>, links: &Links, saying: &Saying<'_>) -> Said {
    let rendered = |rendition: &crate::report::reading::ReadRendition<'_>| Rendered {
        letters: reading.letters(rendition.articles()).join(" "),
        outlet: match rendition.quotations.as_slice() {
            [one] => reading.reports[one.article].name.to_owned(),
            many => count(many.len(), "report", "reports"),
        },
        label: if rendition.is_reference { "reference" } else { labels::rendition(rendition.relation) },
        is_quoted: rendition.quoted,
        is_altered: rendition.is_altered(),
        pieces: if rendition.is_verbatim() {
            Vec::new()
        } else {
            rendition.pieces.iter().map(|piece| (piece.kind, piece.text.clone())).collect()
        },
    };
    Said {
        href: links.saying(saying.index),
        renditions: saying.renditions.iter().map(rendered).collect(),
        reports: saying.reports(),
        altered: saying.altered(),
    }
}

fn said_once(reading: &Reading<'_>, links: &Links, article: usize, saying: &OnlySaying<'_>) -> Said {
    let rendered = Rendered {
        letters: reading.reports[article].letter.clone(),
        outlet: reading.reports[article].name.to_owned(),
        label: labels::quotation(saying.kind),
        is_quoted: saying.kind.is_quoted(),
        is_altered: false,
        pieces: vec![(PieceKind::Same, saying.words.clone())],
    };
    Said {
        href: links.quotation(reading, saying.quotation),
        renditions: vec![rendered],
        reports: 1,
        altered: 0,
    }
}
