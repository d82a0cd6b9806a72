//! Words around a figure that say how to take it.

use std::sync::LazyLock;

use parallax_model::Bound;

use super::piece::Piece;
use crate::wordlist::entries;

/// How a figure is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Qualifier {
    /// Whether it is only about right.
    pub(crate) approximate: bool,
    /// Whether it is a bound.
    pub(crate) bound: Option<Bound>,
}

static BEFORE: LazyLock<Vec<(Vec<&str>, Qualifier)>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let (words, kind) = line.split_once('\t')?;
        let bound = match kind {
            "least" => Some(Bound::Least),
            "most" => Some(Bound::Most),
            _ => None,
        };
        Some((words.split(' ').collect(), Qualifier { approximate: bound.is_none(), bound }))
    };
    let mut qualifiers: Vec<_> =
        entries(include_str!("../../data/quantity-qualifiers.txt")).filter_map(line).collect();
    qualifiers.sort_by_key(|(words, _): &(Vec<&str>, _)| std::cmp::Reverse(words.len()));
    qualifiers
});

/// The qualifier that ends right before the piece `at`, and where it starts.
pub(crate) fn before(pieces: &[Piece<'_>], at: usize) -> Option<(Qualifier, usize)> {
    let head = pieces.get(..at)?;
    BEFORE.iter().find_map(|(words, qualifier)| {
        let start = at.checked_sub(words.len())?;
        let same = head[start..].iter().zip(words).all(|(piece, word)| piece.is(word));
        same.then_some((*qualifier, start))
    })
}

/// The qualifier that starts at the piece `at`, as in "300 or more", and where it ends.
pub(crate) fn after(pieces: &[Piece<'_>], at: usize) -> Option<(Qualifier, usize)> {
    pieces.get(at).filter(|p| p.is("or"))?;
    let qualifier = match &*pieces.get(at + 1)?.lower {
        "more" => Qualifier { approximate: false, bound: Some(Bound::Least) },
        "less" | "fewer" => Qualifier { approximate: false, bound: Some(Bound::Most) },
        "so" => Qualifier { approximate: true, bound: None },
        _ => return None,
    };
    Some((qualifier, at + 2))
}
