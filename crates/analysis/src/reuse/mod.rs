//! Passages that two articles share: copied, reworded, or telling the same fact in independent words.
//!
//! Sentences of two articles are compared by [`Likeness`], then in the light of what stands around them: a run of
//! corresponding sentences in the same order speaks for rewriting, an isolated one does not. What both only quote
//! alike is marked ([`Passage::shared_quotation`]): it is no evidence that one copied the other.

mod chain;
mod closest;
mod judgement;
mod likeness;
mod pairing;
mod sentence_pair;
mod unit;

use parallax_model::{Document, Passage, Place};
use rayon::prelude::*;

use crate::embedding::Lexicon;
use closest::pairs_to_compare;
use judgement::{Judgement, judge};
use pairing::{Pairing, pairings};
use unit::{Unit, units};

pub use likeness::{FEATURE_NAMES, FEATURES, Likeness};
pub use sentence_pair::{
    Conflict, SENTENCE_FEATURE_NAMES, SENTENCE_FEATURES, Verdict, judge_sentences, sentence_features,
};

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
    let pairs = pairs_to_compare(&units, &lexicon);
    let found = pairs.into_par_iter().flat_map_iter(|(x, y)| between(&units[x], &units[y], &lexicon));
    found.collect()
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
