//! Pairs of units worth comparing.

use std::collections::{BTreeMap, BTreeSet};

use crate::embedding::{Lexicon, WordId};

use super::unit::Unit;

/// Words more common than this in the language lead to no pair.
const LEAST_RARITY: f32 = 1.5;
/// A word that more units hold leads to no pair: the time grows with its square.
const MOST_UNITS: usize = 200;
/// Units of fewer words are also found by the words around them.
const SHORT: usize = 8;

/// The pairs that have a word in common that is not a mere function word, each lower index first, in order.
pub(super) fn candidates(units: &[Unit], lexicon: &Lexicon) -> BTreeSet<(usize, usize)> {
    let mut holders: BTreeMap<WordId, Vec<usize>> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate() {
        let words: BTreeSet<WordId> = found_by(unit).into_iter().collect();
        for word in words.into_iter().filter(|&word| lexicon.idf(word) >= LEAST_RARITY) {
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

fn found_by(unit: &Unit) -> Vec<WordId> {
    if unit.ids.len() < SHORT { unit.with_surroundings() } else { unit.ids.clone() }
}

/// Sentences of one quotation are sayings apart.
fn may_meet(a: &Unit, b: &Unit) -> bool {
    a.quotation != b.quotation
}
