//! Lists of participants: who takes part, as the articles name them.

use std::collections::BTreeSet;

use parallax_model::{Agreement, Document, Fact, FactKind, Mention, MentionForm, Place, Span};

use super::wording::Context;
use super::{fact, report, words_at};

/// A list of names in one article.
struct Roster {
    place: Place,
    members: BTreeSet<usize>,
}

/// Fewer names are a pair, not a list.
const FEWEST: usize = 3;

/// Facts of the lists that two or more articles give.
pub(super) fn rosters(documents: &[Document], context: &Context) -> Vec<Fact> {
    let mut groups: Vec<Vec<Roster>> = Vec::new();
    for (article, document) in documents.iter().enumerate() {
        for roster in in_article(document, article, context) {
            match groups.iter_mut().find(|group| group.iter().any(|other| same_list(&roster, other))) {
                Some(group) => group.push(roster),
                None => groups.push(vec![roster]),
            }
        }
    }
    groups.iter().filter_map(|group| compared(documents, group)).collect()
}

/// Two lists are of the same thing where they have most names of the shorter in common.
fn same_list(a: &Roster, b: &Roster) -> bool {
    let shared = a.members.intersection(&b.members).count();
    shared >= 2 && 3 * shared >= 2 * a.members.len().min(b.members.len())
}

fn in_article(document: &Document, article: usize, context: &Context) -> Vec<Roster> {
    let named: Vec<&Mention> = document
        .names
        .mentions
        .iter()
        .filter(|mention| mention.form != MentionForm::Description && !document.is_boilerplate(mention.span))
        .collect();
    let joined = |pair: &&Mention, next: &&Mention| is_joint(document, pair.span, next.span);
    named
        .chunk_by(|a, b| joined(a, b))
        .filter_map(|run| {
            let members: BTreeSet<usize> =
                run.iter().filter_map(|m| context.entity(article, m.chain)).collect();
            let span = run.first()?.span.join(run.last()?.span);
            (members.len() >= FEWEST).then(|| Roster { place: Place::new(article, span), members })
        })
        .collect()
}

/// Whether only a comma, "and" and a role in small letters stand between two names.
fn is_joint(document: &Document, a: Span, b: Span) -> bool {
    const MOST_WORDS: usize = 6;
    let Some(between) = document.text().get(a.end..b.start) else { return false };
    let comma = between.trim_start().starts_with(',');
    let words: Vec<&str> = between.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let listed = words.len() <= MOST_WORDS && !between.contains(['.', ';', ':', '“', '”', '"', '\n']);
    match words.as_slice() {
        [] => comma,
        ["and" | "&"] => true,
        _ => {
            comma
                && listed
                && words.iter().all(|w| {
                    !w.ends_with("ed") && !w.ends_with("ing") && !["who", "which", "but", "said"].contains(w)
                })
        }
    }
}

fn compared(documents: &[Document], group: &[Roster]) -> Option<Fact> {
    let articles: BTreeSet<usize> = group.iter().map(|roster| roster.place.article).collect();
    let first = group.first().filter(|_| articles.len() > 1)?;
    let unlike = group.iter().find(|roster| roster.members != first.members);
    let verdict = match unlike {
        None => (Agreement::Agree, format!("{} articles name the same.", articles.len())),
        Some(other) => {
            let said = (words_at(documents, first.place), words_at(documents, other.place));
            (Agreement::Differ, format!("“{}” in one article, “{}” in another.", said.0, said.1))
        }
    };
    let reports = group.iter().map(|roster| report(roster.place)).collect();
    Some(fact(FactKind::Event, words_at(documents, first.place), reports, verdict))
}
