//! What a report is about: its heaviest words, with where they stand.

use std::collections::BTreeMap;

use parallax_model::{Document, Span, TokenKind};

use crate::embedding::rarity;
use crate::fingerprint::word_hash;

/// Commoner words say nothing about the topic.
const LEAST_RARITY: f32 = 1.6;
/// How much more a name says than another word.
const NAME: f32 = 2.0;
/// So many words of a report are kept, the heaviest.
const TERMS: usize = 240;
/// So many of its heaviest words find candidates.
pub(super) const SEARCHED: usize = 40;
/// Weights are multiples of one part in so many, so that two bytes keep them without loss.
const STEPS: f32 = 65_535.0;

/// A word of a report or story, by the hash of its stem, with its weight from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Term {
    pub(super) hash: u32,
    pub(super) weight: f32,
}

/// What a report is about, in a form that depends on the report alone: profiles can be made on all cores.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profile {
    /// The report's id.
    pub(super) report: String,
    /// Its day of publication, counted from the first of 2000.
    pub(super) day: Option<i32>,
    /// By hash.
    pub(super) terms: Vec<Term>,
    /// The words of the terms as the report writes them; empty for a report that was kept and restored.
    pub(super) words: Vec<String>,
}

/// A word as it is counted.
#[derive(Default)]
struct Count {
    times: f32,
    rarity: f32,
    word: String,
}

impl Profile {
    /// The profile of a document's report without its furniture.
    pub fn of(document: &Document) -> Self {
        Self::of_stretch(document, Span::new(0, document.text().len()))
    }

    /// The profile of one section of a report.
    pub(super) fn of_stretch(document: &Document, stretch: Span) -> Self {
        let mut heaviest: Vec<(u32, Count)> = counts(document, stretch).into_iter().collect();
        heaviest.sort_by(|a, b| b.1.weight().total_cmp(&a.1.weight()).then(a.0.cmp(&b.0)));
        heaviest.truncate(TERMS);
        heaviest.sort_by_key(|(hash, _)| *hash);
        let square: f32 = heaviest.iter().map(|(_, count)| count.weight().powi(2)).sum();
        let length = square.sqrt().max(f32::MIN_POSITIVE);
        let term =
            |&(hash, ref count): &(u32, Count)| Term { hash, weight: stepped(count.weight() / length) };
        Self {
            report: document.article.id.clone(),
            day: document.article.published.as_deref().and_then(day),
            terms: heaviest.iter().map(term).collect(),
            words: heaviest.into_iter().map(|(_, count)| count.word).collect(),
        }
    }

    /// The report's id.
    pub fn report(&self) -> &str {
        &self.report
    }

    /// The hashes of the words that find stories to join, heaviest first.
    pub fn keys(&self) -> Vec<u32> {
        heaviest(&self.terms, SEARCHED).into_iter().map(|term| term.hash).collect()
    }

    /// The cosine of two profiles.
    pub(super) fn cosine(&self, other: &Self) -> f32 {
        shared(&self.terms, &other.terms).map(|(_, product)| product).sum()
    }

    /// The words that weigh most in both, heaviest first.
    pub(super) fn shared_words(&self, other: &Self, most: usize) -> Vec<&str> {
        let mut shared: Vec<(usize, f32)> = shared(&self.terms, &other.terms).collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        shared
            .into_iter()
            .take(most)
            .filter_map(|(index, _)| self.words.get(index).map(String::as_str))
            .collect()
    }
}

impl Count {
    fn weight(&self) -> f32 {
        (1.0 + self.times.ln()) * self.rarity
    }
}

/// The index in `ours` of each term that both have, with the product of its weights. Both are sorted by hash.
pub(super) fn shared<'a>(ours: &'a [Term], theirs: &'a [Term]) -> impl Iterator<Item = (usize, f32)> + 'a {
    let mut theirs = theirs.iter().peekable();
    ours.iter().enumerate().filter_map(move |(index, term)| {
        while theirs.next_if(|other| other.hash < term.hash).is_some() {}
        theirs.next_if(|other| other.hash == term.hash).map(|other| (index, term.weight * other.weight))
    })
}

/// The heaviest terms, heaviest first.
pub(super) fn heaviest(terms: &[Term], most: usize) -> Vec<Term> {
    let mut terms = terms.to_vec();
    terms.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.hash.cmp(&b.hash)));
    terms.truncate(most);
    terms
}

/// A weight as two bytes keep it.
pub(super) fn kept_weight(weight: f32) -> u16 {
    (weight * STEPS).round() as u16
}

/// The weight that two bytes kept.
pub(super) fn weight_kept(kept: u16) -> f32 {
    f32::from(kept) / STEPS
}

fn stepped(weight: f32) -> f32 {
    weight_kept(kept_weight(weight))
}

fn counts(document: &Document, stretch: Span) -> BTreeMap<u32, Count> {
    let mut counts: BTreeMap<u32, Count> = BTreeMap::new();
    for (index, sentence) in document.segments.sentences.iter().enumerate() {
        if !stretch.contains(sentence.span) || document.is_boilerplate(sentence.span) {
            continue;
        }
        let wordy = document.segments.tokens_of(index).iter().filter(|token| token.kind != TokenKind::Mark);
        for (position, token) in wordy.enumerate() {
            let word = token.span.of(document.text());
            let rarity = rarity(word);
            if rarity >= LEAST_RARITY {
                let named = position > 0 && word.starts_with(char::is_uppercase);
                let count = counts.entry(stem(word)).or_default();
                count.times += if named { NAME } else { 1.0 };
                count.rarity = count.rarity.max(rarity);
                if count.word.is_empty() || named {
                    word.clone_into(&mut count.word);
                }
            }
        }
    }
    counts
}

/// The hash of a word without a plural ending.
fn stem(word: &str) -> u32 {
    let folded = word.to_lowercase();
    word_hash(folded.strip_suffix("s").filter(|stem| stem.len() >= 4).unwrap_or(&folded)) as u32
}

fn day(published: &str) -> Option<i32> {
    let date: jiff::civil::Date = published.get(..10)?.parse().ok()?;
    let start = jiff::civil::date(2000, 1, 1);
    Some(date.duration_since(start).as_hours() as i32 / 24)
}
