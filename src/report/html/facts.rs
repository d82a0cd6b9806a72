//! Facts as rows of a table, and the timeline.

use parallax_model::{Agreement, Event};

use super::super::labels::{self, count};
use super::super::reading::{Reading, SharedFact, Stated, ValueGroup};
use super::{Chip, Links, anchors};

/// One fact with the values that reports give.
pub(crate) struct FactRow<'a> {
    pub(crate) id: String,
    pub(crate) stated: Stated,
    pub(crate) agreement: &'static str,
    /// A sign beside the label, so that colour is not the only cue.
    pub(crate) sign: &'static str,
    pub(crate) groups: Vec<FactGroup<'a>>,
    pub(crate) origins: String,
    /// Why the reports do not agree, where they do not.
    pub(crate) explanation: Option<&'a str>,
}

/// The reports that give one value.
pub(crate) struct FactGroup<'a> {
    pub(crate) value: Option<&'a str>,
    pub(crate) chips: Vec<Chip>,
    /// The origins behind the value, where values differ.
    pub(crate) origins: Option<String>,
}

/// One dated event.
pub(crate) struct EventRow<'a> {
    pub(crate) id: String,
    pub(crate) iso: &'a str,
    /// The date as people write it; none where the event before has the same.
    pub(crate) date: Option<String>,
    pub(crate) stated: Stated,
    pub(crate) chips: Vec<Chip>,
}

/// The facts, and apart from them those that stand among the sayings too.
pub(crate) fn fact_rows<'a>(reading: &'a Reading<'_>, links: &Links) -> (Vec<FactRow<'a>>, Vec<FactRow<'a>>) {
    let (sayings, facts): (Vec<_>, Vec<_>) = reading.facts.iter().partition(|fact| fact.is_saying);
    let rows = |facts: Vec<&'a SharedFact<'_>>| {
        facts.into_iter().map(|fact| fact_row(reading, fact, links)).collect()
    };
    (rows(facts), rows(sayings))
}

fn fact_row<'a>(reading: &'a Reading<'_>, shared: &'a SharedFact<'_>, links: &Links) -> FactRow<'a> {
    let mut groups: Vec<_> =
        shared.groups.iter().map(|group| fact_group(reading, shared.index, group, links)).collect();
    if groups.len() == 1 {
        groups.iter_mut().for_each(|group| group.origins = None);
    }
    FactRow {
        id: anchors::fact(shared.index),
        stated: reading.stated(shared.fact),
        agreement: labels::agreement(shared.fact.agreement),
        sign: sign(shared.fact.agreement),
        groups,
        origins: origins(shared.fact.origins),
        explanation: Some(shared.fact.explanation.as_str())
            .filter(|_| shared.fact.agreement != Agreement::Agree),
    }
}

fn fact_group<'a>(
    reading: &Reading<'_>,
    fact: usize,
    group: &'a ValueGroup<'_>,
    links: &Links,
) -> FactGroup<'a> {
    let places = group.reports.iter().map(|(index, report)| {
        let article = report.place.article;
        let letter = reading.reports[article].letter.clone();
        Chip { letter, href: links.fact_report(reading, article, fact, *index) }
    });
    FactGroup {
        value: group.value.as_deref(),
        chips: one_of_each(places),
        origins: Some(origins(group.origins)),
    }
}

/// The first chip of each report.
fn one_of_each(all: impl Iterator<Item = Chip>) -> Vec<Chip> {
    let mut chips: Vec<Chip> = Vec::new();
    for chip in all {
        if !chips.iter().any(|other| other.letter == chip.letter) {
            chips.push(chip);
        }
    }
    chips
}

fn origins(number: usize) -> String {
    count(number, "independent origin", "independent origins")
}

/// The sign of an agreement.
pub(super) const fn sign(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Single => "·",
        Agreement::Agree => "=",
        Agreement::Differ => "≈",
        Agreement::Conflict => "≠",
    }
}

pub(crate) fn event_rows<'a>(reading: &'a Reading<'_>, links: &Links) -> Vec<EventRow<'a>> {
    let events = &reading.comparison.timeline;
    let before = std::iter::once(None).chain(events.iter().map(Some));
    let rows = events.iter().zip(before).enumerate();
    rows.map(|(index, (event, before))| event_row(reading, index, event, before, links)).collect()
}

fn event_row<'a>(
    reading: &'a Reading<'_>,
    index: usize,
    event: &'a Event,
    before: Option<&Event>,
    links: &Links,
) -> EventRow<'a> {
    let places = event.reports.iter().enumerate().map(|(report, place)| {
        let letter = reading.reports[place.article].letter.clone();
        Chip { letter, href: links.event_report(reading, place.article, index, report) }
    });
    EventRow {
        id: anchors::event(index),
        iso: &event.date,
        date: before.is_none_or(|before| before.date != event.date).then(|| labels::date(&event.date)),
        stated: reading.happened(event),
        chips: one_of_each(places),
    }
}
