//! One name in the place of another.

use strsim::levenshtein;

use super::super::statement::{Statement, Term};
use crate::align::Step;
use crate::embedding::Lexicon;
use crate::extract::month;

/// Two spellings of a name differ by at most so many letters.
const MOST_LETTERS: usize = 2;
/// Shorter names are other names, not other spellings.
const SHORTEST_NAME: usize = 5;
/// A name of so few letters may stand for a longer one ("US", "American"); among longer ones the table finds all first names alike.
const LONGEST_ABBREVIATION: usize = 3;
/// Shorter beginnings of a name stand for too many.
const SHORTEST_ABBREVIATION: usize = 3;
/// Names this alike in meaning are then two names of one thing.
const SAME_NAME: f32 = 0.5;

/// Whether names of the one that the other lacks stand where the other has names that the one lacks: beside a word that both have, or
/// between two of them with nothing but names.
pub(super) fn is_replaced(a: &Statement, b: &Statement, steps: &[Step], lexicon: &Lexicon) -> bool {
    let only_a = |term: &Term| is_new(term, a, b, lexicon);
    let only_b = |term: &Term| is_new(term, b, a, lexicon);
    let is_same = |at: Option<usize>| matches!(at.and_then(|at| steps.get(at)), Some(Step::Same(..)));
    let beside_same = steps.iter().enumerate().any(|(at, step)| match *step {
        Step::Substitute(i, j) if is_same(at.checked_sub(1)) || is_same(Some(at + 1)) => {
            only_a(&a.terms[i]) && only_b(&b.terms[j])
        }
        _ => false,
    });
    let are_names = |terms: &[&Term]| terms.iter().all(|term| term.is_name);
    beside_same
        || unequal(steps).map(|run| terms_of(run, a, b)).any(|(of_a, of_b)| {
            are_names(&of_a)
                && are_names(&of_b)
                && of_a.into_iter().any(only_a)
                && of_b.into_iter().any(only_b)
        })
}

/// The stretches between the words that both have.
fn unequal(steps: &[Step]) -> impl Iterator<Item = &[Step]> {
    steps.split(|step| matches!(step, Step::Same(..))).filter(|run| !run.is_empty())
}

/// The words of either that a stretch of their alignment covers.
fn terms_of<'s>(run: &[Step], a: &'s Statement, b: &'s Statement) -> (Vec<&'s Term>, Vec<&'s Term>) {
    let of_a = run.iter().filter_map(|step| match *step {
        Step::Same(i, _) | Step::Substitute(i, _) | Step::Delete(i) => a.terms.get(i),
        Step::Insert(_) => None,
    });
    let of_b = run.iter().filter_map(|step| match *step {
        Step::Same(_, j) | Step::Substitute(_, j) | Step::Insert(j) => b.terms.get(j),
        Step::Delete(_) => None,
    });
    (of_a.collect(), of_b.collect())
}

/// Whether a name of `mine` is not in `theirs`, in whatever spelling, nor abbreviated there, nor the abbreviation of what is there.
fn is_new(term: &Term, mine: &Statement, theirs: &Statement, lexicon: &Lexicon) -> bool {
    let is_it = |other: &Term| {
        term.word.stem == other.word.stem || other.is_name && is_one_name(term, other, lexicon)
    };
    let stands_for =
        |acronym: &Term, initials: &str| acronym.is_acronym && initials.contains(&letters(acronym));
    let covers = |acronym: &Term| acronym.text.contains(term.text.chars().next().unwrap_or(' '));
    term.is_name
        && !theirs.terms.iter().any(is_it)
        && !stands_for(term, &initials(theirs))
        && !theirs.terms.iter().any(|other| covers(other) && stands_for(other, &initials(mine)))
}

/// The first letters of the words that begin with a capital, a blank for what stands between.
fn initials(statement: &Statement) -> String {
    const PASSED_OVER: [&str; 5] = ["of", "the", "and", "for", "&"];
    let words = statement.terms.iter().filter(|term| !PASSED_OVER.contains(&&*term.text));
    words.map(|term| term.text.chars().next().filter(|_| term.has_capital).unwrap_or(' ')).collect()
}

fn letters(acronym: &Term) -> String {
    acronym.text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether two words name one thing. Days and months are near each other in meaning, and never the same.
fn is_one_name(a: &Term, b: &Term, lexicon: &Lexicon) -> bool {
    if a.is_of_calendar() || b.is_of_calendar() {
        return a.text == b.text || month(&a.text).is_some() && month(&a.text) == month(&b.text);
    }
    let beginning = a.word.beginning == b.word.beginning && a.text.len().min(b.text.len()) >= 4;
    let is_long = a.text.chars().count().min(b.text.chars().count()) >= SHORTEST_NAME;
    let is_short = a.text.len().min(b.text.len()) <= LONGEST_ABBREVIATION;
    a.word.stem == b.word.stem
        || beginning
        || is_abbreviated(a, b)
        || is_abbreviated(b, a)
        || is_long && levenshtein(&a.text, &b.text) <= MOST_LETTERS
        || is_short && lexicon.similarity(a.word.id, b.word.id) >= SAME_NAME
}

/// Whether a word begins so and goes on: "Ind." for "Indiana".
fn is_abbreviated(short: &Term, long: &Term) -> bool {
    short.text.len() >= SHORTEST_ABBREVIATION && long.text.starts_with(&*short.text)
}
