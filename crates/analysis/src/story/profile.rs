//! What an article is about: its words by weight.

use std::collections::BTreeMap;

use parallax_model::{Document, TokenKind};

use crate::embedding::Lexicon;
use crate::fingerprint::word_hash;

/// Commoner words say nothing about the topic.
const LEAST_IDF: f32 = 1.6;
/// How much more a name says than another word.
const NAME: f32 = 2.0;

/// An article's words, weighted by rarity and by the logarithm of how often they occur, to a length of 1.
#[derive(Debug)]
pub(super) struct Profile {
    /// The article's id.
    pub(super) article: String,
    /// Its day of publication, counted from an arbitrary one.
    pub(super) day: Option<i32>,
    terms: Vec<(u64, f32)>,
    words: Vec<String>,
}

/// A word as it is counted.
#[derive(Default)]
struct Count {
    times: f32,
    idf: f32,
    word: String,
}

impl Profile {
    /// The profile of a document's report without its furniture.
    pub(super) fn of(document: &Document, lexicon: &mut Lexicon) -> Self {
        let counts = counts(document, lexicon);
        let weight = |count: &Count| (1.0 + count.times.ln()) * count.idf;
        let length =
            counts.values().map(|count| weight(count).powi(2)).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        Self {
            article: document.article.id.clone(),
            day: document.article.published.as_deref().and_then(day),
            terms: counts.iter().map(|(term, count)| (*term, weight(count) / length)).collect(),
            words: counts.into_values().map(|count| count.word).collect(),
        }
    }

    /// Its terms with their weights, in the order of the terms.
    pub(super) fn terms(&self) -> &[(u64, f32)] {
        &self.terms
    }

    /// The square of its length: 1, or 0 without words.
    pub(super) fn square(&self) -> f32 {
        self.terms.iter().map(|(_, weight)| weight * weight).sum()
    }

    /// The heaviest terms, heaviest first.
    pub(super) fn heaviest(&self, most: usize) -> Vec<(u64, f32)> {
        let mut terms = self.terms.clone();
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        terms.truncate(most);
        terms
    }

    /// The cosine of two profiles.
    pub(super) fn cosine(&self, other: &Self) -> f32 {
        self.shared(other).map(|(_, product)| product).sum()
    }

    /// The words that weigh most in both, heaviest first.
    pub(super) fn shared_words(&self, other: &Self, most: usize) -> Vec<&str> {
        let mut shared: Vec<(usize, f32)> = self.shared(other).collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        shared.into_iter().take(most).map(|(index, _)| self.words[index].as_str()).collect()
    }

    /// The index of each term that both have, with the product of its weights.
    fn shared<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (usize, f32)> + 'a {
        let mut theirs = other.terms.iter().peekable();
        self.terms.iter().enumerate().filter_map(move |(index, (term, weight))| {
            while theirs.next_if(|(other, _)| other < term).is_some() {}
            theirs.next_if(|(other, _)| other == term).map(|(_, other)| (index, weight * other))
        })
    }
}

fn counts(document: &Document, lexicon: &mut Lexicon) -> BTreeMap<u64, Count> {
    let mut counts: BTreeMap<u64, Count> = BTreeMap::new();
    for (index, sentence) in document.segments.sentences.iter().enumerate() {
        if document.is_boilerplate(sentence.span) {
            continue;
        }
        let wordy = document.segments.tokens_of(index).iter().filter(|token| token.kind != TokenKind::Mark);
        for (position, token) in wordy.enumerate() {
            let word = token.span.of(document.text());
            let id = lexicon.intern(word);
            if lexicon.idf(id) >= LEAST_IDF {
                let named = position > 0 && word.starts_with(char::is_uppercase);
                let count = counts.entry(stem(word)).or_default();
                count.times += if named { NAME } else { 1.0 };
                count.idf = count.idf.max(lexicon.idf(id));
                if count.word.is_empty() || named {
                    word.clone_into(&mut count.word);
                }
            }
        }
    }
    counts
}

/// The hash of a word without a plural ending.
fn stem(word: &str) -> u64 {
    let folded = word.to_lowercase();
    word_hash(folded.strip_suffix("s").filter(|stem| stem.len() >= 4).unwrap_or(&folded))
}

fn day(published: &str) -> Option<i32> {
    let date: jiff::civil::Date = published.get(..10)?.parse().ok()?;
    let start = jiff::civil::date(2000, 1, 1);
    Some(date.duration_since(start).as_hours() as i32 / 24)
}
