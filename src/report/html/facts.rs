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
    pub(super) explanation: &'a str,
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
    pub(super) date: String,
    pub(super) statement: &'a str,
    pub(super) chips: Vec<Chip>,
}

pub(super) fn fact_rows<'a>(reading: &'a Reading<'_>) -> Vec<FactRow<'a>> {
    reading.facts.iter().map(|shared| fact_row(reading, shared)).collect()
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
        explanation: &shared.fact.explanation,
    }
}

fn fact_group<'a>(
    reading: &Reading<'_>,
    fact: usize,
    group: &'a ValueGroup<'_>,
    several: bool,
) -> FactGroup<'a> {
    let chips = group.reports.iter().map(|(index, report)| Chip {
        letter: reading.reports[report.place.article].letter.clone(),
        href: format!("#{}", anchors::fact_report(fact, *index)),
    });
    FactGroup {
        value: group.value.as_deref(),
        chips: chips.collect(),
        origins: several.then(|| origins(group.origins)),
    }
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
    reading
        .comparison
        .timeline
        .iter()
        .enumerate()
        .map(|(index, event)| event_row(reading, index, event))
        .collect()
}

fn event_row<'a>(reading: &'a Reading<'_>, index: usize, event: &'a Event) -> EventRow<'a> {
    let chips = event.reports.iter().enumerate().map(|(report, place)| Chip {
        letter: reading.reports[place.article].letter.clone(),
        href: format!("#{}", anchors::event_report(index, report)),
    });
    EventRow {
        id: anchors::event(index),
        iso: &event.date,
        date: labels::date(&event.date),
        statement: &event.statement,
        chips: chips.collect(),
    }
}
