//! What relation two sentences have, in the light of the sentences around them and of the whole pair of articles.

use parallax_model::{PassageRelation, Verdict};

use super::chain::{Cell, support};
use super::pairing::Pairing;

/// The relation of two sentences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Judgement {
    pub(crate) relation: PassageRelation,
    /// Probability of the relation, 0 to 1.
    pub(crate) score: f32,
    pub(crate) rule: &'static str,
    /// Whether corresponding sentences before or after it support it.
    pub(crate) in_order: bool,
}

impl Judgement {
    /// What is left of it where the two sentences, read alone, contradict each other. In a run of corresponding sentences, or in quite other
    /// words, a rewriter changed the meaning; what differs in little else, or told the same fact at most, is another statement.
    pub(crate) fn held_against(self, verdict: Option<&Verdict>) -> Option<Self> {
        let Some(verdict) = verdict.filter(|verdict| !verdict.conflicts.is_empty()) else {
            return Some(self);
        };
        let is_reworded = self.relation == PassageRelation::Rewrite && verdict.same < ALIKE;
        let is_derived = self.in_order && self.relation != PassageRelation::SameFact;
        let otherwise = Self { relation: PassageRelation::Rewrite, rule: "reworded-otherwise", ..self };
        (is_derived || is_reworded).then_some(otherwise)
    }
}

/// From this probability on that two contradictory sentences would say the same, they are worded alike.
const ALIKE: f32 = 0.8;

/// How much of the support of its chain a correspondence is credited with, and at most.
const CREDIT: f32 = 0.5;
const MOST_CREDIT: f32 = 4.0;
/// With more credit than this, it stands in a run.
const LEAST_SUPPORT: f32 = 1.0;
/// How often the share of reworded sentences in the pair is estimated anew.
const ROUNDS: usize = 3;
/// Bounds of that share.
const LEAST_SHARE: f32 = 0.04;
const MOST_SHARE: f32 = 0.5;

/// Judges every pairing of two articles with `a` and `b` sentences; nothing where there is no relation.
///
/// The more of the one article's sentences reword the other's, the likelier it is of any of them. That share is
/// estimated from the pair itself, by expectation and maximisation.
pub(crate) fn judge_pairings(pairings: &[Pairing], a: usize, b: usize) -> Vec<Option<Judgement>> {
    let cells: Vec<Cell> = pairings.iter().map(|p| Cell { a: p.a, b: p.b, weight: p.weight() }).collect();
    let credit: Vec<f32> = support(&cells).into_iter().map(|s| (CREDIT * s).min(MOST_CREDIT)).collect();
    let evidence: Vec<f32> = cells.iter().zip(&credit).map(|(cell, credit)| cell.weight + credit).collect();
    let best = Best::of(pairings, &evidence, a, b);
    let prior = log_odds(best.share());
    let judged = pairings.iter().zip(evidence.iter().zip(credit));
    let mut judged: Vec<_> = judged
        .map(|(pairing, (&evidence, credit))| relation(pairing, evidence, credit, prior, &best))
        .collect();
    keep_most_likely(pairings, &evidence, &mut judged);
    judged
}

/// A sentence rewords one of the other article, or two neighbours that were merged. Where more are likely, only the
/// likeliest are kept as rewrites; the others tell the same fact.
fn keep_most_likely(pairings: &[Pairing], evidence: &[f32], judged: &mut [Option<Judgement>]) {
    let mut order: Vec<usize> = (0..pairings.len()).filter(|&i| evidence[i].is_finite()).collect();
    order.sort_by(|&x, &y| evidence[y].total_cmp(&evidence[x]).then(x.cmp(&y)));
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for index in order {
        let Some(judgement) = judged[index].as_mut().filter(|j| j.relation == PassageRelation::Rewrite)
        else {
            continue;
        };
        let (a, b) = (pairings[index].a, pairings[index].b);
        let others = |mine: fn(&(usize, usize)) -> usize,
                      here: usize,
                      theirs: fn(&(usize, usize)) -> usize|
         -> Vec<usize> {
            kept.iter().filter(|pair| mine(pair) == here).map(theirs).collect()
        };
        let merged =
            |others: &[usize], here: usize| others.len() < 2 && others.iter().all(|&o| o.abs_diff(here) <= 2);
        if merged(&others(|p| p.0, a, |p| p.1), b) && merged(&others(|p| p.1, b, |p| p.0), a) {
            kept.push((a, b));
        } else {
            *judgement =
                Judgement { relation: PassageRelation::SameFact, rule: "same-content", ..*judgement };
        }
    }
}

/// For each sentence the best evidence of its pairings.
struct Best {
    a: Vec<f32>,
    b: Vec<f32>,
}

/// A sentence may correspond to several of the other article, none of them this much less likely than the best.
const BEHIND: f32 = 2.0;

impl Best {
    fn of(pairings: &[Pairing], evidence: &[f32], a: usize, b: usize) -> Self {
        let mut best = Self { a: vec![f32::NEG_INFINITY; a], b: vec![f32::NEG_INFINITY; b] };
        for (pairing, &evidence) in pairings.iter().zip(evidence).filter(|(pairing, _)| pairing.may_reword())
        {
            best.a[pairing.a] = best.a[pairing.a].max(evidence);
            best.b[pairing.b] = best.b[pairing.b].max(evidence);
        }
        best
    }

    fn holds(&self, pairing: &Pairing, evidence: f32) -> bool {
        evidence + BEHIND >= self.a[pairing.a].max(self.b[pairing.b])
    }

    /// The share of reworded sentences in the article of which it is higher.
    fn share(&self) -> f32 {
        let expected = |side: &[f32], prior: f32| {
            side.iter().map(|evidence| probability(evidence + prior)).sum::<f32>() / side.len().max(1) as f32
        };
        (0..ROUNDS).fold(START_SHARE, |share, _| {
            let prior = log_odds(share);
            expected(&self.a, prior).max(expected(&self.b, prior)).clamp(LEAST_SHARE, MOST_SHARE)
        })
    }
}

/// The share that estimation starts from.
const START_SHARE: f32 = 0.27;

fn relation(pairing: &Pairing, evidence: f32, credit: f32, prior: f32, best: &Best) -> Option<Judgement> {
    let in_order = credit > LEAST_SUPPORT;
    let judged = |relation, score, rule| Some(Judgement { relation, score, rule, in_order });
    if pairing.is_copy() {
        return judged(PassageRelation::Copy, pairing.equal, "near-verbatim");
    }
    if pairing.is_shared_quotation() {
        return judged(PassageRelation::Copy, pairing.likeness.quoted_alike, "same-quotation");
    }
    let rewrite = probability(evidence + prior);
    if rewrite >= 0.5 && pairing.may_reword() && best.holds(pairing, evidence) {
        return judged(
            PassageRelation::Rewrite,
            rewrite,
            if in_order { "reworded-in-order" } else { "reworded" },
        );
    }
    let fact = pairing.same_fact();
    if fact >= 0.5 { judged(PassageRelation::SameFact, fact, "same-content") } else { None }
}

/// The probability of log-odds.
pub(crate) fn probability(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

fn log_odds(probability: f32) -> f32 {
    (probability / (1.0 - probability)).ln()
}
