//! What only one report has.

use super::super::labels::{self, count};
use super::super::reading::{Only, OnlySaying, Reading};
use super::{Chip, anchors, report_chip};

/// How many sayings and facts of a report stand in the open; the rest can be unfolded.
const OPEN: usize = 5;

/// One report, and what no other report has.
pub(super) struct OnlyReport<'a> {
    pub(super) chip: Chip,
    pub(super) outlet: &'a str,
    pub(super) counted: String,
    pub(super) open: Vec<OnlyItem<'a>>,
    pub(super) folded: Vec<OnlyItem<'a>>,
}

/// A saying or a fact.
pub(super) struct OnlyItem<'a> {
    pub(super) id: String,
    pub(super) href: String,
    /// Who says it, for sayings.
    pub(super) speaker: Option<&'a str>,
    pub(super) quoted: bool,
    pub(super) words: &'a str,
    pub(super) label: &'static str,
}

pub(super) fn only_reports<'a>(reading: &'a Reading<'_>) -> Vec<OnlyReport<'a>> {
    reading.only.iter().enumerate().map(|(article, only)| only_report(reading, article, only)).collect()
}

fn only_report<'a>(reading: &'a Reading<'_>, article: usize, only: &'a Only<'_>) -> OnlyReport<'a> {
    let (sayings, facts): (Vec<_>, Vec<_>) = (
        only.sayings.iter().map(|saying| saying_item(reading, saying)).collect(),
        only.facts.iter().map(|&(index, fact)| fact_item(index, &fact.statement)).collect(),
    );
    let (mut open, mut folded) = split(sayings);
    let (open_facts, folded_facts) = split(facts);
    open.extend(open_facts);
    folded.extend(folded_facts);
    OnlyReport {
        chip: report_chip(reading, article),
        outlet: reading.reports[article].name,
        counted: counted(only),
        open,
        folded,
    }
}

fn counted(only: &Only<'_>) -> String {
    format!(
        "{} of {} sentences, {}, {}",
        only.sentences,
        only.of_sentences,
        count(only.sayings.len(), "saying", "sayings"),
        count(only.facts.len(), "fact", "facts"),
    )
}

/// The items in the open, and the rest.
fn split(mut items: Vec<OnlyItem<'_>>) -> (Vec<OnlyItem<'_>>, Vec<OnlyItem<'_>>) {
    let folded = items.split_off(items.len().min(OPEN));
    (items, folded)
}

fn saying_item<'a>(reading: &Reading<'_>, saying: &'a OnlySaying<'_>) -> OnlyItem<'a> {
    OnlyItem {
        id: anchors::saying(saying.index),
        href: format!("#{}", anchors::quotation(reading, saying.quotation)),
        speaker: Some(saying.speaker.unwrap_or(labels::NO_SPEAKER)),
        quoted: saying.kind.is_quoted(),
        words: &saying.words,
        label: labels::quotation(saying.kind),
    }
}

fn fact_item(index: usize, statement: &str) -> OnlyItem<'_> {
    OnlyItem {
        id: anchors::fact(index),
        href: format!("#{}", anchors::fact_report(index, 0)),
        speaker: None,
        quoted: false,
        words: statement,
        label: "fact",
    }
}
