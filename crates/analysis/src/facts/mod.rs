//! What the articles report, matched by what it is about, and whether they agree.
//!
//! Four kinds of matches, the surest first: sayings that several articles render, figures of the same thing,
//! lists of the same participants, and clauses that state the same thing in like words about the same
//! entities. A clause that a saying accounts for joins that. "Conflict" is claimed only where there is
//! evidence that both cannot be true: unlike exact figures of the same thing, a denial, another speaker credited.

mod account;
mod agreement;
mod attribution;
mod candidate;
pub(crate) mod clause;
mod contrast;
mod figure;
mod group;
mod roster;
mod saying;
mod statement;
pub(crate) mod wording;

use std::collections::BTreeSet;

use parallax_model::{
    Agreement, Document, Entity, Fact, FactKind, FactReport, Passage, Place, Span, Utterance,
};

use account::Account;
use clause::{Clause, can_state, clauses_of};
use wording::{Context, Wording, wording};

use crate::embedding::Lexicon;

/// Matches what the articles report into facts; `origin_of` gives for each article the index of its origin. Facts of most
/// articles come first.
pub fn facts(
    documents: &[Document],
    entities: &[Entity],
    passages: &[Passage],
    utterances: &[Utterance],
    origin_of: &[usize],
) -> Vec<Fact> {
    let context = Context::new(documents, entities);
    let mut lexicon = Lexicon::new();
    let wordings = wordings(documents, &context, &mut lexicon);
    let sayings = saying::sayings(documents, entities, utterances);
    let figures = figure::figures(documents, &context, &mut lexicon);
    let rosters = roster::rosters(documents, &context);
    let statements = statement::statements(documents, &wordings, passages, &context, &mut lexicon);
    let mut account = Account::new(documents.len());
    figures.into_iter().chain(rosters).for_each(|fact| account.enter(fact));
    sayings.into_iter().for_each(|saying| account.enter_saying(saying));
    statements.into_iter().for_each(|statement| account.enter_statement(statement));
    let mut facts = account.facts;
    facts.iter_mut().for_each(|fact| {
        hold_apart_unlike_claims(documents, fact);
        fact.origins = origins(fact, origin_of);
    });
    facts
        .sort_by_key(|fact| (std::cmp::Reverse(articles(fact).len()), fact.reports.first().map(|r| r.place)));
    facts
}

/// The wordings of all clauses that are not furniture, by article and position.
fn wordings(documents: &[Document], context: &Context, lexicon: &mut Lexicon) -> Vec<Wording> {
    let mut wordings = Vec::new();
    for (article, document) in documents.iter().enumerate().filter(|(_, d)| d.article.is_english()) {
        let clauses = (0..document.segments.sentences.len()).flat_map(|index| clauses_of(document, index));
        for Clause { span, .. } in clauses.filter(|clause| is_reported(document, clause.span)) {
            wordings.push(wording(document, article, span, context, lexicon));
        }
    }
    wordings.retain(Wording::tells);
    wordings
}

/// Whether a clause states something outside the furniture.
fn is_reported(document: &Document, clause: Span) -> bool {
    !document.is_boilerplate(clause) && can_state(document, clause)
}

/// Lets reports that would agree differ where they use words that do not claim the same.
fn hold_apart_unlike_claims(documents: &[Document], fact: &mut Fact) {
    let may_differ = fact.agreement == Agreement::Agree && fact.kind != FactKind::Quantity;
    if may_differ && let Some(verdict) = contrast::unlike_claims(documents, &fact.reports) {
        (fact.agreement, fact.explanation) = verdict;
    }
}

fn origins(fact: &Fact, origin_of: &[usize]) -> usize {
    articles(fact).into_iter().filter_map(|article| origin_of.get(article)).collect::<BTreeSet<_>>().len()
}

/// The articles that report a fact.
fn articles(fact: &Fact) -> BTreeSet<usize> {
    fact.reports.iter().map(|report| report.place.article).collect()
}

/// A report without a figure.
fn report(place: Place) -> FactReport {
    FactReport { place, value: None, unit: None, approximate: false }
}

/// The words at a place, on one line.
fn words_at(documents: &[Document], place: Place) -> String {
    let words = documents
        .get(place.article)
        .map_or("", |d| d.text().get(place.span.start..place.span.end).unwrap_or(""));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many articles report something, in words for an explanation.
fn reported_by(reports: &[FactReport]) -> String {
    let articles: BTreeSet<usize> = reports.iter().map(|report| report.place.article).collect();
    match articles.len() {
        1 => "Only one article reports it.".to_owned(),
        count => format!("{count} articles report it."),
    }
}

/// A fact of these reports, its origins yet to be counted.
fn fact(
    kind: FactKind,
    statement: String,
    mut reports: Vec<FactReport>,
    verdict: (Agreement, String),
) -> Fact {
    reports.sort_by_key(|report| report.place);
    reports.dedup_by_key(|report| report.place);
    let (agreement, explanation) = verdict;
    Fact { kind, statement, reports, agreement, origins: 0, explanation }
}
