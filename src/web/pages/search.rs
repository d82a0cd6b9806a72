//! What a search finds.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use parallax_archive::{Archive, Cursor, Found};
use serde::Deserialize;

use super::{Frame, Page, write};
use crate::report::html::in_address;
use crate::report::labels::{self, count};
use crate::web::failure::Failure;
use crate::web::inquiry::Inquiry;
use crate::web::pieces::{HitPiece, pieces};
use crate::web::site::Site;

/// Hits on a page.
const A_PAGE: usize = 20;

/// What is searched for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(flatten)]
    inquiry: Inquiry,
    from: Option<String>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    inquiry: Inquiry,
    /// How much was found; why nothing could be, where the query was not understood.
    told: String,
    is_understood: bool,
    hits: Vec<HitLine>,
    next: Option<String>,
}

/// A report that was found.
struct HitLine {
    href: String,
    title: String,
    /// The outlet; where it is not known, the report's name.
    outlet: String,
    day: Option<String>,
    pieces: Vec<HitPiece>,
    /// Its stories with how many reports and origins they have.
    stories: Vec<(String, String)>,
}

/// Answers with what a search finds.
pub(crate) async fn search(
    State(site): State<Arc<Site>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Page {
    let Query(asked) = asked?;
    let frame = Frame { query: asked.inquiry.q.clone(), ..Frame::new(&site, "") };
    let page = site.archive.read(move |archive| find(archive, asked, frame)).await?;
    write(&page)
}

fn find(archive: &Archive, asked: Asked, frame: Frame) -> Result<SearchPage, Failure> {
    let mut page = SearchPage {
        frame,
        inquiry: asked.inquiry,
        told: "Type what to look for.".into(),
        is_understood: true,
        hits: Vec::new(),
        next: None,
    };
    if page.inquiry.is_empty() {
        return Ok(page);
    }
    let query = match page.inquiry.query() {
        Ok(query) => query,
        Err(reason) => {
            page.told = format!("This was not understood: {reason}.");
            page.is_understood = false;
            return Ok(page);
        }
    };
    let from = asked.from.map(|from| from.parse::<Cursor>().map_err(Failure::bad_request)).transpose()?;
    let found = archive.search(&query, A_PAGE, from)?;
    page.told = told(&found);
    page.next = found.next.map(|next| format!("/search?{}&from={next}", page.inquiry.in_address()));
    page.hits = found.hits.iter().map(|hit| line(archive, hit)).collect::<Result<_, Failure>>()?;
    Ok(page)
}

fn told(found: &Found) -> String {
    match (found.matching, found.is_more) {
        (0, _) => "No report is like that.".into(),
        (all, true) => format!("More than {}; these are of the newest.", count(all, "report", "reports")),
        (all, false) => format!("{}, best first.", count(all, "report", "reports")),
    }
}

fn line(archive: &Archive, hit: &parallax_archive::Hit) -> Result<HitLine, Failure> {
    let report = &hit.report;
    let story = |story: &parallax_archive::StoryId| {
        let story = archive.story(*story)?;
        let origins =
            story.origins.map(|origins| format!(", {}", count(origins as usize, "origin", "origins")));
        let reports = count(story.reports as usize, "report", "reports");
        Ok((format!("/stories/{}", story.id), format!("{reports}{}", origins.unwrap_or_default())))
    };
    Ok(HitLine {
        href: format!("/reports/{}", in_address(&report.name)),
        title: report.title.clone().unwrap_or_else(|| report.name.clone()),
        outlet: report.outlet.clone().unwrap_or_else(|| report.name.clone()),
        day: report.published.as_deref().map(labels::date),
        pieces: pieces(&hit.text, &hit.snippet),
        stories: hit.stories.iter().map(story).collect::<Result<_, Failure>>()?,
    })
}
