//! Which article depends on which.
//!
//! Two reports of one event share facts and quotations; that makes neither depend on the other. One depends on the other
//! where its own sentences follow the other's. What share of the sentences does, and in what order, tells a copy or
//! rewrite of the whole from a block that both took from a third text ([`Shared`]); dates, credits and the wording of
//! quotations tell which way the text flowed ([`direction`]).

mod direction;
mod order;
mod shared;

use std::collections::BTreeMap;

use parallax_model::{Document, Lineage, LineageRelation, Passage};

use direction::{Clue, clues};
use order::without_cycles;
use shared::Shared;

/// Traces how pairs of articles depend on each other, by article.
pub fn lineage(documents: &[Document], passages: &[Passage]) -> Vec<Lineage> {
    let mut by_pair: BTreeMap<(usize, usize), Vec<&Passage>> = BTreeMap::new();
    for passage in passages {
        by_pair.entry((passage.a.article, passage.b.article)).or_default().push(passage);
    }
    let shared = by_pair.values().map(|passages| Shared::of(documents, passages));
    let links = shared.filter_map(|shared| dependence(documents, &shared));
    without_cycles(links.collect())
}

/// How the two articles of a pair depend on each other, where they do.
fn dependence(documents: &[Document], shared: &Shared) -> Option<Lineage> {
    let relation = shared.relation()?;
    let clues = clues(documents, shared, relation);
    let balance: f32 = clues.iter().map(|clue| clue.weight).sum();
    let (from, to) = if balance >= 0.0 { (shared.a, shared.b) } else { (shared.b, shared.a) };
    let certain = relation != LineageRelation::SharesSource;
    Some(Lineage {
        from: from.article,
        to: to.article,
        relation,
        share: to.share(),
        direction_confidence: if certain { 1.0 / (1.0 + (-balance.abs()).exp()) } else { 0.5 },
        evidence: evidence(documents, shared, to.article, &clues, balance, certain),
    })
}

/// The reasons: what is shared, then what speaks for the direction.
fn evidence(
    documents: &[Document],
    shared: &Shared,
    to: usize,
    clues: &[Clue],
    balance: f32,
    directed: bool,
) -> Vec<String> {
    let mut evidence = shared.evidence(documents, to);
    let agreeing = clues.iter().filter(|clue| directed && clue.weight * balance > 0.0);
    evidence.extend(agreeing.map(|clue| clue.reason.clone()));
    evidence
}
