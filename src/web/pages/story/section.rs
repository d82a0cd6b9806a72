//! One section of a story on a page of its own, a part at a time.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use parallax_archive::{Archive, StoryId};
use serde::Deserialize;

use crate::report::html::{
    EventRow, FactRow, Links, OnlyReport, SayingCard, event_rows, fact_rows, only_reports, saying_cards,
};
use crate::report::reading::{PieceKind, Reading};
use crate::web::failure::Failure;
use crate::web::pages::{Frame, write};
use crate::web::report_line::{ReportLine, report_lines};
use crate::web::site::Site;
use crate::web::story_name::story_id;

/// Items on a page.
const A_PAGE: usize = 40;

/// Which part of a section is asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// From 1.
    page: Option<usize>,
    /// The name of an item that must be on the page.
    at: Option<String>,
}

#[derive(Template)]
#[template(path = "section.html")]
struct SectionPage<'a> {
    frame: Frame,
    id: StoryId,
    headline: &'a str,
    title: &'static str,
    section: &'a str,
    sayings: Vec<SayingCard<'a>>,
    facts: Vec<FactRow<'a>>,
    events: Vec<EventRow<'a>>,
    only: Vec<OnlyReport<'a>>,
    reports: Vec<ReportLine<'a>>,
    page: usize,
    pages: usize,
}

/// Answers with a part of a section.
pub(crate) async fn section(
    State(site): State<Arc<Site>>,
    path: Result<Path<(String, String)>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Failure> {
    let (Path((id, section)), Query(asked)) = (path?, asked?);
    let id = story_id(&id)?;
    let within = Arc::clone(&site);
    site.archive.read(move |archive| show(&within, archive, id, &section, &asked)).await
}

fn show(
    site: &Site,
    archive: &Archive,
    id: StoryId,
    section: &str,
    asked: &Asked,
) -> Result<Response, Failure> {
    let compared = site.compared(archive, id)?;
    let reading = Reading::new(&compared.comparison);
    let links = Links::Pages { story: id.to_string(), can_correct: !site.settings.is_read_only };
    let mut page = SectionPage {
        frame: Frame::new(site, ""),
        id,
        headline: reading.headline,
        title: title(section)?,
        section,
        sayings: Vec::new(),
        facts: Vec::new(),
        events: Vec::new(),
        only: Vec::new(),
        reports: Vec::new(),
        page: 1,
        pages: 1,
    };
    let found = match section {
        "sayings" => {
            page.take(asked, saying_cards(&reading, &links), |card| &card.id, |page| &mut page.sayings)
        }
        "facts" => {
            let (mut facts, said) = fact_rows(&reading, &links);
            facts.extend(said);
            page.take(asked, facts, |fact| &fact.id, |page| &mut page.facts)
        }
        "timeline" => {
            page.take(asked, event_rows(&reading, &links), |event| &event.id, |page| &mut page.events)
        }
        "reports" => {
            page.take(asked, report_lines(&reading, &links), |line| &line.anchor, |page| &mut page.reports)
        }
        _ => page.take_only(asked, only_reports(&reading, &links)),
    };
    if !found && section == "facts" {
        // A fact of one report stands among what only that report has.
        let at = asked.at.as_deref().unwrap_or_default();
        return Ok(Redirect::to(&format!("/stories/{id}/only?at={at}")).into_response());
    }
    Ok(write(&page)?.into_response())
}

fn title(section: &str) -> Result<&'static str, Failure> {
    Ok(match section {
        "sayings" => "Who said what",
        "facts" => "Facts",
        "timeline" => "Timeline",
        "only" => "Only in one report",
        "reports" => "The reports",
        _ => return Err(Failure::not_found(format!("A story has no section {section}."))),
    })
}

impl<'a> SectionPage<'a> {
    /// Puts the part of the items on the page that is asked for. Whether the item that must be there is among them.
    fn take<T>(
        &mut self,
        asked: &Asked,
        items: Vec<T>,
        name: impl Fn(&T) -> &str,
        place: impl Fn(&mut Self) -> &mut Vec<T>,
    ) -> bool {
        let at = asked.at.as_deref();
        let found = at.map(|at| items.iter().position(|item| name(item) == at));
        self.turn_to(asked, found.flatten(), items.len());
        let from = (self.page - 1) * A_PAGE;
        *place(self) = items.into_iter().skip(from).take(A_PAGE).collect();
        found.is_none_or(|found| found.is_some())
    }

    fn take_only(&mut self, asked: &Asked, items: Vec<OnlyReport<'a>>) -> bool {
        let at = asked.at.as_deref().unwrap_or_default();
        let has =
            |report: &OnlyReport<'_>| report.open.iter().chain(&report.folded).any(|item| item.id == at);
        self.turn_to(asked, items.iter().position(has), items.len());
        let from = (self.page - 1) * A_PAGE;
        self.only = items.into_iter().skip(from).take(A_PAGE).collect();
        // Nothing is folded where it is what the page is for.
        self.only.iter_mut().for_each(|report| report.open.append(&mut report.folded));
        true
    }

    fn turn_to(&mut self, asked: &Asked, found: Option<usize>, all: usize) {
        self.pages = all.div_ceil(A_PAGE).max(1);
        let page = found.map(|index| index / A_PAGE + 1).or(asked.page);
        self.page = page.unwrap_or(1).clamp(1, self.pages);
    }
}
