//! A person: what they said, when, and in whose rendering.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use parallax_archive::{Archive, Cursor, Found, StoryId};
use serde::Deserialize;

use super::{Frame, Page, write};
use crate::report::html::{Links, OnlyItem, SayingCard, in_address, only_saying_item, saying_card};
use crate::report::labels::{self, count};
use crate::report::reading::{PieceKind, Reading};
use crate::web::compared::Compared;
use crate::web::failure::Failure;
use crate::web::inquiry::Inquiry;
use crate::web::site::Site;

/// Reports whose stories are looked at for a page.
const REPORTS: usize = 40;
/// Stories on a page.
const STORIES: usize = 10;

/// What reports call the person, as far as it is shown.
const ROLES: usize = 6;

/// Where the list goes on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    from: Option<String>,
}

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage<'a> {
    frame: Frame,
    name: &'a str,
    roles: Vec<&'a str>,
    told: String,
    stories: Vec<Told<'a>>,
    next: Option<String>,
}

/// What a person says in one story, as the story's own page has it.
struct Told<'a> {
    href: String,
    headline: &'a str,
    /// The first and the last day of its reports.
    days: String,
    last_day: &'a str,
    sayings: Vec<SayingCard<'a>>,
    /// What one report alone has.
    alone: Vec<OnlyItem<'a>>,
}

/// Answers with what a person said.
pub(crate) async fn person(
    State(site): State<Arc<Site>>,
    name: Result<Path<String>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Page {
    let (Path(name), Query(asked)) = (name?, asked?);
    let within = Arc::clone(&site);
    site.archive.read(move |archive| show(&within, archive, &name, &asked)).await
}

fn show(site: &Site, archive: &Archive, name: &str, asked: &Asked) -> Page {
    let found = quoting(archive, name, asked)?;
    let compared = stories(&found).map(|id| Ok((id, site.compared(archive, id)?)));
    let compared = compared.collect::<Result<Vec<(StoryId, Arc<Compared>)>, Failure>>()?;
    let readings: Vec<_> = compared.iter().map(|(id, of)| (*id, Reading::new(&of.comparison))).collect();
    let told = readings.iter().filter_map(|(id, reading)| told(site, reading, *id, name));
    let mut stories: Vec<_> = told.collect();
    if stories.is_empty() && asked.from.is_none() {
        return Err(nobody(name));
    }
    stories.sort_by_key(|story| std::cmp::Reverse(story.last_day));
    write(&PersonPage {
        frame: Frame::new(site, ""),
        name,
        roles: roles(&readings, name),
        told: format!("Quoted in {}", count(found.matching, "report", "reports")),
        stories,
        next: found.next.map(|next| format!("/people/{}?from={next}", in_address(name))),
    })
}

fn nobody(name: &str) -> Failure {
    Failure::not_found(format!("Nobody called {name} is quoted."))
}

/// The reports in which somebody of this name is quoted.
fn quoting(archive: &Archive, name: &str, asked: &Asked) -> Result<Found, Failure> {
    let from =
        asked.from.as_deref().map(|from| from.parse::<Cursor>().map_err(Failure::bad_request)).transpose()?;
    let quoted = Inquiry { speaker: name.to_owned(), ..Inquiry::default() };
    let found = archive.search(&quoted.query().map_err(|_| nobody(name))?, REPORTS, from)?;
    if !found.hits.is_empty() || from.is_some() {
        return Ok(found);
    }
    // A name that only the reports together give stands in their texts, not with a quotation.
    let named = Inquiry { q: format!("\"{}\"", name.replace('"', " ")), ..Inquiry::default() };
    Ok(archive.search(&named.query().map_err(|_| nobody(name))?, REPORTS, None)?)
}

/// The stories of what was found, each once.
fn stories(found: &Found) -> impl Iterator<Item = StoryId> + '_ {
    let mut seen = BTreeSet::new();
    let ids = found.hits.iter().flat_map(|hit| hit.stories.iter().copied());
    ids.filter(move |id| seen.insert(*id)).take(STORIES)
}

/// What reports call the person, each once but for case.
fn roles<'a>(readings: &'a [(StoryId, Reading<'_>)], name: &str) -> Vec<&'a str> {
    let entities = readings.iter().flat_map(|(_, reading)| &reading.comparison.entities);
    let roles = entities.filter(|entity| is_called(&entity.name, name)).flat_map(|entity| &entity.roles);
    let mut seen = BTreeSet::new();
    roles.map(String::as_str).filter(|role| seen.insert(role.to_lowercase())).take(ROLES).collect()
}

/// Whether two names are one, but for case and spaces.
fn is_called(name: &str, wanted: &str) -> bool {
    name.split_whitespace().map(str::to_lowercase).eq(wanted.split_whitespace().map(str::to_lowercase))
}

/// What a person says in a story; `None` where they say nothing.
fn told<'a>(site: &Site, reading: &'a Reading<'_>, id: StoryId, name: &str) -> Option<Told<'a>> {
    let links = Links::Pages { story: id.to_string(), can_correct: !site.settings.is_read_only };
    let is_theirs = |speaker: Option<&str>| speaker.is_some_and(|speaker| is_called(speaker, name));
    let shared = reading.sayings.iter().filter(|saying| is_theirs(saying.speaker));
    let mut sayings: Vec<_> = shared.map(|saying| saying_card(reading, saying, &links)).collect();
    let alone = reading.only.iter().flat_map(|only| &only.sayings);
    let alone = alone.filter(|saying| is_theirs(saying.speaker));
    let mut alone: Vec<_> = alone.map(|saying| only_saying_item(reading, saying, &links)).collect();
    // Several stories stand on the page, and each counts its sayings from 1.
    let names = sayings.iter_mut().map(|card| &mut card.id).chain(alone.iter_mut().map(|item| &mut item.id));
    names.for_each(|name| *name = format!("{id}-{name}"));
    let is_silent = sayings.is_empty() && alone.is_empty();
    (!is_silent).then(|| Told {
        href: format!("/stories/{id}"),
        headline: reading.headline,
        days: reading.dates.map(labels::days).unwrap_or_default(),
        last_day: reading.dates.map_or("", |(_, last)| last),
        sayings,
        alone,
    })
}
