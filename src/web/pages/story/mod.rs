//! A story: its origins, sayings, facts, days, what only one report has, and its reports.

mod changes;
mod saying;
mod section;

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use parallax_archive::{Archive, StoryId};

pub(crate) use changes::feed;
pub(crate) use saying::saying;
pub(crate) use section::section;

use self::changes::{ChangeLine, last_changes};
use super::{Frame, write};
use crate::report::html::{
    Drawing, EventRow, FactRow, Links, More, OnlyReport, OriginNote, SayingCard, Tally, byline, event_rows,
    fact_rows, only_reports, origin_notes, saying_cards, tallies,
};
use crate::report::labels::{self, count};
use crate::report::reading::{PieceKind, Reading};
use crate::web::compared::Compared;
use crate::web::failure::Failure;
use crate::web::moment::spoken;
use crate::web::report_line::{ReportLine, report_lines};
use crate::web::site::Site;
use crate::web::story_name::story_id;

/// More than these stand on a page of their own, so that the page of a story stays light whatever its size.
const SAYINGS: usize = 12;
const FACTS: usize = 30;
const EVENTS: usize = 25;
const ALONE: usize = 12;
const REPORTS: usize = 60;
const CHANGES: u32 = 20;
/// A drawing of more reports cannot be read.
const DRAWN: usize = 40;

#[derive(Template)]
#[template(path = "story.html")]
struct StoryPage<'a> {
    frame: Frame,
    id: StoryId,
    headline: &'a str,
    other_headlines: &'a [&'a str],
    byline: String,
    left_out: usize,
    tallies: Vec<Tally>,
    drawing: Option<Drawing<'a>>,
    origins: Vec<OriginNote<'a>>,
    sayings: Vec<SayingCard<'a>>,
    facts: Vec<FactRow<'a>>,
    /// Facts that stand among the sayings too have a place on the page of all facts alone.
    said: Vec<FactRow<'a>>,
    events: Vec<EventRow<'a>>,
    only: Vec<OnlyReport<'a>>,
    reports: Vec<ReportLine<'a>>,
    changes: Vec<ChangeLine>,
    more: Vec<More>,
}

impl StoryPage<'_> {
    /// The way to the rest of a section, where there is more of it.
    fn more_of(&self, section: &str) -> Option<&More> {
        self.more.iter().find(|more| more.section == section)
    }
}

/// Answers with the page of a story.
pub(crate) async fn story(
    State(site): State<Arc<Site>>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Failure> {
    let id = story_id(&id?.0)?;
    let within = Arc::clone(&site);
    site.archive.read(move |archive| show(&within, archive, id)).await
}

fn show(site: &Site, archive: &Archive, id: StoryId) -> Result<Response, Failure> {
    let story = archive.story(id)?;
    if let Some(into) = story.merged_into {
        return Ok(Redirect::permanent(&format!("/stories/{into}")).into_response());
    }
    let compared = site.compared(archive, id)?;
    let reading = Reading::new(&compared.comparison);
    let mut page = page(Frame::new(site, ""), id, &compared, &reading);
    let changed = format!("changed {}", spoken(story.changed));
    page.byline =
        [page.byline, changed].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    page.changes = last_changes(archive, id, CHANGES)?;
    Ok(write(&page)?.into_response())
}

fn page<'a>(frame: Frame, id: StoryId, compared: &'a Compared, reading: &'a Reading<'a>) -> StoryPage<'a> {
    let links = Links::Pages { story: id.to_string(), can_correct: !frame.is_read_only };
    let (facts, said) = fact_rows(reading, &links);
    let mut page = StoryPage {
        frame,
        id,
        headline: reading.headline,
        other_headlines: &reading.other_headlines,
        byline: byline(reading),
        left_out: compared.left_out,
        tallies: tallies(reading),
        drawing: (reading.reports.len() <= DRAWN).then(|| Drawing::new(reading, &links)),
        origins: origin_notes(reading, &links),
        sayings: saying_cards(reading, &links),
        facts,
        said: Vec::new(),
        events: event_rows(reading, &links),
        only: only_reports(reading, &links),
        reports: report_lines(reading, &links),
        changes: Vec::new(),
        more: Vec::new(),
    };
    let more = [
        cut(id, &mut page.sayings, SAYINGS, 0, "sayings", ("saying", "sayings")),
        cut(id, &mut page.facts, FACTS, said.len(), "facts", ("fact", "facts")),
        cut(id, &mut page.events, EVENTS, 0, "timeline", ("dated event", "dated events")),
        cut(id, &mut page.only, ALONE, 0, "only", ("report", "reports")),
        cut(id, &mut page.reports, REPORTS, 0, "reports", ("report", "reports")),
    ];
    page.more = more.into_iter().flatten().collect();
    page
}

/// Leaves the first items of a section on the page, and gives the way to the rest; `apart` are those that stand on the section's own page alone.
fn cut<T>(
    id: StoryId,
    items: &mut Vec<T>,
    most: usize,
    apart: usize,
    section: &'static str,
    (one, many): (&str, &str),
) -> Option<More> {
    let all = items.len() + apart;
    items.truncate(most);
    (all > items.len()).then(|| More {
        section,
        href: format!("/stories/{id}/{section}"),
        words: format!("All {}", count(all, one, many)),
    })
}
