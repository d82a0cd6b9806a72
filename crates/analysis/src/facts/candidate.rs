//! Pairs of clauses that may state the same thing, found without comparing all with all.

use std::collections::HashMap;

use parallax_model::Passage;

use super::wording::{Wording, likeness};
use crate::embedding::{Lexicon, WordId};

/// Two wordings by index, the lower first, and how alike they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) likeness: f32,
}

/// What clauses are looked up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Word(WordId),
    Entity(usize),
}

/// What a shared entity counts beside shared words, which count by their rarity.
const ENTITY_WEIGHT: f32 = 2.0;
/// A word that more clauses hold than this no longer tells them apart.
const LONGEST_POSTING: usize = 120;
/// So many other clauses are looked at closely for each.
const CANDIDATES: usize = 8;

/// The pairs of clauses of different articles that are at least `least` alike, the most alike first.
pub(super) fn pairs(wordings: &[Wording], passages: &[Passage], lexicon: &Lexicon, least: f32) -> Vec<Pair> {
    let mut pairs = by_shared_words(wordings, lexicon);
    pairs.extend(by_passages(wordings, passages));
    pairs.sort_unstable();
    pairs.dedup();
    let mut scored: Vec<Pair> = pairs
        .into_iter()
        .map(|(a, b)| Pair { a, b, likeness: likeness(&wordings[a], &wordings[b], lexicon) })
        .filter(|pair| pair.likeness >= least)
        .collect();
    scored.sort_by(|x, y| y.likeness.total_cmp(&x.likeness).then((x.a, x.b).cmp(&(y.a, y.b))));
    scored
}

fn keys(wording: &Wording) -> impl Iterator<Item = Key> {
    let words = wording.words.iter().map(|&word| Key::Word(word));
    words.chain(wording.entities.iter().map(|&entity| Key::Entity(entity)))
}

fn by_shared_words(wordings: &[Wording], lexicon: &Lexicon) -> Vec<(usize, usize)> {
    let mut postings: HashMap<Key, Vec<usize>> = HashMap::new();
    for (index, wording) in wordings.iter().enumerate() {
        keys(wording).for_each(|key| postings.entry(key).or_default().push(index));
    }
    postings.retain(|_, posting| posting.len() <= LONGEST_POSTING);
    (0..wordings.len()).flat_map(|index| nearest(index, wordings, &postings, lexicon)).collect()
}

/// The clauses of other articles that share most with the one at `index`.
fn nearest(
    index: usize,
    wordings: &[Wording],
    postings: &HashMap<Key, Vec<usize>>,
    lexicon: &Lexicon,
) -> Vec<(usize, usize)> {
    let wording = &wordings[index];
    let mut shared: HashMap<usize, f32> = HashMap::new();
    for key in keys(wording) {
        let weight = match key {
            Key::Word(word) => lexicon.idf(word),
            Key::Entity(_) => ENTITY_WEIGHT,
        };
        for &other in postings.get(&key).into_iter().flatten() {
            if wordings[other].place.article != wording.place.article {
                *shared.entry(other).or_default() += weight;
            }
        }
    }
    let mut ranked: Vec<(usize, f32)> = shared.into_iter().collect();
    ranked.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    ranked.into_iter().take(CANDIDATES).map(|(other, _)| (index.min(other), index.max(other))).collect()
}

/// The clauses of the two ends of each passage: these may share a meaning without sharing words.
fn by_passages(wordings: &[Wording], passages: &[Passage]) -> Vec<(usize, usize)> {
    const MOST_CLAUSES: usize = 8;
    let within = |place: parallax_model::Place| {
        let first = wordings
            .partition_point(|w| (w.place.article, w.place.span.end) <= (place.article, place.span.start));
        (first..wordings.len())
            .take_while(move |&at| {
                wordings[at].place.article == place.article && wordings[at].place.span.start < place.span.end
            })
            .take(MOST_CLAUSES)
    };
    passages
        .iter()
        .flat_map(|passage| {
            within(passage.a).flat_map(move |a| within(passage.b).map(move |b| (a.min(b), a.max(b))))
        })
        .collect()
}
