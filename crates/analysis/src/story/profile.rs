//! What a report is about: its heaviest words, with where they stand.

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::{Document, Span, Token, TokenKind};

use super::crowd::Crowd;
use super::day::day;
use super::roundup::{Section, parts};
use super::weekday::Weekdays;
use crate::embedding::rarity;
use crate::fingerprint::word_hash;

/// Commoner words say nothing about the topic.
const LEAST_RARITY: f32 = 1.6;
/// How much more a name says than another word.
const NAME: f32 = 2.0;
/// So many sentences lead a report.
const LEAD: usize = 5;
/// Bytes at the top of a report in which it mostly says when the thing happened.
const TOP: usize = 900;
/// So many words of a report are kept, the heaviest in the whole and in the lead.
const TERMS: usize = 120;
/// So many of its heaviest words find candidates.
pub(super) const SEARCHED: usize = 40;
/// Weights are multiples of one part in so many, so that two bytes keep them without loss.
const STEPS: f32 = 65_535.0;

/// What a report is about, in a form that depends on the report alone: profiles can be made on all cores.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profile {
    /// The report's id.
    pub(super) report: String,
    /// Its day of publication, counted from the first of 2000.
    pub(super) day: Option<i32>,
    /// How many words it has.
    pub(super) length: u32,
    /// The days of the week that it names.
    pub(super) weekdays: Weekdays,
    /// By hash.
    pub(super) terms: Vec<Term>,
    /// The words of the terms as the report writes them; empty for a report that was kept and restored.
    pub(super) words: Vec<String>,
    /// The parts of a report that are each about something else; empty for most.
    pub(super) sections: Vec<Section>,
    /// How alike the nearest of the reports are that were known when it was placed.
    pub(super) crowd: Crowd,
}

/// A word of a report by the hash of its stem.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Term {
    pub(super) hash: u32,
    /// How much of the report it is, 0 to 1: by rarity and the logarithm of how often it occurs.
    pub(super) weight: f32,
    /// How much of the headline and the first sentences it is, likewise.
    pub(super) lead: f32,
    pub(super) kind: TermKind,
    /// Whether it stands in the headline.
    pub(super) is_titled: bool,
}

/// What a word is, as far as its form tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TermKind {
    Other,
    Name,
    Number,
}

/// A word as it is counted.
#[derive(Default)]
struct Count {
    times: f32,
    lead: f32,
    rarity: f32,
    is_named: bool,
    is_plain: bool,
    is_titled: bool,
    word: String,
}

impl Profile {
    /// The profile of a document's report without its furniture. That of a roundup has no words, so that it begins a story of its own that no other
    /// report finds: it would bind all that it speaks of.
    pub fn of(document: &Document) -> Self {
        let (main, mut sections) = parts(document);
        let title = document.article.title.as_deref().filter(|_| !main.is_empty()).unwrap_or_default();
        let day = day(&document.article);
        sections.iter_mut().for_each(|section| section.profile.day = day);
        Self { day, sections, ..Self::of_stretch(document, main, title) }
    }

    /// The profile of a part of a report, under its heading.
    pub(super) fn of_stretch(document: &Document, stretch: Span, title: &str) -> Self {
        let mut counts = Counts::default();
        counts.count_body(document, stretch);
        counts.count_title(title);
        counts.weekdays.take_in_title(title);
        let terms = counts.heaviest();
        let [whole, lead] = [Count::weight, Count::weight_in_lead].map(|weight| {
            let square: f32 = terms.iter().map(|(_, count)| weight(count).powi(2)).sum();
            square.sqrt().max(f32::MIN_POSITIVE)
        });
        let term = |(hash, count): &(u32, Count)| Term {
            hash: *hash,
            weight: stepped(count.weight() / whole),
            lead: stepped(count.weight_in_lead() / lead),
            kind: count.kind(),
            is_titled: count.is_titled,
        };
        Self {
            report: document.article.id.clone(),
            length: counts.length,
            weekdays: counts.weekdays,
            terms: terms.iter().map(term).collect(),
            words: terms.into_iter().map(|(_, count)| count.word).collect(),
            ..Self::default()
        }
    }

    /// The profile as a story keeps it: without what only its placing needed.
    pub(super) fn kept(&self, crowd: Crowd) -> Self {
        Self {
            report: self.report.clone(),
            day: self.day,
            length: self.length,
            weekdays: self.weekdays,
            terms: self.terms.clone(),
            crowd,
            ..Self::default()
        }
    }

    /// The report's id.
    pub fn report(&self) -> &str {
        &self.report
    }

    /// The hashes of the words that find stories to join, heaviest first.
    pub fn keys(&self) -> Vec<u32> {
        self.heaviest().into_iter().map(|(hash, _)| hash).collect()
    }

    /// The words that find stories to join with their weights, heaviest first.
    pub(super) fn heaviest(&self) -> Vec<(u32, f32)> {
        heaviest(self.terms.iter().map(|term| (term.hash, term.weight)).collect(), SEARCHED)
    }

    /// The words that weigh most in both, heaviest first.
    pub(super) fn shared_words(&self, other: &Self, most: usize) -> Vec<&str> {
        let mut shared: Vec<(usize, f32)> =
            shared(&self.terms, &other.terms).map(|(index, a, b)| (index, a.weight * b.weight)).collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        shared
            .into_iter()
            .take(most)
            .filter_map(|(index, _)| self.words.get(index).map(String::as_str))
            .collect()
    }
}

/// The terms that both have, with the index in the first. Both are sorted by hash.
pub(super) fn shared<'a>(
    ours: &'a [Term],
    theirs: &'a [Term],
) -> impl Iterator<Item = (usize, &'a Term, &'a Term)> + 'a {
    let mut theirs = theirs.iter().peekable();
    ours.iter().enumerate().filter_map(move |(index, term)| {
        while theirs.next_if(|other| other.hash < term.hash).is_some() {}
        theirs.next_if(|other| other.hash == term.hash).map(|other| (index, term, other))
    })
}

/// The heaviest of hashes with weights, heaviest first.
pub(super) fn heaviest(mut weights: Vec<(u32, f32)>, most: usize) -> Vec<(u32, f32)> {
    weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    weights.truncate(most);
    weights
}

/// A weight as two bytes keep it.
pub(super) fn kept_weight(weight: f32) -> u16 {
    (weight * STEPS).round() as u16
}

/// The weight that two bytes kept.
pub(super) fn weight_kept(kept: u16) -> f32 {
    f32::from(kept) / STEPS
}

/// A weight rounded so that two bytes keep it.
pub(super) fn stepped(weight: f32) -> f32 {
    weight_kept(kept_weight(weight))
}

/// The words of a report, counted.
#[derive(Default)]
struct Counts {
    of: BTreeMap<u32, Count>,
    length: u32,
    weekdays: Weekdays,
}

impl Counts {
    fn count_body(&mut self, document: &Document, stretch: Span) {
        let sentences = document.segments.sentences.iter().enumerate();
        let body = sentences.filter(|(_, s)| stretch.contains(s.span) && !document.is_boilerplate(s.span));
        for (place, (index, _)) in body.enumerate() {
            let words =
                document.segments.tokens_of(index).iter().filter(|token| token.kind != TokenKind::Mark);
            for (position, token) in words.enumerate() {
                self.length += 1;
                let is_top = token.span.start < stretch.start.saturating_add(TOP);
                self.weekdays.take_in(token.span.of(document.text()), is_top);
                self.count_word(document.text(), *token, position > 0, place < LEAD);
            }
        }
    }

    fn count_word(&mut self, text: &str, token: Token, is_inside: bool, is_lead: bool) {
        let word = token.span.of(text);
        let rarity = rarity(word);
        if rarity < LEAST_RARITY {
            return;
        }
        let is_named = is_inside && word.starts_with(char::is_uppercase);
        let count = self.of.entry(stem(word)).or_default();
        let weight = if is_named { NAME } else { 1.0 };
        count.times += weight;
        count.lead += if is_lead { weight } else { 0.0 };
        count.rarity = count.rarity.max(rarity);
        count.is_named |= is_named;
        count.is_plain |= word.starts_with(char::is_lowercase);
        if count.word.is_empty() || is_named {
            word.clone_into(&mut count.word);
        }
    }

    /// Counts the words of the headline towards the lead.
    fn count_title(&mut self, title: &str) {
        let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        for word in words.collect::<BTreeSet<_>>() {
            let rarity = rarity(word);
            if rarity >= LEAST_RARITY {
                let count = self.of.entry(stem(word)).or_default();
                count.lead += 1.0;
                count.rarity = count.rarity.max(rarity);
                count.is_titled = true;
                if count.word.is_empty() {
                    word.clone_into(&mut count.word);
                }
            }
        }
    }

    /// The terms that weigh most in the whole and the lead, by hash.
    fn heaviest(&mut self) -> Vec<(u32, Count)> {
        let mut terms: Vec<(u32, Count)> = std::mem::take(&mut self.of).into_iter().collect();
        let weight = |count: &Count| count.weight() + count.weight_in_lead();
        terms.sort_by(|a, b| weight(&b.1).total_cmp(&weight(&a.1)).then(a.0.cmp(&b.0)));
        terms.truncate(TERMS);
        terms.sort_by_key(|(hash, _)| *hash);
        terms
    }
}

impl Count {
    fn weight(&self) -> f32 {
        damped(self.times) * self.rarity
    }

    fn weight_in_lead(&self) -> f32 {
        damped(self.lead) * self.rarity
    }

    fn kind(&self) -> TermKind {
        match () {
            () if self.word.starts_with(|c: char| c.is_ascii_digit()) => TermKind::Number,
            () if self.is_named && !self.is_plain => TermKind::Name,
            () => TermKind::Other,
        }
    }
}

/// Ten times is not ten times as much.
fn damped(times: f32) -> f32 {
    if times > 0.0 { 1.0 + times.ln() } else { 0.0 }
}

/// The hash of a word without its ending.
fn stem(word: &str) -> u32 {
    const ENDINGS: [&str; 11] = ["ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "s", "e", "y"];
    const SHORTEST: usize = 4;
    let folded = word.to_lowercase();
    let stem =
        ENDINGS.iter().find_map(|ending| folded.strip_suffix(ending).filter(|stem| stem.len() >= SHORTEST));
    word_hash(stem.unwrap_or(&folded)) as u32
}
