//! Passages that two articles share: copied, reworded, or telling the same fact in independent words.
//!
//! Sentences of two articles are compared by [`Likeness`], then in the light of what stands around them: a run of
//! corresponding sentences in the same order speaks for rewriting, an isolated one does not. What both only quote
//! alike is marked ([`Passage::shared_quotation`]): it is no evidence that one copied the other.

mod chain;
mod judgement;
mod likeness;
mod pairing;
mod unit;

use parallax_model::{Document, Passage, Place};
use rayon::prelude::*;

use crate::embedding::Lexicon;
use crate::fingerprint::Neighbours;
use judgement::{Judgement, judge};
use pairing::{Pairing, pairings};
use unit::{Unit, units};

pub use likeness::{FEATURE_NAMES, FEATURES, Likeness};

/// Up to this many articles every pair is compared.
const COMPARE_ALL: usize = 16;
/// Beyond that each article is compared with at most this many others, those with which it shares the most rare words.
const CLOSEST: usize = 12;

/// Finds the passages that pairs of articles share, by article and position.
pub fn passages(documents: &[Document]) -> Vec<Passage> {
    let mut lexicon = Lexicon::new();
    let english = |document: &Document| document.article.is_english();
    let units: Vec<Vec<Unit>> = documents
        .iter()
        .enumerate()
        .map(
            |(article, document)| {
                if english(document) { units(article, document, &mut lexicon) } else { Vec::new() }
            },
        )
        .collect();
    let pairs = pairs_to_compare(&units);
    let found = pairs.into_par_iter().flat_map_iter(|(x, y)| between(&units[x], &units[y], &lexicon));
    found.collect()
}

/// Pairs of articles that may share text, lower index first, in order.
fn pairs_to_compare(units: &[Vec<Unit>]) -> Vec<(usize, usize)> {
    if units.len() <= COMPARE_ALL {
        return (0..units.len()).flat_map(|x| (x + 1..units.len()).map(move |y| (x, y))).collect();
    }
    let mut index = Neighbours::default();
    let mut pairs = Vec::new();
    for (y, sentences) in units.iter().enumerate() {
        let terms = rare_terms(sentences);
        pairs.extend(index.of(&terms, CLOSEST).into_iter().map(|(x, _)| (x, y)));
        terms.iter().for_each(|&(term, weight)| index.add(y, term, weight));
    }
    pairs.sort_unstable();
    pairs
}

/// The rare words of an article with their weight, each once.
fn rare_terms(sentences: &[Unit]) -> Vec<(u64, f32)> {
    let words = sentences.iter().flat_map(|sentence| &sentence.words);
    let mut terms: Vec<(u64, f32)> =
        words.filter(|w| w.is_content()).map(|word| (word.stem, word.idf)).collect();
    terms.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    terms.dedup_by_key(|term| term.0);
    terms
}

/// What two articles share.
fn between(a: &[Unit], b: &[Unit], lexicon: &Lexicon) -> Vec<Passage> {
    let pairings = pairings(a, b, lexicon);
    let judged = judge(&pairings, a.len(), b.len());
    let passage = |(pairing, judgement): (&Pairing, Judgement)| Passage {
        a: Place::new(a[pairing.a].article, a[pairing.a].span),
        b: Place::new(b[pairing.b].article, b[pairing.b].span),
        relation: judgement.relation,
        score: judgement.score,
        shared_quotation: pairing.is_shared_quotation(),
        rule: judgement.rule,
    };
    pairings.iter().zip(judged).filter_map(|(pairing, judged)| Some(passage((pairing, judged?)))).collect()
}

/// The likeness of each sentence of the one document to the sentence of the other that it is likest to: what
/// `models/reuse/train.py` learns from. With `whole`, each document counts as one sentence.
pub fn best_likenesses(one: &Document, other: &Document, whole: bool) -> Vec<Likeness> {
    let mut lexicon = Lexicon::new();
    let prepare = |article, document, lexicon: &mut Lexicon| {
        let sentences = units(article, document, lexicon);
        if whole { unit::joined(sentences, lexicon) } else { sentences }
    };
    let (a, b) = (prepare(0, one, &mut lexicon), prepare(1, other, &mut lexicon));
    let pairings = pairings(&a, &b, &lexicon);
    let best = |i: usize| {
        let mine = pairings.iter().filter(|p| p.a == i && !p.is_shared_quotation());
        mine.max_by(|x, y| x.logit.total_cmp(&y.logit)).map(|p| p.likeness)
    };
    (0..a.len()).filter_map(best).collect()
}
