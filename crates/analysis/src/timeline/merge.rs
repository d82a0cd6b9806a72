//! Reports of one date that tell of the same event.

use std::collections::BTreeMap;

use parallax_model::{Document, Event};

use crate::embedding::Lexicon;
use crate::facts::wording::{Wording, likeness};

/// Reports of one date this alike tell of one event.
const LEAST_LIKE: f32 = 0.5;
/// A report is compared with this many reports of an event, and with this many events of its date.
const MOST_REPORTS: usize = 3;
const MOST_EVENTS: usize = 200;

/// The events that dated wordings tell of, by date and then by first report.
pub(super) fn events(documents: &[Document], dated: Vec<(String, Wording)>, lexicon: &Lexicon) -> Vec<Event> {
    let mut by_date: BTreeMap<String, Vec<Vec<Wording>>> = BTreeMap::new();
    for (date, report) in dated {
        let events = by_date.entry(date).or_default();
        match closest(events, &report, lexicon) {
            Some(event) => events[event].push(report),
            None => events.push(vec![report]),
        }
    }
    let of_date = |(date, events): (String, Vec<Vec<Wording>>)| {
        events.into_iter().map(move |reports| event(documents, date.clone(), &reports))
    };
    by_date.into_iter().flat_map(of_date).collect()
}

/// The event that a report is most alike to, if enough.
fn closest(events: &[Vec<Wording>], report: &Wording, lexicon: &Lexicon) -> Option<usize> {
    let likeness_to = |event: &[Wording]| {
        event.iter().take(MOST_REPORTS).map(|other| likeness(other, report, lexicon)).fold(0.0, f32::max)
    };
    let first = events.len().saturating_sub(MOST_EVENTS);
    (first..events.len())
        .map(|index| (index, likeness_to(&events[index])))
        .filter(|&(_, likeness)| likeness >= LEAST_LIKE)
        .max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0)))
        .map(|(index, _)| index)
}

/// The shortest report states the event.
fn event(documents: &[Document], date: String, reports: &[Wording]) -> Event {
    let words = |wording: &Wording| {
        let text = documents.get(wording.place.article).map_or("", |document| document.text());
        let span = wording.place.span;
        text.get(span.start..span.end).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let statement = reports.iter().map(words).min_by_key(String::len).unwrap_or_default();
    let mut places: Vec<_> = reports.iter().map(|wording| wording.place).collect();
    places.sort_unstable();
    places.dedup();
    Event { date, statement, reports: places }
}
