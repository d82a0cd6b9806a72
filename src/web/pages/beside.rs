//! Two reports side by side, with what they share linked from one to the other.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use parallax_archive::Archive;
use serde::Deserialize;

use super::{Frame, Page, write};
use crate::report::html::{
    EventRow, FactRow, FullReport, Links, Marks, OnlyReport, OriginNote, SayingCard, event_rows, fact_rows,
    full_reports, in_address, only_reports, origin_notes, saying_cards,
};
use crate::report::labels::count;
use crate::report::reading::{PieceKind, Reading};
use crate::web::failure::Failure;
use crate::web::site::Site;

/// Which reports are asked for, and the story that they were chosen in.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    a: String,
    b: String,
    story: Option<String>,
}

#[derive(Template)]
#[template(path = "beside.html")]
struct Beside<'a> {
    frame: Frame,
    story: Option<String>,
    summary: String,
    reports: Vec<FullReport<'a>>,
    origins: Vec<OriginNote<'a>>,
    sayings: Vec<SayingCard<'a>>,
    facts: Vec<FactRow<'a>>,
    events: Vec<EventRow<'a>>,
    only: Vec<OnlyReport<'a>>,
}

/// Answers with two reports side by side.
pub(crate) async fn beside(
    State(site): State<Arc<Site>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Page {
    let Query(asked) = asked?;
    if asked.a == asked.b {
        return Err(Failure::bad_request("Choose two different reports."));
    }
    let frame = Frame::new(&site, "");
    site.archive.read(move |archive| show(archive, &asked, frame)).await
}

fn show(archive: &Archive, asked: &Asked, frame: Frame) -> Page {
    let raw = |name: &str| Ok::<_, Failure>(archive.raw(archive.report(name)?.id)?);
    let comparison = parallax_analysis::compare(vec![raw(&asked.a)?, raw(&asked.b)?]);
    let reading = Reading::new(&comparison);
    let links = Links::OnePage;
    let marks = Marks::new(&reading, &links);
    let (mut facts, said) = fact_rows(&reading, &links);
    facts.extend(said);
    let mut reports = full_reports(&reading, &marks, &links);
    // The one that was named first stands on the left.
    if comparison.documents.first().is_some_and(|document| document.article.id == asked.b) {
        reports.reverse();
    }
    let story = asked.story.as_deref().filter(|story| story.parse::<parallax_archive::StoryId>().is_ok());
    let query = story.map(|story| format!("?story={story}")).unwrap_or_default();
    for (report, name) in reports.iter_mut().zip([&asked.a, &asked.b]) {
        report.page = Some(format!("/reports/{}{query}", in_address(name)));
    }
    write(&Beside {
        frame,
        summary: summary(&reading, &facts),
        story: story.map(str::to_owned),
        reports,
        origins: origin_notes(&reading, &links),
        sayings: saying_cards(&reading, &links),
        facts,
        events: event_rows(&reading, &links),
        only: only_reports(&reading, &links),
    })
}

fn summary(reading: &Reading<'_>, facts: &[FactRow<'_>]) -> String {
    let passages = reading.comparison.passages.iter();
    let reused = passages.filter(|passage| {
        !passage.shared_quotation && passage.relation != parallax_model::PassageRelation::SameFact
    });
    format!(
        "{}, {}, {}, {}",
        count(reading.origins.len(), "origin", "independent origins"),
        count(reused.count(), "passage copied or reworded", "passages copied or reworded"),
        count(reading.sayings.len(), "saying shared", "sayings shared"),
        count(facts.len(), "fact shared", "facts shared"),
    )
}
