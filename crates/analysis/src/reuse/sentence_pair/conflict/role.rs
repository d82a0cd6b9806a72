//! Who did it and to whom it was done, the other way round.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::statement::{Statement, Term};
use super::super::verb::{is_irregular_deed, stems_of};
use crate::reuse::unit::Role;
use crate::wordlist::entries;

/// Who acts, or is acted on, stands at most this many words from the deed.
const ACTOR_REACHES: usize = 6;

/// Pairs of verbs that tell an event from its two sides, each as the stems of its forms.
static CONVERSES: LazyLock<Vec<[BTreeSet<u64>; 2]>> = LazyLock::new(|| {
    let pairs =
        entries(include_str!("../../../../data/converses.txt")).filter_map(|line| line.split_once(' '));
    pairs.map(|(one, other)| [one, other].map(stems_of)).collect()
});

/// The stems of words between two that say the same of both.
static SYMMETRIC: LazyLock<BTreeSet<u64>> =
    LazyLock::new(|| entries(include_str!("../../../../data/symmetric.txt")).flat_map(stems_of).collect());

/// Whether two that the sentences speak of have changed places.
pub(super) fn are_swapped(a: &Statement, b: &Statement) -> bool {
    stand_around_a_deed_otherwise(a, b) || are_named_in_other_order(a, b)
}

/// Whether two stand on either side of the same deed, the other way round.
///
/// A deed is a word that both have and that looks like a verb; who stands before it acts, who stands after it is acted on, in the passive the other way
/// round, as with a verb that tells the event from its other side ("bought", "sold").
fn stand_around_a_deed_otherwise(a: &Statement, b: &Statement) -> bool {
    let deeds = |statement: &Statement| -> Vec<(usize, bool)> {
        let terms = (0..statement.terms.len()).filter(|&at| is_deed(statement, at));
        terms.map(|at| (at, is_passive(statement, at))).collect()
    };
    let of_b = deeds(b);
    deeds(a).into_iter().any(|(i, passive_a)| {
        let mut swapped = of_b.iter().filter_map(|&(j, passive_b)| {
            let is_other_side = is_told_from_other_side(&a.terms[i], &b.terms[j])?;
            Some(sides_are_swapped(a, i, b, j, passive_a ^ passive_b ^ is_other_side))
        });
        swapped.any(|swapped| swapped)
    })
}

/// Whether the word at `at` looks like a verb: by its form, or by the auxiliary before it or the article or name after it. What two do to each
/// other is no deed of one of them.
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
    let is_led = is_word(at.checked_sub(1), &AUXILIARIES);
    let is_mutual = is_mutual(statement, at) || is_word(Some(at + 1), &["with"]);
    let is_verb = is_irregular_deed(&term.text) || is_content && (is_past || is_present || is_led);
    !term.is_name && !is_mutual && is_verb
}

/// Whether two deeds are one, told from its two sides; `None` where they are not one.
fn is_told_from_other_side(a: &Term, b: &Term) -> Option<bool> {
    if a.is_form_of(b) {
        return Some(false);
    }
    are_converse(a, b).then_some(true)
}

fn are_converse(a: &Term, b: &Term) -> bool {
    let is_form = |term: &Term, stems: &BTreeSet<u64>| {
        [term.word.stem, term.lemma].iter().any(|stem| stems.contains(stem))
    };
    CONVERSES.iter().any(|[x, y]| is_form(a, x) && is_form(b, y) || is_form(a, y) && is_form(b, x))
}

/// Whether the word at `at` says the same of those before and after it: "married", but not "married the sister of".
fn is_mutual(statement: &Statement, at: usize) -> bool {
    const ARTICLES: [&str; 3] = ["the", "a", "an"];
    let leads_elsewhere = matches!(statement.terms.get(at + 1..at + 4), Some([article, kin, of])
        if ARTICLES.contains(&&*article.text) && kin.word.is_content() && of.text == "of");
    SYMMETRIC.contains(&statement.terms[at].lemma) && !leads_elsewhere
}

/// Whether the deed at `at` is told in the passive with who did it: "was sued by", "is driven through", "was held in Tessin by".
fn is_passive(statement: &Statement, at: usize) -> bool {
    const NEAR: usize = 3;
    const AGENTS: [&str; 2] = ["by", "through"];
    let after = &statement.terms[at + 1..];
    let mut near = after.iter().take(NEAR).take_while(|term| !is_participant(term));
    let is_done = at.checked_sub(1).and_then(|at| statement.terms.get(at)).is_some_and(is_copula);
    near.any(|term| AGENTS.contains(&&*term.text))
        || is_done && after.iter().take(ACTOR_REACHES).any(|term| term.text == "by")
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

/// Between two names stand at most so many words that may say what the one is to the other.
const RELATION_REACHES: usize = 9;

/// Whether two names stand in the other order with the same words between them: "Kestria is larger than Dovaria".
fn are_named_in_other_order(a: &Statement, b: &Statement) -> bool {
    let (mine, theirs) = (names(a), names(b));
    let place = |stem: u64| theirs.iter().find(|(_, other)| *other == stem).map(|(at, _)| *at);
    let both: Vec<(usize, usize)> = mine.iter().filter_map(|&(at, stem)| Some((at, place(stem)?))).collect();
    both.iter().enumerate().any(|(index, &(first, last_there))| {
        let later = both[index + 1..].iter().take_while(|(second, _)| second - first <= RELATION_REACHES + 1);
        later
            .filter(|(_, first_there)| *first_there < last_there)
            .any(|&(second, first_there)| are_told_alike(a, [first, second], b, [first_there, last_there]))
    })
}

/// The names that a sentence has once, by place, without days and without places where something happened.
fn names(statement: &Statement) -> Vec<(usize, u64)> {
    const WHERE: [&str; 9] = ["in", "at", "near", "outside", "inside", "during", "since", "until", "around"];
    let is_scene = |at: usize| {
        at.checked_sub(1)
            .and_then(|at| statement.terms.get(at))
            .is_some_and(|term| WHERE.contains(&&*term.text))
    };
    let named = statement.terms.iter().enumerate().filter(|(_, term)| term.is_name && !term.is_of_calendar());
    let once = named.filter(|(at, term)| times(statement, term.word.stem) == 1 && !is_scene(*at));
    once.map(|(at, term)| (at, term.word.stem)).collect()
}

/// Whether both sentences say the same of the word at `from` and the word at `to`, which is more than that they belong together.
fn are_told_alike(a: &Statement, [from, to]: [usize; 2], b: &Statement, [start, end]: [usize; 2]) -> bool {
    let (Some(x), Some(y)) = (a.terms.get(from + 1..to), b.terms.get(start + 1..end)) else { return false };
    let are_mutual = |of: &Statement, mut between: Range<usize>| between.any(|at| is_mutual(of, at));
    if y.len() > RELATION_REACHES || are_mutual(a, from + 1..to) || are_mutual(b, start + 1..end) {
        return false;
    }
    let leads_to = |of: &Statement, at: usize, between: &[Term]| {
        let before = at.checked_sub(1).and_then(|at| of.terms.get(at));
        between.len() == 1 && between[0].text == "to" && before.is_some_and(|term| term.text == "from")
    };
    let are_ways = leads_to(a, from, x) && leads_to(b, start, y);
    let says = |of: &Statement, at: usize, between: &[Term]| {
        (at + 1..=at + between.len()).any(|at| is_deed(of, at)) || between.iter().any(is_copula)
    };
    let are_said = says(a, from, x) && says(b, start, y) && is_turned(x) == is_turned(y);
    are_ways || are_said && have_one_content(x, y)
}

/// Whether more than half of the content of two stretches is the same, and none of it is told from its other side.
fn have_one_content(x: &[Term], y: &[Term]) -> bool {
    let content = |terms: &[Term]| -> BTreeSet<u64> {
        let told = terms
            .iter()
            .filter(|term| !term.is_name && (term.word.is_content() || term.lemma != term.word.stem));
        told.map(|term| term.lemma).collect()
    };
    let (of_x, of_y) = (content(x), content(y));
    let common = of_x.intersection(&of_y).count();
    let is_converse = x.iter().any(|one| y.iter().any(|other| are_converse(one, other)));
    2 * common > of_x.union(&of_y).count() && !is_converse
}

fn is_copula(term: &Term) -> bool {
    const COPULAS: [&str; 7] = ["is", "are", "was", "were", "be", "been", "'s"];
    COPULAS.contains(&&*term.text)
}

/// Whether a stretch between two names is told in the passive: "was sued by", "was arrested in".
fn is_turned(between: &[Term]) -> bool {
    let is_participle = |term: &Term| term.text.ends_with("ed") || is_irregular_deed(&term.text);
    let is_done_to = between.windows(2).any(|pair| is_copula(&pair[0]) && is_participle(&pair[1]));
    is_done_to || between.iter().any(|term| term.text == "by")
}
