//! A word in the place of its opposite.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::super::statement::{Statement, Term};
use super::pairs;
use crate::reuse::unit::stem_hash;

/// Whether the one has a word and lacks its opposite, and the other has the opposite beside the same word and lacks the word. Where there
/// are two such words that cross ("banned ..., but permitted", "prohibits ..., but allows"), each may stand for the other's.
pub(super) fn are_held(a: &Statement, b: &Statement) -> bool {
    let (only_a, only_b) = (poles_of(a, b), poles_of(b, a));
    let opposites = only_a.iter().flat_map(|x| only_b.iter().map(move |y| (x, y)));
    let opposites: Vec<_> =
        opposites.filter(|(x, y)| y.1 == x.1.opposite()).map(|(x, y)| (x.0, y.0)).collect();
    let crosses = |(i, j): (usize, usize)| opposites.iter().any(|&(x, y)| x != i && y != j);
    let is_beside = |(i, j): (usize, usize)| (0..2).any(|side| beside(a, i)[side] == beside(b, j)[side]);
    opposites.iter().any(|&pair| is_beside(pair) && !crosses(pair))
}

/// The words of `a` that `b` lacks and that stand at a pole, by their places; not what is itself negated ("do not deny").
fn poles_of(a: &Statement, b: &Statement) -> Vec<(usize, Pole)> {
    let lacks = |stem: u64| b.terms.iter().all(|term| term.word.stem != stem);
    let words = a.terms.iter().enumerate().filter(|(_, term)| !term.is_name && lacks(term.word.stem));
    let words = words.filter(|&(at, _)| !a.terms[at.saturating_sub(2)..at].iter().any(Term::negates));
    words
        .flat_map(|(at, term)| POLES.get(&term.word.stem).into_iter().flatten().map(move |&pole| (at, pole)))
        .collect()
}

/// The stems of the content words before and after the word at `at`; `None` at an end of the sentence.
fn beside(statement: &Statement, at: usize) -> [Option<u64>; 2] {
    let content = |term: &&Term| term.is_name || term.word.is_content();
    let before = statement.terms[..at].iter().rev().find(content);
    let after = statement.terms[at + 1..].iter().find(content);
    [before, after].map(|term| term.map(|term| term.word.stem))
}

/// One of the two words of a pair of opposites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pole {
    pair: u16,
    is_second: bool,
}

impl Pole {
    const fn opposite(self) -> Self {
        Self { is_second: !self.is_second, ..self }
    }
}

/// The poles of each word that has opposites, by the stems of its forms.
static POLES: LazyLock<HashMap<u64, Vec<Pole>>> = LazyLock::new(|| {
    let mut poles: HashMap<u64, Vec<Pole>> = HashMap::new();
    for (pair, (first, second)) in (0..).zip(pairs(include_str!("../../../../data/opposites.txt"))) {
        for (word, is_second) in [(first, false), (second, true)] {
            stems_of(word)
                .into_iter()
                .for_each(|stem| poles.entry(stem).or_default().push(Pole { pair, is_second }));
        }
    }
    poles
});

/// The stems of a word's regular forms: of "admit" also of "admitted", of "deny" also of "denies".
fn stems_of(word: &str) -> BTreeSet<u64> {
    let doubled = word.chars().last().map_or(word.to_owned(), |last| format!("{word}{last}"));
    let short = &word[..word.len() - word.chars().last().map_or(0, char::len_utf8)];
    let forms = [
        word.to_owned(),
        format!("{word}s"),
        format!("{word}ed"),
        format!("{doubled}ed"),
        format!("{doubled}ing"),
    ];
    let of_y = word.ends_with('y').then(|| [format!("{short}ies"), format!("{short}ied")]);
    let of_e = word.ends_with('e').then(|| format!("{short}ing"));
    forms.iter().chain(of_y.iter().flatten()).chain(&of_e).map(|form| stem_hash(form)).collect()
}
