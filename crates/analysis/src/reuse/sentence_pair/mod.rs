//! What two sentences are to each other: a copy, the same in other words, the same fact, or different, and what decided.
//!
//! Likeness alone does not see who did what to whom, and hardly a figure, a name or a "not": "Arvel sued Brandt" and "Brandt sued Arvel" have
//! all words in common. So [`Conflict`](parallax_model::Conflict)s are looked for first, and a pair that has one is never the same. For the rest a logistic model
//! of twenty features says how likely an annotator is to call them paraphrases (Dolan and Brockett, "Automatically Constructing a Corpus of
//! Sentential Paraphrases", 2005, whose corpus it was fitted to by `models/reuse/judge.py`).

mod amount;
mod combiner;
mod conflict;
mod features;
mod statement;
mod verb;

use parallax_model::{Document, PassageRelation, Span, Verdict};

use super::unit::words_of;
use crate::embedding::Lexicon;

pub(super) use statement::Statement;

pub use features::{SENTENCE_FEATURE_NAMES, SENTENCE_FEATURES};

use features::features;

/// From this share of equal words in the same order on, one is a copy of the other.
const COPY: f32 = 0.85;
/// From this share on, it keeps enough of the words to be taken for a rewrite.
const REWRITE: f32 = 0.5;
/// How many reasons are given.
const REASONS: usize = 4;

/// Judges the stretch `here` of one document against the stretch `there` of another.
pub fn judge_sentences(one: &Document, here: Span, other: &Document, there: Span) -> Verdict {
    let mut lexicon = Lexicon::new();
    let (a, b) = (statement(one, here, &mut lexicon), statement(other, there, &mut lexicon));
    judge(&a, &b, &lexicon)
}

/// What the combiner is fitted to, and what it gives.
pub fn sentence_features(
    one: &Document,
    here: Span,
    other: &Document,
    there: Span,
) -> [f32; SENTENCE_FEATURES] {
    let mut lexicon = Lexicon::new();
    let (a, b) = (statement(one, here, &mut lexicon), statement(other, there, &mut lexicon));
    features(&a, &b, &conflict::conflicts(&a, &b, &lexicon), &lexicon)
}

fn statement(document: &Document, span: Span, lexicon: &mut Lexicon) -> Statement {
    let words = words_of(document.text(), document.segments.tokens_in(span), lexicon);
    Statement::new(document, span, words)
}

/// Judges two statements whose words the lexicon has.
pub(super) fn judge(a: &Statement, b: &Statement, lexicon: &Lexicon) -> Verdict {
    let conflicts = conflict::conflicts(a, b, lexicon);
    let features = features(a, b, &conflicts, lexicon);
    let same = combiner::probability(&features);
    let kept = features::words_kept(&features);
    let relation = match same {
        _ if !conflicts.is_empty() || a.is_empty() || b.is_empty() => None,
        _ if kept >= COPY => Some(PassageRelation::Copy),
        same if same < 0.5 => None,
        _ if kept >= REWRITE => Some(PassageRelation::Rewrite),
        _ => Some(PassageRelation::SameFact),
    };
    Verdict { relation, same, conflicts, reasons: reasons(&features) }
}

fn reasons(features: &[f32; SENTENCE_FEATURES]) -> Vec<(&'static str, f32)> {
    let mut said: Vec<(&'static str, f32)> =
        SENTENCE_FEATURE_NAMES.into_iter().zip(combiner::contributions(features)).collect();
    said.sort_by(|x, y| y.1.abs().total_cmp(&x.1.abs()).then(x.0.cmp(y.0)));
    said.truncate(REASONS);
    said
}
