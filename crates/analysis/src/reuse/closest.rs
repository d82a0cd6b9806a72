//! Which articles are worth comparing sentence by sentence.

use std::collections::HashMap;

use super::unit::{Unit, Word};
use crate::embedding::{Lexicon, Pooled, WordId};
use crate::fingerprint::Neighbours;

/// Up to this many articles every pair is compared.
const COMPARE_ALL: usize = 16;
/// Beyond that each article is compared with at most this many of those before it, the closest.
const CLOSEST: usize = 12;
/// From so many that share rare words the closest are chosen by meaning as well.
const SHORTLIST: usize = 60;

/// Pairs of articles that may share text, lower index first, in order.
pub(super) fn pairs_to_compare(articles: &[Vec<Unit>], lexicon: &Lexicon) -> Vec<(usize, usize)> {
    if articles.len() <= COMPARE_ALL {
        return (0..articles.len()).flat_map(|x| (x + 1..articles.len()).map(move |y| (x, y))).collect();
    }
    let holders = holders(articles);
    let meanings: Vec<Pooled> = articles.iter().map(|units| meaning(units, lexicon)).collect();
    let mut index = Neighbours::default();
    let mut pairs = Vec::new();
    for (y, units) in articles.iter().enumerate() {
        let terms = terms(units, &holders, articles.len());
        let mut near = index.of(&terms, SHORTLIST);
        near.iter_mut().for_each(|(x, likeness)| *likeness += meanings[*x].cosine(&meanings[y]));
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        pairs.extend(near.into_iter().take(CLOSEST).map(|(x, _)| (x, y)));
        terms.iter().for_each(|&(term, weight)| index.add(y, term, weight));
    }
    pairs.sort_unstable();
    pairs
}

/// In how many articles each content word is.
fn holders(articles: &[Vec<Unit>]) -> HashMap<u64, usize> {
    let mut holders = HashMap::new();
    for units in articles {
        for stem in stems(units) {
            *holders.entry(stem).or_default() += 1;
        }
    }
    holders
}

/// The content words of an article, each once, the rarer among all articles the heavier; together of length 1.
fn terms(units: &[Unit], holders: &HashMap<u64, usize>, articles: usize) -> Vec<(u64, f32)> {
    let weight = |stem: &u64| {
        let holders = holders.get(stem).copied().unwrap_or(1);
        ((articles + 1) as f32 / holders as f32).ln()
    };
    let mut terms: Vec<(u64, f32)> = stems(units).into_iter().map(|stem| (stem, weight(&stem))).collect();
    let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    terms.iter_mut().for_each(|(_, weight)| *weight /= length);
    terms
}

fn stems(units: &[Unit]) -> Vec<u64> {
    let mut stems: Vec<u64> = content(units).map(|word| word.stem).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

fn meaning(units: &[Unit], lexicon: &Lexicon) -> Pooled {
    lexicon.pool(&content(units).map(|word| word.id).collect::<Vec<WordId>>())
}

fn content(units: &[Unit]) -> impl Iterator<Item = &Word> {
    units.iter().flat_map(|unit| &unit.words).filter(|word| word.is_content())
}
