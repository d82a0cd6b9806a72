//! Passages that two articles share: copied, reworded, or telling the same fact in independent words.
//!
//! Sentences of two articles are compared by [`Likeness`], then in the light of what stands around them: a run of
//! corresponding sentences in the same order speaks for rewriting, an isolated one does not. What both only quote
//! alike is marked ([`Passage::shared_quotation`]): it is no evidence that one copied the other. What corresponds is then read alone
//! ([`judge_sentences`]): sentences with other figures, names or roles do not tell the same fact, and in a run that was reworded they are
//! where the rewriter changed the meaning.

mod chain;
mod closest;
mod judgement;
mod likeness;
mod pairing;
mod sentence_pair;
mod unit;

use std::borrow::Cow;
use std::sync::OnceLock;

use parallax_model::{Document, Passage, Place};
use rayon::prelude::*;

use crate::embedding::Lexicon;
use crate::names::names;
use crate::quantity::quantities;
use closest::pairs_to_compare;
use judgement::{Judgement, judge_pairings};
use pairing::{Pairing, pairings};
use sentence_pair::{Statement, judge};
use unit::{Unit, units};

pub use closest::{Closest, Holders, Sketch, first_seen};
pub use likeness::{FEATURE_NAMES, FEATURES, Likeness};
pub use sentence_pair::{SENTENCE_FEATURE_NAMES, SENTENCE_FEATURES, judge_sentences, sentence_features};

/// Finds the passages that pairs of articles share, by article and position.
pub fn passages(documents: &[Document]) -> Vec<Passage> {
    let mut lexicon = Lexicon::new();
    let units = units_of(documents, &mut lexicon);
    let pairs = pairs_to_compare(&units, &lexicon);
    passages_in(documents, &pairs, &units, &lexicon, |document| Cow::Borrowed(document))
}

/// Finds the passages that these pairs of documents share, pair by pair. Of the documents words, furniture and quoted words are known; names
/// and figures are read of those alone that share something.
pub fn passages_between(documents: &[Document], pairs: &[(usize, usize)]) -> Vec<Passage> {
    let mut lexicon = Lexicon::new();
    let units = units_of(documents, &mut lexicon);
    passages_in(documents, pairs, &units, &lexicon, |document| Cow::Owned(with_names_and_figures(document)))
}

fn with_names_and_figures(document: &Document) -> Document {
    let (text, segments) = (document.text(), &document.segments);
    Document { names: names(text, segments), quantities: quantities(text, segments), ..document.clone() }
}

fn units_of(documents: &[Document], lexicon: &mut Lexicon) -> Vec<Vec<Unit>> {
    let units = |(article, document): (usize, &Document)| {
        if document.article.is_english() { units(article, document, lexicon) } else { Vec::new() }
    };
    documents.iter().enumerate().map(units).collect()
}

fn passages_in(
    documents: &[Document],
    pairs: &[(usize, usize)],
    units: &[Vec<Unit>],
    lexicon: &Lexicon,
    complete: Complete,
) -> Vec<Passage> {
    let statements = Statements::new(documents, complete, units);
    let found = pairs.par_iter().flat_map_iter(|&(x, y)| between([x, y], units, &statements, lexicon));
    found.collect()
}

/// What two articles share: what corresponds in the light of its surroundings, and does not contradict itself when read alone.
fn between(
    [x, y]: [usize; 2],
    units: &[Vec<Unit>],
    statements: &Statements<'_>,
    lexicon: &Lexicon,
) -> Vec<Passage> {
    let (a, b) = (&units[x], &units[y]);
    let pairings = pairings(a, b, lexicon);
    let judged = judge_pairings(&pairings, a.len(), b.len());
    let passage = |(pairing, judgement): (&Pairing, Option<Judgement>)| {
        let verdict =
            |_: &Judgement| judge(statements.of(x, pairing.a), statements.of(y, pairing.b), lexicon);
        let verdict = judgement.as_ref().filter(|_| !pairing.is_shared_quotation()).map(verdict);
        let judgement = judgement?.held_against(verdict.as_ref())?;
        Some(Passage {
            a: Place::new(a[pairing.a].article, a[pairing.a].span),
            b: Place::new(b[pairing.b].article, b[pairing.b].span),
            relation: judgement.relation,
            score: judgement.score,
            shared_quotation: pairing.is_shared_quotation(),
            rule: judgement.rule,
            verdict,
        })
    };
    pairings.iter().zip(judged).filter_map(passage).collect()
}

/// Gives a document with its names and figures.
type Complete = fn(&Document) -> Cow<'_, Document>;

/// The sentences of all articles as the judge reads them, each read when it is first asked for.
struct Statements<'a> {
    documents: &'a [Document],
    complete: Complete,
    completed: Vec<OnceLock<Cow<'a, Document>>>,
    units: &'a [Vec<Unit>],
    read: Vec<Vec<OnceLock<Statement>>>,
}

impl<'a> Statements<'a> {
    fn new(documents: &'a [Document], complete: Complete, units: &'a [Vec<Unit>]) -> Self {
        let completed = documents.iter().map(|_| OnceLock::new()).collect();
        let read = units.iter().map(|units| units.iter().map(|_| OnceLock::new()).collect());
        Self { documents, complete, completed, units, read: read.collect() }
    }

    fn of(&self, article: usize, unit: usize) -> &Statement {
        let read = || {
            let Unit { span, words, .. } = &self.units[article][unit];
            Statement::new(self.document(article), *span, words.clone())
        };
        self.read[article][unit].get_or_init(read)
    }

    fn document(&self, article: usize) -> &Document {
        self.completed[article].get_or_init(|| (self.complete)(&self.documents[article]))
    }
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
