//! What only one report has.

use parallax_model::Fact;

use super::super::labels::{self, count};
use super::super::reading::{Only, OnlySaying, Reading, Stated};
use super::{Chip, Links, anchors, report_chip};

/// How many sayings and facts of a report stand in the open; the rest can be unfolded.
const OPEN: usize = 5;

/// One report, and what no other report has.
pub(crate) struct OnlyReport<'a> {
    pub(crate) chip: Chip,
    pub(crate) outlet: &'a str,
    pub(crate) counted: String,
    pub(crate) open: Vec<OnlyItem<'a>>,
    pub(crate) folded: Vec<OnlyItem<'a>>,
}

/// A saying or a fact.
pub(crate) struct OnlyItem<'a> {
    pub(crate) id: String,
    pub(crate) href: String,
    /// Who says it, for sayings.
    pub(crate) speaker: Option<&'a str>,
    pub(crate) quoted: bool,
    pub(crate) stated: Stated,
    pub(crate) label: &'static str,
}

pub(crate) fn only_reports<'a>(reading: &'a Reading<'_>, links: &Links) -> Vec<OnlyReport<'a>> {
    reading
        .only
        .iter()
        .enumerate()
        .map(|(article, only)| only_report(reading, article, only, links))
        .collect()
}

pub(crate) fn only_report<'a>(
    reading: &'a Reading<'_>,
    article: usize,
    only: &'a Only<'_>,
    links: &Links,
) -> OnlyReport<'a> {
    let (sayings, facts): (Vec<_>, Vec<_>) = (
        only.sayings.iter().map(|saying| only_saying_item(reading, saying, links)).collect(),
        only.facts.iter().map(|&(index, fact)| fact_item(reading, article, index, fact, links)).collect(),
    );
    let (mut open, mut folded) = split(sayings);
    let (open_facts, folded_facts) = split(facts);
    open.extend(open_facts);
    folded.extend(folded_facts);
    OnlyReport {
        chip: report_chip(reading, article, links),
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

pub(crate) fn only_saying_item<'a>(
    reading: &Reading<'_>,
    saying: &'a OnlySaying<'_>,
    links: &Links,
) -> OnlyItem<'a> {
    OnlyItem {
        id: anchors::saying(saying.index),
        href: links.quotation(reading, saying.quotation),
        speaker: Some(saying.speaker.unwrap_or(labels::NO_SPEAKER)),
        quoted: saying.kind.is_quoted(),
        stated: Stated { words: saying.words.clone(), ..Stated::default() },
        label: labels::quotation(saying.kind),
    }
}

fn fact_item<'a>(
    reading: &Reading<'_>,
    article: usize,
    index: usize,
    fact: &Fact,
    links: &Links,
) -> OnlyItem<'a> {
    OnlyItem {
        id: anchors::fact(index),
        href: links.fact_report(reading, article, index, 0),
        speaker: None,
        quoted: false,
        stated: reading.stated(fact),
        label: "fact",
    }
}
