//! A comparison as one self-contained page: no script, nothing loaded from anywhere.
//!
//! The page's policy allows its own style sheet, by its hash, and nothing else. All words of reports are escaped by
//! the templates and isolated from the direction of the text around them.

mod anchors;
mod cards;
mod facts;
mod full_text;
mod lineage_drawing;
mod links;
mod only;

use std::io::Write;

use askama::Template;
use base64::Engine;
use parallax_model::{Agreement, Comparison};
use sha2::{Digest, Sha256};

pub(crate) use self::cards::{SayingCard, saying_card, saying_cards};
pub(crate) use self::facts::{EventRow, FactRow, event_rows, fact_rows};
pub(crate) use self::full_text::{FullReport, Marks, full_report, full_reports};
pub(crate) use self::lineage_drawing::Drawing;
pub(crate) use self::links::{Links, in_address};
pub(crate) use self::only::{OnlyItem, OnlyReport, only_reports, only_saying_item};
use super::labels::{self, count};
use super::reading::{PieceKind, Reading};

/// The style of the page, which the reader of an archive shares.
pub(crate) const STYLE: &str = include_str!("page.css");

/// Writes the page.
pub(crate) fn write(comparison: &Comparison, out: &mut dyn Write) -> anyhow::Result<()> {
    let reading = Reading::new(comparison);
    let marks = Marks::new(&reading, &Links::OnePage);
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
    drawing: Option<Drawing<'a>>,
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
pub(crate) struct Tally {
    pub(crate) number: usize,
    pub(crate) label: &'static str,
    pub(crate) href: &'static str,
}

/// The way to the rest of a section, where a page has only its beginning.
pub(crate) struct More {
    pub(crate) section: &'static str,
    pub(crate) href: String,
    pub(crate) words: String,
}

/// Why the reports of an origin count as one.
pub(crate) struct OriginNote<'a> {
    pub(crate) number: usize,
    pub(crate) chips: Vec<Chip>,
    pub(crate) reason: &'a str,
}

/// The letter of a report, linked to the place it stands for.
pub(crate) struct Chip {
    pub(crate) letter: String,
    pub(crate) href: String,
}

impl<'a> Page<'a> {
    fn new(reading: &'a Reading<'a>, marks: &'a Marks) -> Self {
        let links = &Links::OnePage;
        let (facts, said) = fact_rows(reading, links);
        Self {
            style: STYLE,
            style_hash: style_hash(),
            headline: reading.headline,
            other_headlines: &reading.other_headlines,
            byline: byline(reading),
            tallies: tallies(reading),
            drawing: Some(Drawing::new(reading, links)),
            origins: origin_notes(reading, links),
            sayings: saying_cards(reading, links),
            facts,
            said,
            events: event_rows(reading, links),
            only: only_reports(reading, links),
            reports: full_reports(reading, marks, links),
        }
    }

    /// All of every section stands on the page.
    fn more_of(&self, _: &str) -> Option<&More> {
        None
    }
}

fn style_hash() -> String {
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(STYLE))
}

/// When the reports were published, and by how many outlets.
pub(crate) fn byline(reading: &Reading<'_>) -> String {
    let outlets = reading.outlets().map(|outlets| count(outlets, "outlet", "outlets"));
    reading.dates.map(labels::days).into_iter().chain(outlets).collect::<Vec<_>>().join(" · ")
}

/// The figures at the head of a page.
pub(crate) fn tallies(reading: &Reading<'_>) -> Vec<Tally> {
    let altered = reading.sayings.iter().filter(|s| s.altered() > 0).count();
    let misattributed = reading.sayings.iter().filter(|s| s.misattributed() > 0).count();
    let conflicts = reading.facts.iter().filter(|f| !f.is_saying);
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

/// Why the reports of each origin count as one.
pub(crate) fn origin_notes<'a>(reading: &'a Reading<'_>, links: &Links) -> Vec<OriginNote<'a>> {
    let origins = reading.origins.iter().zip(&reading.comparison.origins).enumerate();
    origins
        .map(|(index, (tree, origin))| OriginNote {
            number: index + 1,
            chips: origin.articles.iter().map(|&article| report_chip(reading, article, links)).collect(),
            reason: tree.reason,
        })
        .collect()
}

/// The letter of a report, linked to the report.
pub(crate) fn report_chip(reading: &Reading<'_>, article: usize, links: &Links) -> Chip {
    Chip { letter: reading.reports[article].letter.clone(), href: links.report(reading, article) }
}
