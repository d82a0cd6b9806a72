//! A word in the place of its opposite.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::statement::{Statement, Term};
use super::super::verb::stems_of;
use super::negation;
use crate::wordlist::entries;

/// Whether the one has a word and lacks its opposite, and the other has the opposite beside the same word and lacks the word. Where there
/// are two such words that cross ("banned ..., but permitted", "prohibits ..., but allows"), each may stand for the other's.
pub(super) fn are_held(a: &Statement, b: &Statement) -> bool {
    let (only_a, only_b) = (poles_of(a, b), poles_of(b, a));
    let opposites = only_a.iter().flat_map(|x| only_b.iter().map(move |y| (x, y)));
    let opposites: Vec<_> = opposites.filter(|(x, y)| x.1.excludes(y.1)).map(|(x, y)| (x.0, y.0)).collect();
    let crosses = |(i, j): (usize, usize)| opposites.iter().any(|&(x, y)| x != i && y != j);
    let is_beside = |(i, j): (usize, usize)| (0..2).any(|side| beside(a, i)[side] == beside(b, j)[side]);
    opposites.iter().any(|&pair| is_beside(pair) && !crosses(pair))
}

/// The words of `a` that `b` lacks and that stand at a pole, by their places; not what is itself negated ("do not deny").
fn poles_of(a: &Statement, b: &Statement) -> Vec<(usize, Pole)> {
    let lacks = |term: &Term| !b.terms.iter().any(|other| other.is_form_of(term));
    let words = a.terms.iter().enumerate().filter(|(_, term)| !term.is_name && lacks(term));
    let words = words.filter(|&(at, _)| !(at.saturating_sub(2)..at).any(|before| negation::is_at(a, before)));
    let poles = |term: &Term| [term.word.stem, term.lemma].map(|stem| POLES.get(&stem).into_iter().flatten());
    words.flat_map(|(at, term)| poles(term).into_iter().flatten().map(move |&pole| (at, pole))).collect()
}

/// The stems of the content words before and after the word at `at`; `None` at an end of the sentence.
fn beside(statement: &Statement, at: usize) -> [Option<u64>; 2] {
    let content = |term: &&Term| term.is_name || term.word.is_content();
    let before = statement.terms[..at].iter().rev().find(content);
    let after = statement.terms[at + 1..].iter().find(content);
    [before, after].map(|term| term.map(|term| term.word.stem))
}

/// One side of a line of words that exclude one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pole {
    line: u16,
    side: u8,
}

impl Pole {
    const fn excludes(self, other: Self) -> bool {
        self.line == other.line && self.side != other.side
    }
}

/// The poles of each word that has opposites, by the stems of its forms.
static POLES: LazyLock<HashMap<u64, Vec<Pole>>> = LazyLock::new(|| {
    let mut poles: HashMap<u64, Vec<Pole>> = HashMap::new();
    for (line, sides) in (0..).zip(entries(include_str!("../../../../data/opposites.txt"))) {
        for (side, words) in (0..).zip(sides.split('|')) {
            for stem in words.split_whitespace().flat_map(stems_of) {
                poles.entry(stem).or_default().push(Pole { line, side });
            }
        }
    }
    poles
});
