//! What makes two sentences differ in meaning, however alike their words are.

use strsim::levenshtein;

use super::super::unit::Role;
use super::statement::{Figure, Statement, Term};
use crate::align::{self, Step};
use crate::embedding::Lexicon;
use crate::extract::month;
use crate::wordlist::entries;

/// A difference in meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conflict {
    /// Who did it and to whom it was done have changed places.
    Roles,
    /// Each has a figure that the other lacks.
    Number,
    /// One name stands in the place of another.
    Name,
    /// One denies what the other says.
    Negation,
    /// A word stands in the place of its opposite.
    Opposite,
}

/// Two spellings of a name differ by at most so many letters.
const MOST_LETTERS: usize = 2;
/// Shorter names are other names, not other spellings.
const SHORTEST_NAME: usize = 5;
/// A name of so few letters may stand for a longer one ("US", "American"); among longer ones the table finds all first names alike.
const LONGEST_ABBREVIATION: usize = 3;
/// Names this alike in meaning are then two names of one thing.
const SAME_NAME: f32 = 0.5;
/// A negation bears on a word at most this many words after it.
const NEGATION_REACHES: usize = 5;
/// Who acts, or is acted on, stands at most this many words from the deed.
const ACTOR_REACHES: usize = 6;
/// Loose figures within this share of each other are compatible.
const ABOUT: f64 = 0.1;

static OPPOSITES: &str = include_str!("../../../data/opposites.txt");
static CONVERSES: &str = include_str!("../../../data/converses.txt");

/// Everything in which two sentences are at odds, each kind once.
pub(super) fn conflicts(a: &Statement, b: &Statement, lexicon: &Lexicon) -> Vec<Conflict> {
    let steps = align::global(&a.ids(), &b.ids(), lexicon);
    let found = [
        (Conflict::Roles, roles_are_swapped(a, b)),
        (Conflict::Number, have_other_figures(a, b) && have_other_figures(b, a)),
        (Conflict::Name, changes_name(a, b, &steps, lexicon)),
        (Conflict::Negation, denies(a, b) || denies(b, a)),
        (Conflict::Opposite, holds_opposites(a, b)),
    ];
    found.into_iter().filter(|(_, holds)| *holds).map(|(conflict, _)| conflict).collect()
}

fn have_other_figures(a: &Statement, b: &Statement) -> bool {
    a.figures.iter().any(|figure| !b.figures.iter().any(|other| is_same_figure(figure, other)))
}

fn is_same_figure(a: &Figure, b: &Figure) -> bool {
    let (low, high) = (a.value.min(b.value), a.value.max(b.value));
    let is_loose = a.is_loose || b.is_loose;
    (high - low).abs() < 1e-9 || is_loose && high - low <= ABOUT * high
}

/// Whether a name of the one that the other lacks stands where the other has a name that the one lacks, beside a word that both have.
fn changes_name(a: &Statement, b: &Statement, steps: &[Step], lexicon: &Lexicon) -> bool {
    let is_it = |term: &Term, other: &Term| {
        term.word.stem == other.word.stem || other.is_name && is_one_name(term, other, lexicon)
    };
    let lacks = |term: &Term, other: &Statement| !other.terms.iter().any(|other| is_it(term, other));
    let is_same = |at: Option<usize>| matches!(at.and_then(|at| steps.get(at)), Some(Step::Same(..)));
    steps.iter().enumerate().any(|(at, step)| match *step {
        Step::Substitute(i, j) if is_same(at.checked_sub(1)) || is_same(Some(at + 1)) => {
            let (x, y) = (&a.terms[i], &b.terms[j]);
            x.is_name && y.is_name && lacks(x, b) && lacks(y, a)
        }
        _ => false,
    })
}

fn is_one_name(a: &Term, b: &Term, lexicon: &Lexicon) -> bool {
    if is_of_calendar(&a.text) || is_of_calendar(&b.text) {
        return a.text == b.text;
    }
    let beginning = a.word.beginning == b.word.beginning && a.text.len().min(b.text.len()) >= 4;
    let is_long = a.text.chars().count().min(b.text.chars().count()) >= SHORTEST_NAME;
    let is_abbreviated = a.text.len().min(b.text.len()) <= LONGEST_ABBREVIATION;
    a.word.stem == b.word.stem
        || beginning
        || is_long && levenshtein(&a.text, &b.text) <= MOST_LETTERS
        || is_abbreviated && lexicon.similarity(a.word.id, b.word.id) >= SAME_NAME
}

/// Days and months are near each other in meaning, and never the same.
fn is_of_calendar(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.contains(&word) || month(word).is_some()
}

/// Whether `a` negates once more what both say: the next content word after one of its negations is in `b` too.
fn denies(a: &Statement, b: &Statement) -> bool {
    let (mine, theirs) = (negated(a, b), negated(b, a));
    mine > theirs && (mine - theirs) % 2 == 1
}

/// How many negations of `a` bear on a word that `b` has too.
fn negated(a: &Statement, b: &Statement) -> usize {
    let bears = |&at: &usize| {
        let after = a.terms.iter().skip(at + 1).take(NEGATION_REACHES);
        let next = after.filter(|term| term.word.is_content()).find(|term| !term.negates());
        next.is_some_and(|next| b.terms.iter().any(|term| term.word.stem == next.word.stem))
    };
    (0..a.terms.len()).filter(|&at| a.terms[at].negates()).filter(bears).count()
}

/// Whether the one has a word and lacks its opposite, and the other has the opposite and lacks the word.
fn holds_opposites(a: &Statement, b: &Statement) -> bool {
    let has = |statement: &Statement, word: &str| statement.terms.iter().any(|term| term.text == word);
    let parts = |x: &str, y: &str| has(a, x) && !has(b, x) && has(b, y) && !has(a, y);
    pairs(OPPOSITES).any(|(x, y)| parts(x, y) || parts(y, x))
}

fn pairs(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    entries(file).filter_map(|line| line.split_once(' '))
}

/// Whether two that the sentences speak of stand on either side of the same deed, the other way round.
///
/// A deed is a content word that both have; who stands before it acts, who stands after it is acted on, in the passive the other way
/// round, as with a verb that tells the event from its other side ("bought", "sold").
fn roles_are_swapped(a: &Statement, b: &Statement) -> bool {
    let deeds = |statement: &Statement| -> Vec<(usize, bool)> {
        let terms = statement.terms.iter().enumerate().filter(|(_, term)| is_deed(term));
        terms.map(|(at, _)| (at, is_passive(statement, at))).collect()
    };
    let of_b = deeds(b);
    deeds(a).into_iter().any(|(i, passive_a)| {
        let same = of_b.iter().filter(|(j, _)| is_same_deed(&a.terms[i], &b.terms[*j]).is_some());
        let mut swapped = same.map(|&(j, passive_b)| {
            let converse = is_same_deed(&a.terms[i], &b.terms[j]) == Some(Side::Other);
            are_swapped(a, i, b, j, passive_a ^ passive_b ^ converse)
        });
        swapped.any(|swapped| swapped)
    })
}

fn is_deed(term: &Term) -> bool {
    term.word.is_content() && !term.is_name && !term.is_figure
}

#[derive(PartialEq, Eq)]
enum Side {
    Same,
    Other,
}

fn is_same_deed(a: &Term, b: &Term) -> Option<Side> {
    if a.word.stem == b.word.stem {
        return Some(Side::Same);
    }
    let are = |x: &str, y: &str| stemmed(&a.text, x) && stemmed(&b.text, y);
    pairs(CONVERSES).any(|(x, y)| are(x, y) || are(y, x)).then_some(Side::Other)
}

fn stemmed(word: &str, verb: &str) -> bool {
    word.strip_prefix(verb).is_some_and(|ending| ["", "s", "d", "ed", "ing"].contains(&ending))
}

/// Whether the deed at `at` is told in the passive with who did it: "was sued by".
fn is_passive(statement: &Statement, at: usize) -> bool {
    const FARTHEST: usize = 3;
    let after = statement.terms.iter().skip(at + 1).take(FARTHEST);
    after.take_while(|term| !is_participant(term)).any(|term| term.text == "by")
}

fn is_participant(term: &Term) -> bool {
    term.is_name || term.word.role == Role::Name || term.word.is_content()
}

/// Whether who stands before the deed in the one stands after it in the other, and the other way round; with `turned`, whether they keep
/// their sides although one sentence turns them.
fn are_swapped(a: &Statement, i: usize, b: &Statement, j: usize, turned: bool) -> bool {
    let side = |statement: &Statement, at: usize, stem: u64| -> Option<bool> {
        let mut places = (0..statement.terms.len()).filter(|&k| statement.terms[k].word.stem == stem);
        let place = places.next().filter(|_| places.next().is_none())?;
        (place != at && place.abs_diff(at) <= ACTOR_REACHES).then_some(place < at)
    };
    let participants: Vec<u64> = a
        .terms
        .iter()
        .enumerate()
        .filter(|(k, term)| *k != i && is_actor(term))
        .map(|(_, term)| term.word.stem)
        .collect();
    let moved = |before_in_a: bool| {
        participants.iter().any(|&stem| {
            side(a, i, stem) == Some(before_in_a)
                && side(b, j, stem) == Some(if turned { before_in_a } else { !before_in_a })
        })
    };
    moved(true) && moved(false)
}

/// Whoever can act: a name, or a noun that both sentences have, as far as a word alone tells.
fn is_actor(term: &Term) -> bool {
    term.is_name || term.word.role == Role::Content && !term.is_figure
}
