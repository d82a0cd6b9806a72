//! A denial.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::statement::{Statement, Term};
use crate::names::is_common;
use crate::reuse::unit::{Role, stem_hash};
use crate::wordlist::{WordMap, entries};

/// A negation bears on a word at most this many words after it.
const NEGATION_REACHES: usize = 5;
/// Words that stand for whomever and whatever.
const INDEFINITE: [&str; 4] = ["any", "anybody", "anyone", "anything"];
/// What is left of a word without "un" has at least so many letters.
const SHORTEST_NEGATED: usize = 4;

/// The wordings that deny, by their first words: what has to follow.
static DENIALS: LazyLock<WordMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut denials: WordMap<&str, Vec<&str>> = WordMap::default();
    for wording in entries(include_str!("../../../../data/denials.txt")) {
        let (first, rest) = wording.split_once(' ').unwrap_or((wording, ""));
        denials.entry(first).or_default().push(rest);
    }
    denials
});

/// Whether `a` negates once more what both say: the next content word after one of its negations (where there is none, the last word) is in
/// `b` too, and `b` has no negation or other word of refusal left that may bear on the same thing.
pub(super) fn is_added(a: &Statement, b: &Statement) -> bool {
    let is_odd = |more: usize, less: usize| more > less && (more - less) % 2 == 1;
    is_odd(negated(a, b), negated(b, a))
        && is_odd(negations(a, b), negations(b, a))
        && !b.terms.iter().any(refuses)
}

/// Whether the word at `at` turns what follows round: it does not in a bound ("no more than"), in "not only" or in "whether or not".
pub(super) fn is_at(statement: &Statement, at: usize) -> bool {
    const BOUNDS: [&str; 8] = ["more", "less", "fewer", "later", "earlier", "sooner", "only", "matter"];
    let is_one_of = |at: Option<usize>, words: &[&str]| {
        at.and_then(|at| statement.terms.get(at)).is_some_and(|term| words.contains(&&*term.text))
    };
    let is_turned = is_one_of(Some(at + 1), &BOUNDS) || is_one_of(at.checked_sub(1), &["or"]);
    let is_negation = statement.terms.get(at).is_some_and(|term| term.word.role == Role::Negation);
    (is_negation || denies(statement, at)) && !is_turned
}

/// Whether a wording that denies begins at the word at `at`. "Declined to 40" denies nothing.
fn denies(statement: &Statement, at: usize) -> bool {
    let Some((first, rest)) = statement.terms.get(at..).and_then(<[Term]>::split_first) else { return false };
    let follows = |wording: &&str| {
        let words: Vec<&str> = wording.split_whitespace().collect();
        let is_followed = words.iter().zip(rest).all(|(word, term)| *word == term.text);
        let is_amount = rest.get(words.len()).is_some_and(|next| next.is_figure);
        rest.len() >= words.len() && is_followed && (words.is_empty() || !is_amount)
    };
    DENIALS.get(&*first.text).is_some_and(|wordings| wordings.iter().any(follows))
}

/// Whether a word may deny in its own way what the other sentence negates: "ruled out", "impossible".
fn refuses(term: &Term) -> bool {
    let is_listed = |prefix| term.text.starts_with(prefix);
    entries(include_str!("../../../../data/refusals.txt")).any(is_listed)
}

/// How many negations a sentence has, "un" before a word that is one of English or of the other sentence included.
fn negations(statement: &Statement, other: &Statement) -> usize {
    let of_words = (0..statement.terms.len()).filter(|&at| is_at(statement, at)).count();
    let is_word = |word: &str| is_common(word) || other.terms.iter().any(|term| term.text == word);
    of_words + statement.terms.iter().filter(|term| without_un(term).is_some_and(is_word)).count()
}

/// How many negations of `a` bear on a word that `b` has too.
fn negated(a: &Statement, b: &Statement) -> usize {
    let bears = |&at: &usize| {
        let after = (at + 1..a.terms.len()).take(NEGATION_REACHES).filter(|&at| !is_at(a, at));
        let after: Vec<&Term> = after.filter_map(|at| a.terms.get(at)).collect();
        let is_content = |term: &&&Term| term.word.is_content() && !INDEFINITE.contains(&&*term.text);
        after.iter().find(is_content).or(after.last()).is_some_and(|next| has(b, next))
    };
    let of_words = (0..a.terms.len()).filter(|&at| is_at(a, at)).filter(bears).count();
    let is_turned = |term: &&Term| {
        without_un(term).is_some_and(|word| {
            let is_it = |term: &Term| term.word.stem == stem_hash(word);
            let is_negated_too = |term: &Term| without_un(term) == Some(word);
            b.terms.iter().any(is_it)
                && !has(b, term)
                && !a.terms.iter().any(is_it)
                && !b.terms.iter().any(is_negated_too)
        })
    };
    let turned: BTreeSet<u64> = a.terms.iter().filter(is_turned).map(|term| term.word.stem).collect();
    of_words + turned.len()
}

fn has(statement: &Statement, word: &Term) -> bool {
    statement.terms.iter().any(|term| term.is_form_of(word))
}

/// "Fair" of "unfair", "profit" of "non-profit".
fn without_un(term: &Term) -> Option<&str> {
    let is_other =
        || entries(include_str!("../../../../data/un-words.txt")).any(|word| term.text.starts_with(word));
    let word = ["non-", "non", "un"].into_iter().find_map(|prefix| term.text.strip_prefix(prefix))?;
    let is_negated = term.word.role != Role::Negation && !term.is_name && !is_other();
    (word.len() >= SHORTEST_NEGATED && is_negated).then_some(word)
}
