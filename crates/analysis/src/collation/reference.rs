//! Which rendition the others are compared with.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use parallax_model::Document;

use super::difference::place_of;
use super::unit::Unit;

/// Once may be a slip.
const FEWEST_DEPARTURES: u32 = 2;

/// What is known of the articles that bears on whom to believe.
pub(super) struct Witnesses<'a> {
    documents: &'a [Document],
    origin_of: &'a [usize],
    /// How many sayings each article gives in words that no other origin has, where others agree against it; and how many in all.
    departures: BTreeMap<usize, (u32, u32)>,
}

/// The choice of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    /// The unit.
    pub(super) unit: usize,
    /// Why, in fixed wording.
    pub(super) reason: String,
}

impl<'a> Witnesses<'a> {
    /// Learns from the sayings that independent articles agree on how often each article departs from them.
    pub(super) fn new(
        documents: &'a [Document],
        origin_of: &'a [usize],
        units: &[Unit],
        groups: &[Vec<usize>],
    ) -> Self {
        let mut witnesses = Self { documents, origin_of, departures: BTreeMap::new() };
        let mut departures: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
        for group in groups {
            let quoted: Vec<usize> = group.iter().copied().filter(|&u| units[u].is_quoted).collect();
            let supports: Vec<usize> = quoted.iter().map(|&u| witnesses.support(u, &quoted, units)).collect();
            if supports.iter().all(|&support| support < 2) {
                continue;
            }
            for (&unit, support) in quoted.iter().zip(supports) {
                let (departed, all) = departures.entry(units[unit].quotation.article).or_default();
                *departed += u32::from(support < 2);
                *all += 1;
            }
        }
        witnesses.departures = departures;
        witnesses
    }

    /// Chooses the reference of a group.
    pub(super) fn choose(&self, group: &[usize], units: &[Unit]) -> Option<Choice> {
        let quoted: Vec<usize> = group.iter().copied().filter(|&u| units[u].is_quoted).collect();
        let eligible = if quoted.is_empty() { group } else { &quoted };
        let best = eligible.iter().copied().min_by_key(|&unit| self.rank(unit, eligible, units))?;
        let support = self.support(best, eligible, units);
        let reason = match (group.len(), quoted.len(), support) {
            (1, _, _) => "only rendering".to_owned(),
            (_, 0, _) => "most complete of the reported renderings; none is quoted".to_owned(),
            (_, 1, _) => "only rendering in quotation marks".to_owned(),
            (_, _, 0 | 1) => self.lone_reason(best, &quoted, units),
            (_, _, n) => format!("{n} independent reports have these words; the most complete of them"),
        };
        Some(Choice { unit: best, reason })
    }

    fn lone_reason(&self, best: usize, quoted: &[usize], units: &[Unit]) -> String {
        let departs = |unit: usize| self.departs(units[unit].quotation.article);
        let reason = match quoted.iter().any(|&unit| departs(unit) && !departs(best)) {
            true => "no two independent reports agree; others of these reports alter what most agree on",
            false => "no two independent reports agree; the most complete, then the earliest",
        };
        reason.to_owned()
    }

    /// Independent support, faithfulness elsewhere, completeness, earliness; then the id, so that the order of input makes no difference.
    fn rank(&self, unit: usize, eligible: &[usize], units: &[Unit]) -> impl Ord + use<'a> {
        let article = units[unit].quotation.article;
        let document = self.documents.get(article).map(|d| &d.article);
        let published = document.and_then(|a| a.published.clone()).unwrap_or_else(|| "9999".to_owned());
        (
            Reverse(self.support(unit, eligible, units)),
            self.departs(article),
            Reverse(units[unit].ids.len()),
            published,
            document.map(|a| a.id.clone()),
            units[unit].spans.first().map(|span| span.start),
        )
    }

    /// How many independent origins have these words, as far as they go.
    fn support(&self, unit: usize, eligible: &[usize], units: &[Unit]) -> usize {
        let agrees = |&&other: &&usize| {
            let (a, b) = (&units[unit].ids, &units[other].ids);
            a == b || place_of(a, b).is_some() || place_of(b, a).is_some()
        };
        let origins: BTreeSet<_> = eligible
            .iter()
            .filter(agrees)
            .map(|&other| self.origin(units[other].quotation.article))
            .collect();
        origins.len()
    }

    /// The origin of an article.
    pub(super) fn origin(&self, article: usize) -> usize {
        self.origin_of.get(article).copied().unwrap_or(article)
    }

    /// Whether an article mostly has other words than those that independent reports agree on.
    fn departs(&self, article: usize) -> bool {
        let (departed, all) = self.departures.get(&article).copied().unwrap_or_default();
        departed >= FEWEST_DEPARTURES && 2 * departed >= all
    }
}
