//! Which article depends on which.
//!
//! Two reports of one event share facts and quotations; that makes neither depend on the other. One depends on the other
//! where its own sentences follow the other's. What share of the sentences does, and in what order, tells a copy or
//! rewrite of the whole from a block that both took from a third text (`Shared`); dates, credits and the wording of
//! quotations tell which way the text flowed (`direction`).

mod citation;
mod direction;
mod order;
mod shared;

use std::collections::{BTreeMap, BTreeSet};

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
    let mut links: Vec<Lineage> = shared.filter_map(|shared| dependence(documents, &shared)).collect();
    let linked: BTreeSet<(usize, usize)> =
        links.iter().map(|link| (link.from.min(link.to), link.from.max(link.to))).collect();
    links.extend(
        same_texts(documents)
            .filter(|link| !linked.contains(&(link.from.min(link.to), link.from.max(link.to)))),
    );
    without_cycles(links)
}

/// Reports of the very same text, each as a copy of the one before it. Passages do not show them where all of a text passes for
/// furniture, as a line does that stands twice and nothing else.
fn same_texts(documents: &[Document]) -> impl Iterator<Item = Lineage> {
    let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (article, document) in documents.iter().enumerate().filter(|(_, d)| !d.text().trim().is_empty()) {
        by_text.entry(document.text()).or_default().push(article);
    }
    let mut links = Vec::new();
    for mut same in by_text.into_values() {
        same.sort_by_key(|&article| (documents[article].article.published.as_deref(), article));
        links.extend(same.windows(2).map(|pair| Lineage {
            from: pair[0],
            to: pair[1],
            relation: LineageRelation::CopyOf,
            share: 1.0,
            direction_confidence: 0.5,
            evidence: vec!["the two texts are the same to the letter".into()],
        }));
    }
    links.into_iter()
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
