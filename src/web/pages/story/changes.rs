//! What happened to a story, on its page and as an Atom feed (RFC 4287).

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use parallax_archive::{Archive, Event, EventKind, StoryId};

use crate::changes::{self, News};
use crate::report::atom;
use crate::report::html::in_address;
use crate::report::labels;
use crate::web::failure::Failure;
use crate::web::moment::{iso, spoken};
use crate::web::site::Site;
use crate::web::story_name::story_id;

/// Events in the feed.
const IN_FEED: u32 = 60;

/// Something that happened to a story.
pub(crate) struct ChangeLine {
    pub(crate) iso: String,
    pub(crate) day: String,
    pub(crate) what: &'static str,
    /// The report that it is about, with the way to it.
    pub(crate) report: Option<(String, String)>,
    /// What happened, in a sentence with the reports' words.
    pub(crate) words: Option<String>,
}

/// Answers with what happened to a story, as a feed.
pub(crate) async fn feed(
    State(site): State<Arc<Site>>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Failure> {
    let id = story_id(&id?.0)?;
    let read = move |archive: &Archive| {
        let story = archive.story(id)?;
        let events = changes::all_told(archive, archive.last_events(id, IN_FEED)?)?;
        let page = |_: &Event| Some(format!("/stories/{id}#changes"));
        let feed = atom::Feed::new(archive, &atom::story(id), &story.title, None)?;
        let feed = atom::write(feed, &events, page);
        Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response())
    };
    site.archive.read(read).await
}

/// What happened to a story last, the last first.
pub(super) fn last_changes(archive: &Archive, id: StoryId, most: u32) -> Result<Vec<ChangeLine>, Failure> {
    let events = changes::all_told(archive, archive.last_events(id, most)?)?;
    Ok(events.iter().map(|(event, news)| line(id, event, news)).collect())
}

fn line(id: StoryId, event: &Event, news: &News) -> ChangeLine {
    let report = news.reports.first().cloned();
    let day = iso(event.at);
    ChangeLine {
        day: day.get(..10).map_or_else(|| spoken(event.at), labels::date),
        iso: day,
        what: told(event.kind),
        report: report.map(|name| (format!("/reports/{}?story={id}", in_address(&name)), name)),
        words: Some(news.sentence.clone()),
    }
}

fn told(kind: EventKind) -> &'static str {
    match kind {
        EventKind::StoryBegan => "The story began",
        EventKind::NewReport => "A report came in",
        EventKind::NewSaying => "A new saying",
        EventKind::AlteredQuotation => "A quotation was altered",
        EventKind::FigureChanged => "A figure changed",
        EventKind::Conflict => "Reports conflict",
        EventKind::NewOrigin => "A new independent origin",
        EventKind::CorrectionAtSource => "The outlet changed its report",
        EventKind::Merged => "Two stories became one",
        EventKind::Split => "Reports left it",
        EventKind::CorrectedByPerson => "A reader corrected something",
        _ => "Something changed",
    }
}
