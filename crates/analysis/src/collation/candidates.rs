//! Pairs of units worth comparing.

use std::collections::{BTreeMap, BTreeSet};

use crate::embedding::{Lexicon, WordId};

use super::unit::Unit;

/// Words more common than this in the language lead to no pair.
const LEAST_RARITY: f32 = 1.5;
/// A word that more units hold leads to no pair: the time grows with its square.
const MOST_UNITS: usize = 200;
/// Pairs of units whose lengths multiply to more are not compared: 300 words by 300.
const MOST_CELLS: usize = 90_000;
/// Units of fewer words are also found by the words around them.
const SHORT: usize = 8;

/// The pairs that have a word in common that is not a mere function word, each lower index first, in order.
pub(super) fn candidates(units: &[Unit], lexicon: &Lexicon) -> BTreeSet<(usize, usize)> {
    let mut holders: BTreeMap<WordId, Vec<usize>> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate() {
        for word in found_by(unit, lexicon) {
            holders.entry(word).or_default().push(index);
        }
    }
    let mut pairs = BTreeSet::new();
    for holders in holders.values().filter(|holders| holders.len() <= MOST_UNITS) {
        for (at, &a) in holders.iter().enumerate() {
            let others = holders[at + 1..].iter().filter(|&&b| may_meet(&units[a], &units[b]));
            pairs.extend(others.map(|&b| (a, b)));
        }
    }
    pairs
}

/// The words that lead to a unit: those that are rare enough, or else the rarest.
fn found_by(unit: &Unit, lexicon: &Lexicon) -> BTreeSet<WordId> {
    let words = if unit.ids.len() < SHORT { unit.with_surroundings() } else { unit.ids.clone() };
    let rare: BTreeSet<WordId> =
        words.iter().copied().filter(|&word| lexicon.idf(word) >= LEAST_RARITY).collect();
    if !rare.is_empty() {
        return rare;
    }
    words
        .into_iter()
        .max_by(|&a, &b| lexicon.idf(a).total_cmp(&lexicon.idf(b)).then(a.cmp(&b)))
        .into_iter()
        .collect()
}

/// Sentences of one quotation are sayings apart; and what is too long to align is no sentence.
fn may_meet(a: &Unit, b: &Unit) -> bool {
    a.quotation != b.quotation && a.ids.len().saturating_mul(b.ids.len()) <= MOST_CELLS
}
