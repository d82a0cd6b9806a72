//! Clauses of several articles that state the same thing, as facts.

use std::collections::BTreeSet;

use parallax_model::{Agreement, Document, Fact, FactKind, Passage, Place};

use super::attribution;
use super::candidate::pairs;
use super::group::groups;
use super::wording::{Context, Wording, likeness};
use super::{fact, report, reported_by, words_at};
use crate::embedding::Lexicon;

/// Two clauses must be this alike to state the same thing.
const LEAST_LIKE: f32 = 0.55;
/// Two clauses this alike of which one is a denial are at odds.
const ALIKE_BUT_DENIED: f32 = 0.9;

/// Facts of the groups of clauses.
pub(super) fn statements(
    documents: &[Document],
    wordings: &[Wording],
    passages: &[Passage],
    context: &Context,
    lexicon: &mut Lexicon,
) -> Vec<Fact> {
    let pairs = pairs(wordings, passages, lexicon, LEAST_LIKE);
    let groups = groups(wordings, &pairs, lexicon);
    groups.iter().filter_map(|group| statement(documents, wordings, group, context, lexicon)).collect()
}

fn statement(
    documents: &[Document],
    wordings: &[Wording],
    group: &[usize],
    context: &Context,
    lexicon: &mut Lexicon,
) -> Option<Fact> {
    let articles: BTreeSet<usize> = group.iter().map(|&index| wordings[index].place.article).collect();
    if articles.len() < 2 {
        return None;
    }
    let centre = central(wordings, group, lexicon)?;
    let words = words_at(documents, wordings[centre].place);
    let places: Vec<Place> = group.iter().map(|&index| wordings[index].place).collect();
    let clauses: Vec<&Wording> = group.iter().map(|&index| &wordings[index]).collect();
    let reports: Vec<_> = group.iter().map(|&index| report(wordings[index].place)).collect();
    let verdict = denial(documents, wordings, group, lexicon)
        .or_else(|| attribution::unlike_speakers(documents, context, &clauses, lexicon))
        .or_else(|| attribution::unlike_words(documents, context, &places, lexicon))
        .unwrap_or_else(|| (Agreement::Agree, reported_by(&reports)));
    Some(fact(kind(documents, wordings[centre].place), words, reports, verdict))
}

/// The clause that is most like all others.
fn central(wordings: &[Wording], group: &[usize], lexicon: &Lexicon) -> Option<usize> {
    let sum = |index: usize| -> f32 {
        group.iter().map(|&other| likeness(&wordings[index], &wordings[other], lexicon)).sum()
    };
    group.iter().copied().max_by(|&x, &y| sum(x).total_cmp(&sum(y)).then(y.cmp(&x)))
}

/// Two clauses in the same words of which one is a denial.
fn denial(
    documents: &[Document],
    wordings: &[Wording],
    group: &[usize],
    lexicon: &Lexicon,
) -> Option<(Agreement, String)> {
    let denied = group.iter().find(|&&index| wordings[index].negated)?;
    let stated = group.iter().find(|&&index| {
        let (a, b) = (&wordings[index], &wordings[*denied]);
        !a.negated && a.place.article != b.place.article && likeness(a, b, lexicon) >= ALIKE_BUT_DENIED
    })?;
    let said = [denied, stated].map(|&index| words_at(documents, wordings[index].place));
    Some((Agreement::Conflict, format!("“{}” is denied by “{}”.", said[1], said[0])))
}

/// What kind of fact the words at a place state.
fn kind(documents: &[Document], place: Place) -> FactKind {
    const AGREEMENTS: [&str; 9] =
        ["agree", "agreed", "agreement", "agrees", "deal", "pact", "accord", "treaty", "consensus"];
    const PLANS: [&str; 10] = [
        "will",
        "plans",
        "plan",
        "planned",
        "prepare",
        "prepares",
        "scheduled",
        "would",
        "intends",
        "expected",
    ];
    let words = words_at(documents, place).to_lowercase();
    let has = |list: &[&str]| words.split(|c: char| !c.is_alphanumeric()).any(|word| list.contains(&word));
    let reported = documents.get(place.article).is_some_and(|d| {
        d.quotations
            .iter()
            .any(|q| q.spans.iter().any(|span| 2 * span.overlap(place.span) >= place.span.len()))
    });
    match () {
        () if has(&AGREEMENTS) => FactKind::Agreement,
        () if has(&PLANS) => FactKind::Plan,
        () if reported => FactKind::Position,
        () => FactKind::Event,
    }
}
