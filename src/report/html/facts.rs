//! Facts as rows of a table, and the timeline.

use parallax_model::{Agreement, Event};

use super::super::labels::{self, count};
use super::super::reading::{Reading, SharedFact, ValueGroup};
use super::{Chip, anchors};

/// One fact with the values that reports give.
pub(super) struct FactRow<'a> {
    pub(super) id: String,
    pub(super) statement: &'a str,
    pub(super) agreement: &'static str,
    /// A sign beside the label, so that colour is not the only cue.
    pub(super) sign: &'static str,
    pub(super) groups: Vec<FactGroup<'a>>,
    pub(super) origins: String,
    /// Why the reports do not agree, where they do not.
    pub(super) explanation: Option<&'a str>,
}

/// The reports that give one value.
pub(super) struct FactGroup<'a> {
    pub(super) value: Option<&'a str>,
    pub(super) chips: Vec<Chip>,
    /// The origins behind the value, where values differ.
    pub(super) origins: Option<String>,
}

/// One dated event.
pub(super) struct EventRow<'a> {
    pub(super) id: String,
    pub(super) iso: &'a str,
    /// The date as people write it; none where the event before has the same.
    pub(super) date: Option<String>,
    pub(super) statement: &'a str,
    pub(super) chips: Vec<Chip>,
}

/// The facts, and apart from them those that stand among the sayings too.
pub(super) fn fact_rows<'a>(reading: &'a Reading<'_>) -> (Vec<FactRow<'a>>, Vec<FactRow<'a>>) {
    let (sayings, facts): (Vec<_>, Vec<_>) = reading.facts.iter().partition(|fact| fact.is_saying());
    let rows =
        |facts: Vec<&'a SharedFact<'_>>| facts.into_iter().map(|fact| fact_row(reading, fact)).collect();
    (rows(facts), rows(sayings))
}

fn fact_row<'a>(reading: &'a Reading<'_>, shared: &'a SharedFact<'_>) -> FactRow<'a> {
    let several = shared.groups.len() > 1;
    FactRow {
        id: anchors::fact(shared.index),
        statement: &shared.fact.statement,
        agreement: labels::agreement(shared.fact.agreement),
        sign: sign(shared.fact.agreement),
        groups: shared.groups.iter().map(|group| fact_group(reading, shared.index, group, several)).collect(),
        origins: origins(shared.fact.origins),
        explanation: Some(shared.fact.explanation.as_str())
            .filter(|_| shared.fact.agreement != Agreement::Agree),
    }
}

fn fact_group<'a>(
    reading: &Reading<'_>,
    fact: usize,
    group: &'a ValueGroup<'_>,
    several: bool,
) -> FactGroup<'a> {
    let places = group.reports.iter().map(|(index, report)| {
        let letter = reading.reports[report.place.article].letter.clone();
        Chip { letter, href: format!("#{}", anchors::fact_report(fact, *index)) }
    });
    FactGroup {
        value: group.value.as_deref(),
        chips: one_of_each(places),
        origins: several.then(|| origins(group.origins)),
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

pub(super) fn event_rows<'a>(reading: &'a Reading<'_>) -> Vec<EventRow<'a>> {
    let events = &reading.comparison.timeline;
    let before = std::iter::once(None).chain(events.iter().map(Some));
    let rows = events.iter().zip(before).enumerate();
    rows.map(|(index, (event, before))| event_row(reading, index, event, before)).collect()
}

fn event_row<'a>(
    reading: &'a Reading<'_>,
    index: usize,
    event: &'a Event,
    before: Option<&Event>,
) -> EventRow<'a> {
    let places = event.reports.iter().enumerate().map(|(report, place)| {
        let letter = reading.reports[place.article].letter.clone();
        Chip { letter, href: format!("#{}", anchors::event_report(index, report)) }
    });
    EventRow {
        id: anchors::event(index),
        iso: &event.date,
        date: before.is_none_or(|before| before.date != event.date).then(|| labels::date(&event.date)),
        statement: &event.statement,
        chips: one_of_each(places),
    }
}
