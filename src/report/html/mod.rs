//! A comparison as one self-contained page: no script, nothing loaded from anywhere.
//!
//! The page's policy allows its own style sheet, by its hash, and nothing else. All words of reports are escaped by
//! the templates and isolated from the direction of the text around them.

mod anchors;
mod cards;
mod facts;
mod full_text;
mod lineage_drawing;
mod only;

use std::io::Write;

use askama::Template;
use base64::Engine;
use parallax_model::{Agreement, Comparison};
use sha2::{Digest, Sha256};

use self::cards::{SayingCard, saying_cards};
use self::facts::{EventRow, FactRow, event_rows, fact_rows};
use self::full_text::{FullReport, Marks, full_reports};
use self::lineage_drawing::Drawing;
use self::only::{OnlyReport, only_reports};
use super::labels::{self, count};
use super::reading::{PieceKind, Reading};

const STYLE: &str = include_str!("page.css");

/// Writes the page.
pub(crate) fn write(comparison: &Comparison, out: &mut dyn Write) -> anyhow::Result<()> {
    let reading = Reading::new(comparison);
    let marks = Marks::new(&reading);
    let page = Page::new(&reading, &marks);
    let mut html = Vec::new();
    page.write_into(&mut html)?;
    out.write_all(&html)?;
    Ok(())
}

/// Everything the page shows, ready for the templates.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    style: &'static str,
    style_hash: String,
    headline: &'a str,
    other_headlines: &'a [&'a str],
    byline: String,
    tallies: Vec<Tally>,
    drawing: Drawing<'a>,
    origins: Vec<OriginNote<'a>>,
    sayings: Vec<SayingCard<'a>>,
    facts: Vec<FactRow<'a>>,
    /// Facts that stand among the sayings too.
    said: Vec<FactRow<'a>>,
    events: Vec<EventRow<'a>>,
    only: Vec<OnlyReport<'a>>,
    reports: Vec<FullReport<'a>>,
}

/// A figure at the head of the page, and where it is explained.
struct Tally {
    number: usize,
    label: &'static str,
    href: &'static str,
}

/// Why the reports of an origin count as one.
struct OriginNote<'a> {
    number: usize,
    chips: Vec<Chip>,
    reason: &'a str,
}

/// The letter of a report, linked to the place it stands for.
struct Chip {
    letter: String,
    href: String,
}

impl<'a> Page<'a> {
    fn new(reading: &'a Reading<'a>, marks: &'a Marks) -> Self {
        let (facts, said) = fact_rows(reading);
        Self {
            style: STYLE,
            style_hash: style_hash(),
            headline: reading.headline,
            other_headlines: &reading.other_headlines,
            byline: byline(reading),
            tallies: tallies(reading),
            drawing: Drawing::new(reading),
            origins: origin_notes(reading),
            sayings: saying_cards(reading),
            facts,
            said,
            events: event_rows(reading),
            only: only_reports(reading),
            reports: full_reports(reading, marks),
        }
    }
}

fn style_hash() -> String {
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(STYLE))
}

fn byline(reading: &Reading<'_>) -> String {
    let outlets = reading.outlets().map(|outlets| count(outlets, "outlet", "outlets"));
    reading.dates.map(labels::days).into_iter().chain(outlets).collect::<Vec<_>>().join(" · ")
}

fn tallies(reading: &Reading<'_>) -> Vec<Tally> {
    let altered = reading.sayings.iter().filter(|s| s.altered() > 0).count();
    let misattributed = reading.sayings.iter().filter(|s| s.misattributed() > 0).count();
    let conflicts = reading.facts.iter().filter(|f| !f.is_saying());
    let conflicts = conflicts.filter(|f| f.fact.agreement == Agreement::Conflict).count();
    let tally = |number, one, many, href| Tally { number, label: if number == 1 { one } else { many }, href };
    vec![
        tally(reading.reports.len(), "report", "reports", "#reports"),
        tally(reading.origins.len(), "independent origin", "independent origins", "#origins"),
        tally(reading.sayings.len(), "saying shared", "sayings shared", "#sayings"),
        tally(altered, "saying altered", "sayings altered", "#sayings"),
        tally(misattributed, "misattributed", "misattributed", "#sayings"),
        tally(conflicts, "fact in conflict", "facts in conflict", "#facts"),
    ]
}

fn origin_notes<'a>(reading: &'a Reading<'_>) -> Vec<OriginNote<'a>> {
    let origins = reading.origins.iter().zip(&reading.comparison.origins).enumerate();
    origins
        .map(|(index, (tree, origin))| OriginNote {
            number: index + 1,
            chips: origin.articles.iter().map(|&article| report_chip(reading, article)).collect(),
            reason: tree.reason,
        })
        .collect()
}

/// The letter of a report, linked to the report.
fn report_chip(reading: &Reading<'_>, article: usize) -> Chip {
    let letter = reading.reports[article].letter.clone();
    Chip { href: format!("#r-{letter}"), letter }
}
