//! Events as they are told: those that a comparison brought have their sentence, the others get one here.

use parallax_archive::{Archive, ChangeOp, Error, ErrorKind, Event, EventKind, Heading, Right};
use serde_json::Value;

use super::News;
use super::edits::{Edit, edits_of, version_of};
use super::wording::{counted, quoted};

/// So many changes of a report are named in the sentence.
const NAMED: usize = 2;
/// The version of a report that is told of when it comes in.
const FIRST: u32 = 1;

/// Each event with how it is told.
pub(crate) fn all_told(archive: &Archive, events: Vec<Event>) -> Result<Vec<(Event, News)>, Error> {
    events.into_iter().map(|event| told(archive, &event).map(|news| (event, news))).collect()
}

/// An event with its sentence, its reports and the stretches that it rests on.
pub(crate) fn told(archive: &Archive, event: &Event) -> Result<News, Error> {
    match as_written(archive, event) {
        // One event that is damaged, or names what is not there, hides no other.
        Err(error) if error.is_damage() || matches!(error.kind(), ErrorKind::Unknown(_)) => Ok(unreadable()),
        told => told,
    }
}

fn unreadable() -> News {
    let sentence =
        "What happened then can no longer be read; `parallax verify` says where the archive is damaged.";
    News::about(EventKind::Unreadable, Vec::new(), sentence.to_owned())
}

fn as_written(archive: &Archive, event: &Event) -> Result<News, Error> {
    let (kind, detail) = (event.kind, &event.detail);
    let word = |name: &str| detail[name].as_str().unwrap_or_default().to_owned();
    if let Some(sentence) = detail["sentence"].as_str() {
        let places = serde_json::from_value(detail["places"].clone()).unwrap_or_default();
        return Ok(News { places, ..News::about(kind, reports(detail), sentence.to_owned()) });
    }
    Ok(match kind {
        EventKind::StoryBegan | EventKind::NewReport => {
            let report = archive.report(&word("report"))?;
            let heading = archive.heading_of(report.id, FIRST)?;
            News::about(kind, vec![report.name.clone()], arrived(kind, &report.name, &heading))
        }
        EventKind::CorrectionAtSource => corrected(archive, event, &word("report"))?,
        EventKind::Merged => {
            let sentence = match detail["into"].as_str() {
                Some(into) => format!("This story became part of another, {into}: {}.", word("reason")),
                None => {
                    format!("Another story, {}, became part of this one: {}.", word("ended"), word("reason"))
                }
            };
            News::about(kind, Vec::new(), sentence)
        }
        EventKind::Split => {
            let reports = reports(detail);
            let left = counted(reports.len(), "report", "reports");
            let sentence = format!("{left} became a story of its own, {}: {}.", word("new"), word("reason"));
            News::about(kind, reports, sentence)
        }
        EventKind::CorrectedByPerson => by_person(detail),
        EventKind::Unreadable => unreadable(),
        _ => News::about(kind, reports(detail), format!("{}.", kind.word())),
    })
}

fn reports(detail: &Value) -> Vec<String> {
    serde_json::from_value(detail["reports"].clone()).unwrap_or_default()
}

/// A report came in, headed so.
fn arrived(kind: EventKind, name: &str, heading: &Heading) -> String {
    let outlet = heading.outlet.as_deref().unwrap_or(name);
    match (kind, heading.title.as_deref()) {
        (EventKind::StoryBegan, Some(title)) => {
            format!("The story begins with {} ({outlet}).", quoted(title))
        }
        (EventKind::StoryBegan, None) => format!("The story begins with a report by {outlet}."),
        (_, Some(title)) => format!("{outlet} reports: {}.", quoted(title)),
        (_, None) => format!("{outlet} reports too."),
    }
}

/// A report was acquired again.
fn corrected(archive: &Archive, event: &Event, name: &str) -> Result<News, Error> {
    let report = archive.report(name)?;
    let edits = edits_of(archive, event)?;
    let number = version_of(event).unwrap_or(report.versions);
    let heading = archive.heading_of(report.id, number)?;
    let outlet = heading.outlet.as_deref().unwrap_or(name);
    let sentence = if edits.is_empty() {
        let before = archive.heading_of(report.id, number.saturating_sub(1))?;
        retitled(outlet, before.title.as_deref(), heading.title.as_deref())
    } else {
        correction(outlet, &edits)
    };
    let places = edits.iter().filter_map(|edit| edit.place(name)).collect();
    Ok(News { places, edits, ..News::about(event.kind, vec![name.to_owned()], sentence) })
}

/// An outlet changed nothing of its report but the headline.
fn retitled(outlet: &str, before: Option<&str>, now: Option<&str>) -> String {
    match (before, now) {
        (Some(before), Some(now)) if before != now => {
            format!("{outlet} changed the headline of its report: {} became {}.", quoted(before), quoted(now))
        }
        _ => format!("{outlet} changed the headline of its report."),
    }
}

/// What an outlet changed in its report.
pub(super) fn correction(outlet: &str, edits: &[Edit]) -> String {
    let named: Vec<String> = edits.iter().take(NAMED).map(edited).collect();
    match (&named[..], edits.len()) {
        (named, amount) if amount > named.len() => {
            let more = counted(amount - named.len(), "change", "changes");
            format!("{outlet} changed its report: {}, and {more} more.", named.join(", "))
        }
        (named, _) => format!("{outlet} changed its report: {}.", named.join(" and ")),
    }
}

fn edited(edit: &Edit) -> String {
    match edit.op {
        ChangeOp::Replace => format!("{} became {}", quoted(&edit.before), quoted(&edit.after)),
        ChangeOp::Insert => format!("{} was added", quoted(&edit.after)),
        ChangeOp::Delete => format!("{} was left out", quoted(&edit.before)),
    }
}

/// A person corrected something, or took a correction back.
fn by_person(detail: &Value) -> News {
    let who = detail["who"].as_str().unwrap_or("somebody");
    let what: Option<Right> = serde_json::from_value(detail["what"].clone()).ok();
    let said = what.as_ref().map_or_else(|| "something is otherwise".to_owned(), right);
    let sentence = match detail["undone"].as_bool() {
        Some(true) => format!("{who} no longer says that {said}."),
        _ => format!("{who} says that {said}."),
    };
    News::about(EventKind::CorrectedByPerson, what.map(named).unwrap_or_default(), sentence)
}

/// The reports that a correction names.
fn named(what: Right) -> Vec<String> {
    match what {
        Right::MergeStories { reports, .. } | Right::SplitStory { reports, .. } => reports,
        Right::MoveReport { report, .. } => vec![report],
        Right::Speaker { saying, .. } => vec![saying.report],
        Right::SameSaying { one, other } | Right::AnotherSaying { one, other } => {
            vec![one.report, other.report]
        }
        _ => Vec::new(),
    }
}

/// What a person says is right, as the end of a sentence.
pub(crate) fn right(what: &Right) -> String {
    match what {
        Right::MergeStories { kept, ended, .. } => format!("{ended} and {kept} are one story"),
        Right::SplitStory { from, new, reports } => {
            let tell = if reports.len() == 1 { "tells" } else { "tell" };
            format!("{} of {from} {tell} another story, {new}", counted(reports.len(), "report", "reports"))
        }
        Right::MoveReport { report, from, to } => format!("{report} belongs to {to}, not to {from}"),
        Right::Speaker { saying, speaker } => {
            format!("{speaker} said {} ({})", quoted(&saying.text), saying.report)
        }
        Right::SameSaying { one, other } => format!(
            "{} ({}) and {} ({}) are the same saying",
            quoted(&one.text),
            one.report,
            quoted(&other.text),
            other.report
        ),
        Right::AnotherSaying { one, other } => format!(
            "{} ({}) is another saying than {} ({})",
            quoted(&one.text),
            one.report,
            quoted(&other.text),
            other.report
        ),
        _ => "something is otherwise".to_owned(),
    }
}
