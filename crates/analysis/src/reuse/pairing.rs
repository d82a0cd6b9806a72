//! Sentences of two articles that may correspond.

use super::judgement::probability;
use super::likeness::{Likeness, common_subsequence, likeness};
use super::unit::{Role, Unit, Word};
use crate::embedding::Lexicon;

/// Two sentences that may correspond, as indices into the units of the two articles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pairing {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) likeness: Likeness,
    /// Log-odds of rewording, alone or together with a neighbouring sentence where one was split in two.
    pub(crate) logit: f32,
    /// Share, 0 to 1, of the words of the longer, by rarity, that stand in the other in the same order.
    pub(crate) equal: f32,
    /// Whether a figure, a name or a negation differs.
    pub(crate) at_odds: bool,
    /// Whether both are sentences or both headlines.
    pub(crate) same_form: bool,
}

/// From this share of equal words in order on, sentences are copies.
const COPY: f32 = 0.85;
/// A copy or a shared quotation has at least this many words: less is a phrase that anybody uses.
const FEWEST_WORDS: usize = 5;

impl Pairing {
    /// Whether the one is a near-verbatim copy of the other: a changed figure, name or negation makes another statement.
    pub(crate) fn is_copy(&self) -> bool {
        self.equal >= COPY && !self.at_odds
    }

    /// Whether what the two share is mainly a quotation in the same words.
    pub(crate) fn is_shared_quotation(&self) -> bool {
        let alike = self.likeness.quoted_alike;
        alike >= 0.6 || (alike > 0.3 && self.likeness.own_words < 3)
    }

    /// What it weighs as a link of a run. A saying that both quote, in whatever words, they may both have heard.
    pub(crate) fn weight(&self) -> f32 {
        if self.is_shared_quotation() {
            return 0.0;
        }
        let logit = if self.is_copy() { MOST_WEIGHT } else { self.logit.clamp(-3.0, MOST_WEIGHT) };
        logit - QUOTED_OTHERWISE * self.likeness.quoted_otherwise
    }

    /// Whether rewording can be told from chance: there are enough words, and a headline, which sums up, is not held
    /// against a sentence.
    pub(crate) fn may_reword(&self) -> bool {
        self.same_form && self.likeness.own_words >= FEWEST_OWN_WORDS
    }

    /// The probability that the two tell the same fact.
    pub(crate) fn same_fact(&self) -> f32 {
        probability(0.8 * self.logit + 2.0)
    }
}

/// No single pair of sentences says more than this (log-odds).
const MOST_WEIGHT: f32 = 4.0;
/// What a quotation that the two word differently takes away where it is all that a sentence holds.
const QUOTED_OTHERWISE: f32 = 3.0;
/// Content words that a sentence needs outside what both quote alike.
const FEWEST_OWN_WORDS: usize = 3;

/// Candidates need this cosine of their meanings.
const MEANING: f32 = 0.35;
/// For each sentence at most this many candidates are looked at closely.
const CANDIDATES: usize = 6;
/// With lower log-odds two sentences are no copies.
const NEAR: f32 = -2.0;
/// Pairings with lower log-odds are forgotten.
const LEAST_LOGIT: f32 = -4.0;

/// The pairings of two articles' sentences, in the order of `a`, then `b`.
pub(crate) fn pairings(a: &[Unit], b: &[Unit], lexicon: &Lexicon) -> Vec<Pairing> {
    let candidates = candidates(a, b);
    let mut pairings: Vec<Pairing> =
        candidates.into_iter().map(|(i, j)| pairing(i, j, &a[i], &b[j], lexicon)).collect();
    join_split(&mut pairings, a, b, lexicon);
    pairings
        .retain(|pairing| pairing.logit >= LEAST_LOGIT || pairing.is_copy() || pairing.is_shared_quotation());
    pairings
}

fn pairing(i: usize, j: usize, a: &Unit, b: &Unit, lexicon: &Lexicon) -> Pairing {
    let same_form = a.is_headline == b.is_headline;
    let (a, b) = (&a.words, &b.words);
    let likeness = likeness(a, b, lexicon);
    let near = likeness.logit() >= NEAR || likeness.quoted_alike > 0.0;
    let (equal, at_odds) =
        if near && a.len().min(b.len()) >= FEWEST_WORDS { equality(a, b) } else { (0.0, false) };
    Pairing { a: i, b: j, likeness, logit: likeness.logit(), equal, at_odds, same_form }
}

/// The share of words in common in order, by rarity, and whether a figure, name or negation is not among them.
fn equality(a: &[Word], b: &[Word]) -> (f32, bool) {
    let common = common_subsequence(a, b, |x, y| x.stem == y.stem);
    let weight = |words: &mut dyn Iterator<Item = &Word>| words.map(|word| 1.0 + word.idf).sum::<f32>();
    let whole = weight(&mut a.iter()).max(weight(&mut b.iter()));
    let equal = weight(&mut common.iter().map(|&(i, _)| &a[i])) / whole;
    let kept = |role: Role| common.iter().filter(|&&(i, _)| a[i].role == role).count();
    let all = |words: &[Word], role: Role| words.iter().filter(|word| word.role == role).count();
    let lost = |role: Role| all(a, role).max(all(b, role)) > kept(role);
    (equal, lost(Role::Figure) || lost(Role::Name) || lost(Role::Negation))
}

/// Pairs of sentences that are close enough in meaning to be looked at, in order.
fn candidates(a: &[Unit], b: &[Unit]) -> Vec<(usize, usize)> {
    let close: Vec<Vec<f32>> =
        a.iter().map(|x| b.iter().map(|y| x.meaning.cosine(&y.meaning)).collect()).collect();
    let of_row = |i: usize| nearest((0..b.len()).map(move |j| (i, j)).collect(), &close);
    let of_column = |j: usize| nearest((0..a.len()).map(move |i| (i, j)).collect(), &close);
    let mut pairs: Vec<(usize, usize)> = (0..a.len()).flat_map(of_row).collect();
    pairs.extend((0..b.len()).flat_map(of_column));
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn nearest(mut line: Vec<(usize, usize)>, close: &[Vec<f32>]) -> Vec<(usize, usize)> {
    line.retain(|&(i, j)| close[i][j] >= MEANING);
    line.sort_by(|x, y| close[y.0][y.1].total_cmp(&close[x.0][x.1]).then(x.cmp(y)));
    line.truncate(CANDIDATES);
    line
}

/// Where one sentence corresponds to two neighbours together better than to either, both take the better log-odds.
fn join_split(pairings: &mut [Pairing], a: &[Unit], b: &[Unit], lexicon: &Lexicon) {
    let alone: Vec<(usize, usize, f32)> = pairings.iter().map(|p| (p.a, p.b, p.logit)).collect();
    let place = |i: usize, j: usize| alone.binary_search_by_key(&(i, j), |&(x, y, _)| (x, y)).ok();
    let open =
        alone.iter().enumerate().filter(|(_, (_, _, logit))| (LEAST_LOGIT..MOST_WEIGHT).contains(logit));
    for (index, &(i, j, logit)) in open {
        let across = place(i, j + 1)
            .map(|other| (other, join(&a[i].words, &[], &b[j].words, &b[j + 1].words, lexicon)));
        let down = place(i + 1, j)
            .map(|other| (other, join(&a[i].words, &a[i + 1].words, &b[j].words, &[], lexicon)));
        for (other, together) in across.into_iter().chain(down) {
            if together > logit.max(alone[other].2) + 0.5 {
                pairings[index].logit = pairings[index].logit.max(together);
                pairings[other].logit = pairings[other].logit.max(together);
            }
        }
    }
}

/// The log-odds that two sentences together correspond to one.
fn join(a: &[Word], more_a: &[Word], b: &[Word], more_b: &[Word], lexicon: &Lexicon) -> f32 {
    likeness(&[a, more_a].concat(), &[b, more_b].concat(), lexicon).logit()
}
