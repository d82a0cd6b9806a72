//! How much it says that two sayings share a word.

use std::collections::BTreeSet;

use crate::embedding::{Lexicon, WordId};

use super::unit::Unit;

/// What every word weighs beside its rarity, so that function words are not nothing.
const LEAST: f32 = 0.2;
/// A word that no more units than this hold keeps all of its weight: they may be renditions of one saying.
const FEW: f32 = 8.0;
/// Words less alike than this are other words, not rewordings.
const LEAST_ALIKE: f32 = 0.35;

/// The weight of words: the rarer in the language, and the rarer among the sayings at hand, the heavier. The words that a story is about
/// ("dam", "mayor") are in most of its sayings and tell none from another.
#[derive(Debug)]
pub(super) struct Weights<'a> {
    lexicon: &'a Lexicon,
    /// By [`WordId::index`].
    of_word: Vec<f32>,
}

impl<'a> Weights<'a> {
    /// Counts in how many units each word is.
    pub(super) fn new(units: &[Unit], lexicon: &'a Lexicon) -> Self {
        let mut held_by = vec![0.0_f32; lexicon.len()];
        for unit in units {
            for word in unit.ids.iter().copied().collect::<BTreeSet<_>>() {
                held_by[word.index()] += 1.0;
            }
        }
        let weigh = |(word, held_by)| LEAST + lexicon.idf(word) * rarity(held_by, units.len() as f32);
        Self { lexicon, of_word: lexicon.words().zip(held_by).map(weigh).collect() }
    }

    /// What a word weighs.
    pub(super) fn of(&self, word: WordId) -> f32 {
        self.of_word[word.index()]
    }

    /// What words weigh together.
    pub(super) fn sum(&self, words: &[WordId]) -> f32 {
        words.iter().map(|&word| self.of(word)).sum()
    }

    /// How alike two words are, 0 where they are too unlike for the one to stand for the other.
    pub(super) fn alike(&self, a: WordId, b: WordId) -> f32 {
        let alike = self.lexicon.similarity(a, b);
        if alike >= LEAST_ALIKE { alike } else { 0.0 }
    }

    /// How much of `a` is found in `b` in any order, and how much of `b` in `a`, 0 to 1.
    pub(super) fn coverages(&self, a: &[WordId], b: &[WordId]) -> (f32, f32) {
        let mut best_of_b = vec![0.0_f32; b.len()];
        let mut found = 0.0;
        for &word in a {
            let mut best = 0.0_f32;
            for (&other, best_of_other) in b.iter().zip(&mut best_of_b) {
                let alike = self.alike(word, other);
                best = best.max(alike);
                *best_of_other = best_of_other.max(alike);
            }
            found += self.of(word) * best;
        }
        let found_back: f32 = b.iter().zip(&best_of_b).map(|(&word, best)| self.of(word) * best).sum();
        (found / self.sum(a).max(LEAST), found_back / self.sum(b).max(LEAST))
    }
}

/// 1 for a word that few of the units hold, towards 0 for one that all of them do.
fn rarity(held_by: f32, units: f32) -> f32 {
    if held_by <= FEW { 1.0 } else { ((units + 1.0) / held_by).ln() / ((units + 1.0) / FEW).ln() }
}
