//! From links to groups: the renditions of one saying.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::difference::place_of;
use super::link::{Link, REWORDED};
use super::unit::Unit;
use super::weight::Weights;

/// The least score on which two groups are put together.
const LEAST: f32 = 0.5;

/// The links between units, lower index first.
pub(super) type Links = BTreeMap<(usize, usize), Link>;

/// Groups units, best link first. Two groups become one only where their centres are linked or their members are so on the whole,
/// so that no chain of likenesses runs from one saying to another. Two quotations are never joined by what others have of both: a word that
/// each of them has ("foe") is a part of either.
pub(super) fn group(units: &[Unit], links: &Links, weights: &Weights<'_>) -> Vec<Vec<usize>> {
    let grouping = Grouping { units, links, weights: units.iter().map(|u| weights.sum(&u.ids)).collect() };
    let mut group_of: Vec<usize> = (0..units.len()).collect();
    let mut groups: Vec<Vec<usize>> = (0..units.len()).map(|unit| vec![unit]).collect();
    for (a, b) in grouping.best_first() {
        let (into, from) = (group_of[a].min(group_of[b]), group_of[a].max(group_of[b]));
        if into != from && grouping.belong_together(&groups[into], &groups[from]) {
            let moved = std::mem::take(&mut groups[from]);
            moved.iter().for_each(|&unit| group_of[unit] = into);
            groups[into].extend(moved);
            groups[into].sort_unstable();
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

struct Grouping<'a> {
    units: &'a [Unit],
    links: &'a Links,
    weights: Vec<f32>,
}

impl Grouping<'_> {
    /// The pairs whose link is good enough.
    fn best_first(&self) -> Vec<(usize, usize)> {
        let good = self.links.iter().filter(|(_, link)| link.score >= LEAST);
        let mut pairs: Vec<_> = good.map(|(&pair, link)| (link.score, pair)).collect();
        pairs.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal).then(a.1.cmp(&b.1)));
        pairs.into_iter().map(|(_, pair)| pair).collect()
    }

    fn belong_together(&self, a: &[usize], b: &[usize]) -> bool {
        let are_quoted = self.has_quoted(a) && self.has_quoted(b);
        let are_linked = self.have_linked_centres(a, b)
            || are_quoted && self.have_reworded_parts(a, b)
            || !are_quoted && self.mean(a, b) >= LEAST;
        are_linked && self.may_join(a, b)
    }

    /// Whether what says most in the one, or a part of it, is reworded by such in the other: a rewriter rewords the part that was quoted.
    fn have_reworded_parts(&self, a: &[usize], b: &[usize]) -> bool {
        let (whole_a, whole_b) = (self.centre(a), self.centre(b));
        let is_reworded = |x: usize, y: usize| {
            let link = self.links.get(&(x.min(y), x.max(y)));
            link.is_some_and(|link| link.score >= LEAST && link.rule == REWORDED)
        };
        let mut parts_a = a.iter().filter(|&&x| self.is_part(x, whole_a));
        parts_a.any(|&x| b.iter().any(|&y| self.is_part(y, whole_b) && is_reworded(x, y)))
    }

    fn has_quoted(&self, group: &[usize]) -> bool {
        group.iter().any(|&unit| self.units[unit].is_quoted)
    }

    /// Whether what says most in the one is linked to what says most in the other; where several say as much, any of them, so that it does
    /// not matter which article comes first.
    fn have_linked_centres(&self, a: &[usize], b: &[usize]) -> bool {
        self.centres(a).any(|x| self.centres(b).any(|y| self.score(x, y) >= LEAST))
    }

    /// Two sentences of one quotation are two sayings, unless another report runs them together.
    fn may_join(&self, a: &[usize], b: &[usize]) -> bool {
        let pairs = a.iter().flat_map(|&x| b.iter().map(move |&y| (x, y)));
        let mut of_one =
            pairs.filter(|&(x, y)| self.units[x].quotation == self.units[y].quotation).peekable();
        if of_one.peek().is_none() {
            return true;
        }
        let centre = self.centre(&[a, b].concat());
        of_one.all(|(x, y)| self.is_part(x, centre) && self.is_part(y, centre))
    }

    fn is_part(&self, unit: usize, whole: usize) -> bool {
        place_of(&self.units[unit].ids, &self.units[whole].ids).is_some()
    }

    fn score(&self, a: usize, b: usize) -> f32 {
        self.links.get(&(a.min(b), a.max(b))).map_or(0.0, |link| link.score)
    }

    fn mean(&self, a: &[usize], b: &[usize]) -> f32 {
        let sum: f32 = a.iter().flat_map(|&x| b.iter().map(move |&y| self.score(x, y))).sum();
        sum / (a.len() * b.len()) as f32
    }

    /// The first of the members that say most.
    fn centre(&self, group: &[usize]) -> usize {
        self.centres(group).next().unwrap_or_default()
    }

    /// The members that say most, in quotation marks if any is.
    fn centres<'g>(&self, group: &'g [usize]) -> impl Iterator<Item = usize> + use<'_, 'g> {
        let compare = |a: usize, b: usize| {
            let is_quoted = |unit: usize| self.units[unit].is_quoted;
            is_quoted(a).cmp(&is_quoted(b)).then(self.weights[a].total_cmp(&self.weights[b]))
        };
        let most = group.iter().copied().max_by(|&a, &b| compare(a, b));
        let says_most = move |&unit: &usize| most.is_some_and(|most| compare(unit, most) == Ordering::Equal);
        group.iter().copied().filter(says_most)
    }
}
