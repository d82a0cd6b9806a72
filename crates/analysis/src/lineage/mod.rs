//! Which article depends on which.
//!
//! Two reports of one event share facts and quotations; that makes neither depend on the other. One depends on the other
//! where its own sentences follow the other's. What share of the sentences does, and in what order, tells a copy or
//! rewrite of the whole from a block that both took from a third text (`Shared`); dates, credits and the wording of
//! quotations tell which way the text flowed (`direction`).

mod direction;
mod order;
mod shared;

use std::collections::BTreeMap;

use parallax_model::{Document, Lineage, Passage};

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
    let flow = flow(&clues);
    let (from, to) = if flow.forward { (shared.a, shared.b) } else { (shared.b, shared.a) };
    let mut evidence = shared.evidence(documents, to.article);
    evidence
        .extend(clues.into_iter().filter(|clue| (clue.weight > 0.0) == flow.forward).map(|clue| clue.reason));
    evidence.extend(flow.doubt.map(str::to_owned));
    Some(Lineage {
        from: from.article,
        to: to.article,
        relation,
        share: to.share(),
        direction_confidence: flow.confidence,
        evidence,
    })
}

/// Which way the text flowed.
struct Flow {
    /// From the first article to the second.
    forward: bool,
    confidence: f32,
    doubt: Option<&'static str>,
}

/// No sum of clues makes a direction certain.
const MOST_SURE: f32 = 0.99;

/// Weighs the clues. The day of publication binds: no copy is earlier than its source, whatever else points that way.
fn flow(clues: &[Clue]) -> Flow {
    let balance: f32 = clues.iter().map(|clue| clue.weight).sum();
    let dated = clues.iter().find(|clue| clue.binding);
    let forward = dated.map_or(balance, |clue| clue.weight) >= 0.0;
    if forward != (balance >= 0.0) {
        let doubt = "the direction is uncertain: the other signs point against the days of publication";
        return Flow { forward, confidence: 0.5, doubt: Some(doubt) };
    }
    let confidence = 1.0 / (1.0 + (-balance.abs()).exp());
    Flow { forward, confidence: confidence.min(MOST_SURE), doubt: None }
}
