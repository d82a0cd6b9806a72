//! What a name is the name of, by the evidence around it.

use parallax_model::{EntityKind, Gender};

use super::lexicon::LEXICON;
use super::reading::{Reading, Shape};
use super::spotting::ProperName;

/// Verbs that people, and bodies, are the subject of.
const SPEAKING: [&str; 30] = [
    "said",
    "says",
    "told",
    "tells",
    "added",
    "adds",
    "asked",
    "warned",
    "wrote",
    "tweeted",
    "posted",
    "argued",
    "stated",
    "claimed",
    "replied",
    "explained",
    "insisted",
    "confirmed",
    "announced",
    "denied",
    "noted",
    "recalled",
    "suggested",
    "declared",
    "stressed",
    "acknowledged",
    "admitted",
    "thinks",
    "believes",
    "vowed",
];

/// Evidence for each kind, gathered over the mentions of a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Votes {
    pub(super) person: u32,
    pub(super) organisation: u32,
    pub(super) place: u32,
    pub(super) group: u32,
    pub(super) male: u32,
    pub(super) female: u32,
}

impl Votes {
    /// Adds the evidence of `other`.
    pub(super) fn add(&mut self, other: Self) {
        self.person += other.person;
        self.organisation += other.organisation;
        self.place += other.place;
        self.group += other.group;
        self.male += other.male;
        self.female += other.female;
    }

    /// The kind that most evidence speaks for; with none it is a person, the most frequent of them.
    pub(super) fn kind(self) -> EntityKind {
        let ranked = [
            (self.person, EntityKind::Person),
            (self.organisation, EntityKind::Organisation),
            (self.place, EntityKind::Place),
            (self.group, EntityKind::Group),
        ];
        let best = ranked.into_iter().rev().max_by_key(|(votes, _)| *votes).filter(|(votes, _)| *votes > 0);
        match best {
            Some((_, kind)) => kind,
            None => EntityKind::Person,
        }
    }

    /// The gender that all evidence speaks for.
    pub(super) fn gender(self) -> Option<Gender> {
        match (self.male, self.female) {
            (1.., 0) => Some(Gender::Male),
            (0, 1..) => Some(Gender::Female),
            (m, f) if m >= 4 * f && f > 0 => Some(Gender::Male),
            (m, f) if f >= 4 * m && m > 0 => Some(Gender::Female),
            _ => None,
        }
    }
}

/// The evidence at one mention.
pub(super) fn votes(reading: &Reading, name: &ProperName) -> Votes {
    let mut votes = Votes::default();
    match name.kind {
        Some(EntityKind::Person) => votes.person += 10,
        Some(EntityKind::Organisation) => votes.organisation += 8,
        Some(EntityKind::Place) => votes.place += 8,
        Some(EntityKind::Group) => votes.group += 8,
        None => {}
    }
    match name.gender {
        Some(Gender::Male) => votes.male += 4,
        Some(Gender::Female) => votes.female += 4,
        None => {}
    }
    given_name(reading, name, &mut votes);
    if !modifies(reading, name) {
        before(reading, name, &mut votes);
        after(reading, name, &mut votes);
    }
    votes
}

/// Whether the name only modifies the noun after it: "a Treasury spokesman".
fn modifies(reading: &Reading, name: &ProperName) -> bool {
    reading.after(name.core.end).is_some_and(|w| w.shape == Shape::Lower && LEXICON.role(&w.lower).is_some())
}

fn given_name(reading: &Reading, name: &ProperName, votes: &mut Votes) {
    let first = reading.get(name.core.start).and_then(|word| LEXICON.given_name(word.text)).flatten();
    match first.filter(|_| name.core.len() > 1 && name.may_be_person()) {
        Some(Gender::Male) => votes.male += 1,
        Some(Gender::Female) => votes.female += 1,
        None => {}
    }
}

fn before(reading: &Reading, name: &ProperName, votes: &mut Votes) {
    let Some(word) = reading.before(name.phrase.start) else { return };
    match word.lower.as_ref() {
        "in" | "near" | "across" | "outside" | "around" => votes.place += 2,
        "on" | "via" => votes.organisation += 1,
        "the" if name.core.start == name.phrase.start => votes.organisation += 1,
        lower if SPEAKING.contains(&lower) => votes.person += 1,
        _ => {}
    }
}

fn after(reading: &Reading, name: &ProperName, votes: &mut Votes) {
    let Some(word) = reading.after(name.core.end) else { return };
    let next = reading.after(name.core.end + 1);
    match word.lower.as_ref() {
        "who" => votes.person += 3,
        "regime" | "administration" | "presidency" | "campaign" | "family" => votes.person += 2,
        lower if SPEAKING.contains(&lower) => votes.person += 1,
        "," => {
            let age =
                next.is_some_and(|w| w.shape == Shape::Number && matches!(w.text.parse::<u8>(), Ok(1..=110)));
            let closed = reading.after(name.core.end + 2).is_some_and(|w| w.is(","));
            votes.person += if age && closed { 3 } else { 0 };
            votes.person += if next.is_some_and(|w| w.is("who") || w.is("whose")) { 2 } else { 0 };
            votes.place += if next.is_some_and(|w| LEXICON.is_known_place(w.text)) && name.core.len() <= 2 {
                1
            } else {
                0
            };
        }
        _ if LEXICON.ends_place(word.text) => votes.place += 5,
        _ => {}
    }
}
