//! What a rendition did to the reference's words.

use std::ops::Range;
use std::sync::LazyLock;

use parallax_model::{Difference, DifferenceOp, RenditionRelation};
use strsim::levenshtein;

use super::difference::{Run, runs, with_same};
use super::effect::effect;
use super::unit::Unit;
use super::words::{Word, folded};
use crate::embedding::{Lexicon, WordId};
use crate::wordlist::entries;

/// The letters by which a misspelt word differs at most.
const MOST_LETTERS: usize = 2;
/// Words that share this part of the longer one's letters are two forms of one: "oriented" and "orientated", "goal" and "goals".
const SAME_STEM: f32 = 0.7;

/// Pairs of words of which the one is the other put into the past, as reported speech does.
static BACKSHIFT: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    entries(include_str!("../../data/backshift.txt")).filter_map(|line| line.split_once(' ')).collect()
});

/// A saying with the text of the article that it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rendered<'a> {
    /// The saying.
    pub(super) unit: &'a Unit,
    /// The article's text.
    pub(super) text: &'a str,
}

impl<'a> Rendered<'a> {
    /// The words to compare: without those that an editor put in, and, where there are such, with them.
    fn texts(self) -> Vec<Words<'a>> {
        let words = &self.unit.words;
        let plain: Vec<Word> = words.iter().filter(|word| !word.is_editorial).copied().collect();
        let has_editorial = plain.len() < words.len();
        let texts = [Some(plain), has_editorial.then(|| words.clone())];
        texts.into_iter().flatten().map(|words| Words { words, text: self.text }).collect()
    }
}

/// The words of a rendition.
struct Words<'a> {
    words: Vec<Word>,
    text: &'a str,
}

/// One word as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    /// In small letters, folded.
    pub(super) text: String,
    /// Whether it belongs to a name.
    pub(super) is_name: bool,
}

impl<'a> Words<'a> {
    fn ids(&self) -> Vec<WordId> {
        self.words.iter().map(|word| word.id).collect()
    }

    fn spoken(&self, range: &Range<usize>) -> Vec<Spoken> {
        let words = self.words.get(range.clone()).unwrap_or_default().iter();
        let spoken = words.map(|word| Spoken {
            text: folded(word.span.of(self.text)).to_lowercase(),
            is_name: word.is_name,
        });
        spoken.collect()
    }

    /// The words without what parts them: "hard line" is "hardline".
    fn letters(&self, range: &Range<usize>) -> String {
        self.spoken(range).iter().map(|word| word.text.as_str()).collect()
    }

    /// The words as the article prints them.
    fn printed(&self, range: &Range<usize>) -> &'a str {
        let words = self.words.get(range.clone()).unwrap_or_default();
        let stretch = words.first().zip(words.last()).map(|(first, last)| first.span.join(last.span));
        stretch.and_then(|s| self.text.get(s.start..s.end)).unwrap_or_default()
    }
}

/// Types a rendition against the reference and lists the words that differ. What an editor put in counts only where it makes the two more
/// alike: "[I] can’t" is "I can’t".
pub(super) fn relate(
    reference: Rendered<'_>,
    rendition: Rendered<'_>,
    lexicon: &Lexicon,
) -> (RenditionRelation, Vec<Difference>) {
    let (references, renditions) = (reference.texts(), rendition.texts());
    let pairs = references.iter().flat_map(|a| renditions.iter().map(move |b| (a, b)));
    let compared = pairs.map(|(a, b)| {
        let runs = runs(&a.ids(), &b.ids(), lexicon);
        (a, b, with_same(runs, |run| a.letters(&run.reference) == b.letters(&run.rendition)))
    });
    let Some((a, b, runs)) = compared.min_by_key(|(_, _, runs)| changed_words(runs)) else {
        return (RenditionRelation::Verbatim, Vec::new());
    };
    let relation = match rendition.unit.is_quoted {
        true => relation(&runs, a, b),
        false => RenditionRelation::Paraphrased,
    };
    let are_quoted = reference.unit.is_quoted && rendition.unit.is_quoted;
    (relation, differences(&runs, a, b, are_quoted))
}

/// How many words of either are not in the other; words put in weigh more than words left out.
fn changed_words(runs: &[Run]) -> usize {
    let changed = runs.iter().filter(|run| !run.is_same);
    changed.map(|run| run.reference.len() + 2 * run.rendition.len()).sum()
}

fn differences(
    runs: &[Run],
    reference: &Words<'_>,
    rendition: &Words<'_>,
    are_quoted: bool,
) -> Vec<Difference> {
    let last = runs.len().saturating_sub(1);
    let changed = runs.iter().enumerate().filter(|(_, run)| !run.is_same);
    let is_cut = |i: usize, run: &Run| (i == 0 || i == last) && run.rendition.is_empty();
    let changed = changed.map(|(i, run)| {
        let difference = difference(run, reference, rendition);
        let (before, after) = (reference.spoken(&run.reference), rendition.spoken(&run.rendition));
        let effect = if is_cut(i, run) { None } else { effect(&before, &after, are_quoted) };
        Difference { effect, ..difference }
    });
    changed.collect()
}

fn relation(runs: &[Run], reference: &Words<'_>, rendition: &Words<'_>) -> RenditionRelation {
    let changed: Vec<&Run> = runs.iter().filter(|run| !run.is_same && !run.rendition.is_empty()).collect();
    let same = runs.iter().filter(|run| run.is_same).count();
    match changed[..] {
        [] if runs.iter().all(|run| run.is_same) => RenditionRelation::Verbatim,
        [] if same == 1 => RenditionRelation::Truncated,
        [] => RenditionRelation::Spliced,
        [run] if inner(runs) == 1 && is_typo(run, reference, rendition) => RenditionRelation::Typo,
        _ => RenditionRelation::Reworded,
    }
}

/// How many runs differ, not counting words cut off at either end.
fn inner(runs: &[Run]) -> usize {
    let last = runs.len().saturating_sub(1);
    let is_cut = |i: usize, run: &Run| (i == 0 || i == last) && run.rendition.is_empty();
    runs.iter().enumerate().filter(|&(i, run)| !run.is_same && !is_cut(i, run)).count()
}

/// Whether one word stands for another form, or a misspelling, of itself.
fn is_typo(run: &Run, reference: &Words<'_>, rendition: &Words<'_>) -> bool {
    let ([before], [after]) = (&reference.spoken(&run.reference)[..], &rendition.spoken(&run.rendition)[..])
    else {
        return false;
    };
    is_same_word(&before.text, &after.text)
}

/// Whether two words are forms or spellings of one word. Figures never are.
fn is_same_word(a: &str, b: &str) -> bool {
    if a.chars().chain(b.chars()).any(char::is_numeric) {
        return false;
    }
    let longer = a.chars().count().max(b.chars().count());
    let apart = levenshtein(a, b);
    let is_near = apart <= MOST_LETTERS && apart < longer;
    is_near || is_backshift(a, b) || apart as f32 <= (1.0 - SAME_STEM) * longer as f32
}

/// Whether one is the other put into the past: "can" and "could".
pub(super) fn is_backshift(a: &str, b: &str) -> bool {
    BACKSHIFT.iter().any(|&pair| pair == (a, b) || pair == (b, a))
}

fn difference(run: &Run, reference: &Words<'_>, rendition: &Words<'_>) -> Difference {
    let op = match (run.reference.is_empty(), run.rendition.is_empty()) {
        (true, _) => DifferenceOp::Insert,
        (_, true) => DifferenceOp::Delete,
        _ => DifferenceOp::Replace,
    };
    Difference {
        op,
        reference: reference.printed(&run.reference).to_owned(),
        rendition: rendition.printed(&run.rendition).to_owned(),
        effect: None,
    }
}
