//! What changed in a story: from its comparison before and its comparison now to the news in between.
//!
//! News are told of words, not of findings: a saying, a figure or an origin is news when the words that it rests on came in just now and no
//! report of the story had them before. So a comparison that is made again, by better stages or after a correction, announces nothing,
//! and an exact copy of a report that is there is one more report and nothing else.

mod edits;
mod figures;
mod kept;
mod novelty;
mod origins;
mod sayings;
mod telling;
#[cfg(test)]
mod tests;
mod wording;

use std::collections::BTreeSet;

use parallax_archive::EventKind;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub(crate) use edits::{Edit, edits, edits_of};
pub(crate) use kept::Kept;
use novelty::Novelty;
pub(crate) use novelty::folded;
pub(crate) use telling::{all_told, right, told};

/// Something that happened to a story, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct News {
    /// What kind of thing.
    pub(crate) kind: EventKind,
    /// What happened in one sentence of fixed wording with the reports' words.
    pub(crate) sentence: String,
    /// The names of the reports that it is about; the one that brought it comes first.
    pub(crate) reports: Vec<String>,
    /// The stretches that it rests on.
    pub(crate) places: Vec<EventPlace>,
    /// All that the outlet changed, where it corrected its report.
    pub(crate) edits: Vec<Edit>,
}

/// A stretch of a report's text as it was when the event happened. Later versions of the report may say something else there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EventPlace {
    /// The name of the report.
    pub(crate) report: String,
    /// The first character, counted in Unicode scalar values.
    pub(crate) start: usize,
    /// The one after the last.
    pub(crate) end: usize,
    /// The words.
    pub(crate) words: String,
}

impl EventPlace {
    /// Whether the other is a stretch of the same report and no longer than this.
    fn contains(&self, other: &Self) -> bool {
        self.report == other.report && self.start <= other.start && other.end <= self.end
    }
}

/// What changed in a story from `former` to `present`. `arrived` are the reports that came in since, new or with other words; one that came
/// from another story when the two were merged is none of them. That a report came in is told where it is placed.
pub(crate) fn changes(former: Option<&Kept>, present: &Kept, arrived: &BTreeSet<String>) -> Vec<News> {
    let novelty = Novelty::new(former, present, arrived);
    let mut news = origins::news(former, present, &novelty);
    news.extend(sayings::news(former, present, &novelty));
    news.extend(figures::news(former, present, &novelty));
    let mut told = BTreeSet::new();
    news.retain(|news| told.insert(news.anchors()));
    news
}

impl News {
    /// News that rest on these stretches.
    fn resting_on(kind: EventKind, places: Vec<EventPlace>, sentence: String) -> Self {
        let mut reports: Vec<String> = Vec::new();
        for place in &places {
            if !reports.contains(&place.report) {
                reports.push(place.report.clone());
            }
        }
        Self { places, ..Self::about(kind, reports, sentence) }
    }

    /// News about reports as they are.
    fn about(kind: EventKind, reports: Vec<String>, sentence: String) -> Self {
        Self { kind, sentence, reports, places: Vec::new(), edits: Vec::new() }
    }

    /// By what it is known again: its kind, its reports and the words.
    fn anchors(&self) -> (EventKind, Vec<String>) {
        let words = self.places.iter().flat_map(|place| [place.report.clone(), folded(&place.words)]);
        (self.kind, if self.places.is_empty() { self.reports.clone() } else { words.collect() })
    }

    /// As it is written down in the log of events.
    pub(crate) fn detail(&self) -> Value {
        json!({"sentence": self.sentence, "reports": self.reports, "places": self.places})
    }
}
