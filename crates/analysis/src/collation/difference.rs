//! The words in which two renditions of a saying differ.

use std::ops::Range;

use crate::align::{self, Step};
use crate::embedding::{Lexicon, WordId};

/// A run of words: the same in both, or changed from the reference to the rendition. The runs of a pair tile both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// Whether the words are the same.
    pub(super) is_same: bool,
    /// The words in the reference.
    pub(super) reference: Range<usize>,
    /// The words in the rendition.
    pub(super) rendition: Range<usize>,
}

impl Run {
    fn mirrored(self) -> Self {
        Self { reference: self.rendition, rendition: self.reference, ..self }
    }
}

/// Compares two renditions word by word. Comparing them the other way round gives the mirrored runs.
pub(super) fn runs(reference: &[WordId], rendition: &[WordId], lexicon: &Lexicon) -> Vec<Run> {
    if (reference.len(), reference) < (rendition.len(), rendition) {
        return runs(rendition, reference, lexicon).into_iter().map(Run::mirrored).collect();
    }
    match place_of(rendition, reference) {
        Some(start) => contained(start, rendition.len(), reference.len()),
        None => merged(&align::global(reference, rendition, lexicon)),
    }
}

/// The runs with those that `is_same` taken for the same, and neighbours that are the same put together.
pub(super) fn with_same(runs: Vec<Run>, is_same: impl Fn(&Run) -> bool) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        let run = Run { is_same: run.is_same || is_same(&run), ..run };
        match joined.last_mut().filter(|last| last.is_same && run.is_same) {
            Some(last) => {
                last.reference.end = run.reference.end;
                last.rendition.end = run.rendition.end;
            }
            None => joined.push(run),
        }
    }
    joined
}

/// Where `part` stands in `whole` as it is.
pub(super) fn place_of(part: &[WordId], whole: &[WordId]) -> Option<usize> {
    (!part.is_empty()).then(|| whole.windows(part.len()).position(|window| window == part)).flatten()
}

fn contained(start: usize, length: usize, whole: usize) -> Vec<Run> {
    let end = start + length;
    let runs = [
        Run { is_same: false, reference: 0..start, rendition: 0..0 },
        Run { is_same: true, reference: start..end, rendition: 0..length },
        Run { is_same: false, reference: end..whole, rendition: length..length },
    ];
    runs.into_iter().filter(|run| !run.reference.is_empty()).collect()
}

/// Neighbouring steps of a kind as one run.
fn merged(steps: &[Step]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut i, mut j) = (0, 0);
    for step in steps {
        let (is_same, down, right) = match step {
            Step::Same(..) => (true, 1, 1),
            Step::Substitute(..) => (false, 1, 1),
            Step::Delete(_) => (false, 1, 0),
            Step::Insert(_) => (false, 0, 1),
        };
        if runs.last().is_none_or(|run| run.is_same != is_same) {
            runs.push(Run { is_same, reference: i..i, rendition: j..j });
        }
        (i, j) = (i + down, j + right);
        if let Some(run) = runs.last_mut() {
            (run.reference.end, run.rendition.end) = (i, j);
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn interned(lexicon: &mut Lexicon, words: &[&str]) -> Vec<WordId> {
        words.iter().map(|word| lexicon.intern(word)).collect()
    }

    fn words() -> impl Strategy<Value = Vec<&'static str>> {
        prop::collection::vec(
            prop::sample::select(vec!["the", "dam", "will", "hold", "may", "not", "wall"]),
            0..9,
        )
    }

    proptest! {
        #[test]
        fn the_runs_turn_the_reference_into_the_rendition(a in words(), b in words()) {
            let mut lexicon = Lexicon::new();
            let (a, b) = (interned(&mut lexicon, &a), interned(&mut lexicon, &b));
            let found = runs(&a, &b, &lexicon);
            let made: Vec<WordId> = found
                .iter()
                .flat_map(|run| if run.is_same { &a[run.reference.clone()] } else { &b[run.rendition.clone()] })
                .copied()
                .collect();
            prop_assert_eq!(made, b.clone());
            let kept: Vec<usize> = found.iter().flat_map(|run| run.reference.clone()).collect();
            prop_assert_eq!(kept, (0..a.len()).collect::<Vec<_>>());
            let mirrored: Vec<Run> = runs(&b, &a, &lexicon).into_iter().map(Run::mirrored).collect();
            prop_assert_eq!(found, mirrored);
        }

        #[test]
        fn nothing_differs_from_itself(a in words()) {
            let mut lexicon = Lexicon::new();
            let a = interned(&mut lexicon, &a);
            prop_assert!(runs(&a, &a, &lexicon).iter().all(|run| run.is_same));
        }
    }
}
