//! Who did it and to whom it was done, the other way round.

use super::super::statement::{Statement, Term};
use super::pairs;
use crate::reuse::unit::Role;
use crate::wordlist::entries;

/// Who acts, or is acted on, stands at most this many words from the deed.
const ACTOR_REACHES: usize = 6;

/// Pairs of verbs that tell an event from its two sides.
static CONVERSES: &str = include_str!("../../../../data/converses.txt");
static IRREGULAR: &str = include_str!("../../../../data/irregular-verbs.txt");

/// Whether two that the sentences speak of stand on either side of the same deed, the other way round.
///
/// A deed is a word that both have and that looks like a verb; who stands before it acts, who stands after it is acted on, in the passive the other way
/// round, as with a verb that tells the event from its other side ("bought", "sold").
pub(super) fn are_swapped(a: &Statement, b: &Statement) -> bool {
    let deeds = |statement: &Statement| -> Vec<(usize, bool)> {
        let terms = (0..statement.terms.len()).filter(|&at| is_deed(statement, at));
        terms.map(|at| (at, is_passive(statement, at))).collect()
    };
    let of_b = deeds(b);
    deeds(a).into_iter().any(|(i, passive_a)| {
        let same = of_b.iter().filter(|(j, _)| is_same_deed(&a.terms[i], &b.terms[*j]).is_some());
        let mut swapped = same.map(|&(j, passive_b)| {
            let converse = is_same_deed(&a.terms[i], &b.terms[j]) == Some(Side::Other);
            sides_are_swapped(a, i, b, j, passive_a ^ passive_b ^ converse)
        });
        swapped.any(|swapped| swapped)
    })
}

/// Whether the word at `at` looks like a verb: by its form, or by the auxiliary before it or the article or name after it.
fn is_deed(statement: &Statement, at: usize) -> bool {
    const AUXILIARIES: [&str; 12] =
        ["will", "would", "can", "could", "may", "might", "must", "should", "to", "did", "does", "do"];
    const ARTICLES: [&str; 8] = ["the", "a", "an", "his", "her", "its", "their", "this"];
    let term = &statement.terms[at];
    let is_word = |at: Option<usize>, words: &[&str]| {
        at.and_then(|at| statement.terms.get(at)).is_some_and(|term| words.contains(&&*term.text))
    };
    let names = statement.terms.get(at + 1).is_some_and(|next| next.is_name);
    let is_past = term.text.len() > 3 && term.text.ends_with("ed");
    let is_present = term.text.ends_with('s') && (names || is_word(Some(at + 1), &ARTICLES));
    let is_content = term.word.is_content() && !term.is_name && !term.is_figure;
    let is_irregular = entries(IRREGULAR).any(|verb| verb == term.text);
    let is_led = is_word(at.checked_sub(1), &AUXILIARIES);
    !term.is_name && (is_irregular || is_content && (is_past || is_present || is_led))
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

/// Whether the deed at `at` is told in the passive with who did it: "was sued by", "is driven through".
fn is_passive(statement: &Statement, at: usize) -> bool {
    const FARTHEST: usize = 3;
    const AGENTS: [&str; 2] = ["by", "through"];
    let after = statement.terms.iter().skip(at + 1).take(FARTHEST);
    after.take_while(|term| !is_participant(term)).any(|term| AGENTS.contains(&&*term.text))
}

fn is_participant(term: &Term) -> bool {
    term.is_name || term.word.role == Role::Name || term.word.is_content()
}

/// Whether who stands next to the deed before it in the one stands next to it after it in the other, and the other way round; with `turned`,
/// whether they keep their sides although one sentence turns them.
fn sides_are_swapped(a: &Statement, i: usize, b: &Statement, j: usize, turned: bool) -> bool {
    let (mine, theirs) = (actors(a, i), actors(b, j));
    let meet = |x: &[u64], y: &[u64]| x.iter().any(|stem| y.contains(stem));
    let [before, after] = if turned { [0, 1] } else { [1, 0] };
    meet(&mine[0], &theirs[before]) && meet(&mine[1], &theirs[after])
}

/// Who stands next to the deed at `at`, before it and after it: the nearest that can act, with what belongs to its name.
fn actors(statement: &Statement, at: usize) -> [Vec<u64>; 2] {
    let nearest = |terms: &mut dyn Iterator<Item = &Term>| -> Vec<u64> {
        let actors = terms.take(ACTOR_REACHES).skip_while(|term| !is_actor(term));
        let stems = actors.take_while(|term| is_actor(term)).map(|term| term.word.stem);
        stems.filter(|stem| times(statement, *stem) == 1).collect()
    };
    let (before, after) = (&statement.terms[..at], &statement.terms[at + 1..]);
    [nearest(&mut before.iter().rev()), nearest(&mut after.iter())]
}

/// Whoever can act: a name, or a noun that both sentences have, as far as a word alone tells.
fn is_actor(term: &Term) -> bool {
    term.is_name || term.word.role == Role::Content && !term.is_figure
}

/// How often a word stands in a sentence: who is named twice may stand on either side.
fn times(statement: &Statement, stem: u64) -> usize {
    statement.terms.iter().filter(|term| term.word.stem == stem).count()
}
