//! Groups of invented reports: an account of one event, and others that copy it, reword it, take a part of it or stand alone.

use parallax_model::{Body, RawReport};
use proptest::prelude::*;

/// The statements of each event, each in its wordings.
fn events() -> Vec<Vec<Vec<&'static str>>> {
    let events = include_str!("sentences.txt").split("\n## ").skip(1);
    let lines = |event: &'static str| event.lines().skip(1).filter(|line| !line.is_empty());
    let wordings =
        |line: &'static str| line.trim_start_matches("> ").split(" | ").collect::<Vec<&'static str>>();
    events.map(|event| lines(event).map(wordings).collect()).collect()
}

/// Statements in the order of a report, each by its number and that of its wording.
type Outline = Vec<(usize, usize)>;

/// How a report came about.
#[derive(Debug, Clone, Copy)]
enum Making {
    Alone,
    /// All but one sentence of the first report, as it stands.
    Copied,
    /// All of the first report in other words.
    Reworded,
    /// The beginning of the first report as it stands, then its own.
    Enriched,
}

/// The texts of two to five reports of one event.
pub(crate) fn groups() -> impl Strategy<Value = Vec<String>> {
    let making =
        prop::sample::select(vec![Making::Alone, Making::Copied, Making::Reworded, Making::Enriched]);
    let outline = prop::collection::vec((0_usize..12, 0_usize..4), 3..9);
    (0_usize..3, prop::collection::vec((making, outline), 2..6)).prop_map(|(event, plan)| texts(event, &plan))
}

fn texts(event: usize, plan: &[(Making, Outline)]) -> Vec<String> {
    let statements = &events()[event];
    let first = plan.first().map(|(_, outline)| distinct(outline, statements.len())).unwrap_or_default();
    let outlines = plan.iter().enumerate().map(|(index, (making, own))| {
        let own = distinct(own, statements.len());
        match making {
            _ if index == 0 => own,
            Making::Alone => own,
            Making::Copied => first[..first.len().saturating_sub(1).max(1)].to_vec(),
            Making::Reworded => first.iter().map(|&(statement, wording)| (statement, wording + 1)).collect(),
            Making::Enriched => distinct(&[&first[..first.len().min(2)], &own].concat(), statements.len()),
        }
    });
    outlines.map(|outline| text(&outline, statements)).collect()
}

/// A report says nothing twice.
fn distinct(outline: &[(usize, usize)], statements: usize) -> Outline {
    let mut kept: Outline = Vec::new();
    for &(statement, wording) in outline {
        if kept.iter().all(|&(other, _)| other != statement % statements) {
            kept.push((statement % statements, wording));
        }
    }
    kept
}

fn text(outline: &[(usize, usize)], statements: &[Vec<&str>]) -> String {
    let sentence = |&(statement, wording): &(usize, usize)| {
        let wordings = &statements[statement];
        wordings[wording % wordings.len()]
    };
    outline.iter().map(sentence).collect::<Vec<_>>().join("\n\n")
}

/// A report on its own.
pub(crate) fn report(id: &str, text: &str) -> RawReport {
    RawReport {
        id: id.to_owned(),
        place: id.to_owned(),
        language: Some("en".to_owned()),
        body: Body::Text(text.to_owned()),
        ..RawReport::default()
    }
}

/// Reports with ids in their order.
pub(crate) fn reports(texts: &[String]) -> Vec<RawReport> {
    texts.iter().enumerate().map(|(index, text)| report(&format!("report {index}"), text)).collect()
}
