//! What makes two sentences differ in meaning, however alike their words are.

mod name;
mod opposite;
mod role;

use parallax_model::Conflict;

use super::features::kept;
use super::statement::{Figure, Statement, Term};
use crate::align;
use crate::embedding::Lexicon;
use crate::wordlist::entries;

/// A negation bears on a word at most this many words after it.
const NEGATION_REACHES: usize = 5;
/// A name or a denial is held against a sentence that keeps at least so much of its other words; what is worded quite otherwise names and denies
/// otherwise.
const LEAST_KEPT: f32 = 0.35;
/// Loose figures within this share of each other are compatible.
const ABOUT: f64 = 0.1;

/// Everything in which two sentences are at odds, each kind once.
pub(super) fn conflicts(a: &Statement, b: &Statement, lexicon: &Lexicon) -> Vec<Conflict> {
    let steps = align::global(&a.ids(), &b.ids(), lexicon);
    let is_close = kept(&beside_names(a), &beside_names(b)) >= LEAST_KEPT;
    let found = [
        (Conflict::Roles, role::are_swapped(a, b)),
        (Conflict::Number, have_other_figures(a, b) && have_other_figures(b, a)),
        (Conflict::Name, is_close && name::is_replaced(a, b, &steps, lexicon)),
        (Conflict::Negation, is_close && (denies(a, b) || denies(b, a))),
        (Conflict::Opposite, is_close && opposite::are_held(a, b)),
    ];
    found.into_iter().filter(|(_, holds)| *holds).map(|(conflict, _)| conflict).collect()
}

fn have_other_figures(a: &Statement, b: &Statement) -> bool {
    let is_known = |figure: &Figure| {
        b.spells(figure.value) || b.figures.iter().any(|other| is_same_figure(figure, other))
    };
    !a.figures.iter().all(is_known)
}

fn is_same_figure(a: &Figure, b: &Figure) -> bool {
    let (low, high) = (a.value.min(b.value), a.value.max(b.value));
    let is_loose = a.is_loose || b.is_loose;
    (high - low).abs() < 1e-9 || is_loose && high - low <= ABOUT * high
}

/// Whether `a` negates once more what both say: the next content word after one of its negations is in `b` too, and `b` has no negation
/// or other word of refusal left that may bear on the same thing.
fn denies(a: &Statement, b: &Statement) -> bool {
    let (mine, theirs) = (negated(a, b), negated(b, a));
    let all = |of: &Statement| (0..of.terms.len()).filter(|&at| negates(of, at)).count();
    let is_odd = |more: usize, less: usize| more > less && (more - less) % 2 == 1;
    is_odd(mine, theirs) && is_odd(all(a), all(b)) && !b.terms.iter().any(refuses)
}

/// The words that are no names, of which a changed name says nothing.
fn beside_names(statement: &Statement) -> Vec<&Term> {
    statement.terms.iter().filter(|term| !term.is_name).collect()
}

/// Whether a word may deny in its own way what the other sentence negates: "ruled out", "impossible".
fn refuses(term: &Term) -> bool {
    let is_listed = |prefix| term.text.starts_with(prefix);
    entries(include_str!("../../../../data/refusals.txt")).any(is_listed)
}

/// How many negations of `a` bear on a word that `b` has too.
fn negated(a: &Statement, b: &Statement) -> usize {
    let bears = |&at: &usize| {
        let after = a.terms.iter().skip(at + 1).take(NEGATION_REACHES);
        let next = after.filter(|term| term.word.is_content()).find(|term| !term.negates());
        next.is_some_and(|next| b.terms.iter().any(|term| term.word.stem == next.word.stem))
    };
    (0..a.terms.len()).filter(|&at| negates(a, at)).filter(bears).count()
}

/// Whether the word at `at` turns what follows round: it does not in a bound ("no more than"), in "not only" or in "whether or not".
fn negates(statement: &Statement, at: usize) -> bool {
    const BOUNDS: [&str; 8] = ["more", "less", "fewer", "later", "earlier", "sooner", "only", "matter"];
    let is_one_of = |at: Option<usize>, words: &[&str]| {
        at.and_then(|at| statement.terms.get(at)).is_some_and(|term| words.contains(&&*term.text))
    };
    let is_turned = is_one_of(Some(at + 1), &BOUNDS) || is_one_of(at.checked_sub(1), &["or"]);
    statement.terms.get(at).is_some_and(Term::negates) && !is_turned
}

/// The pairs of words that a file lists.
fn pairs(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    entries(file).filter_map(|line| line.split_once(' '))
}
