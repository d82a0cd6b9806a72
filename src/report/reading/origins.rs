//! Origins as trees: the report that the others of its origin go back to, and how each goes back to it.

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::{Comparison, Lineage, LineageRelation, Origin};

/// One independent origin.
#[derive(Debug)]
pub(crate) struct OriginTree<'a> {
    /// Why its reports count as one.
    pub(crate) reason: &'a str,
    /// Whether its reports go back to a source that is not among them. It then stands above them all.
    pub(crate) outside_source: bool,
    /// Its reports, each before those that go back to it.
    pub(crate) branches: Vec<Branch<'a>>,
}

/// One report in its origin's tree.
#[derive(Debug)]
pub(crate) struct Branch<'a> {
    pub(crate) article: usize,
    /// How many sources stand above it: 0 for the report that the others of its origin go back to.
    pub(crate) depth: usize,
    /// How it depends on the report it hangs from.
    pub(crate) via: Option<&'a Lineage>,
    /// Whether no other report hangs from the same one after it.
    pub(crate) last: bool,
}

/// For each article the index of its origin. An article that no origin claims gets the index after the last.
pub(super) fn origin_of(comparison: &Comparison) -> Vec<usize> {
    let mut of = vec![comparison.origins.len(); comparison.documents.len()];
    for (index, origin) in comparison.origins.iter().enumerate() {
        for &article in &origin.articles {
            of[article] = index;
        }
    }
    of
}

/// The origins of a comparison as trees.
pub(super) fn trees(comparison: &Comparison) -> Vec<OriginTree<'_>> {
    comparison.origins.iter().map(|origin| tree(origin, &comparison.lineage)).collect()
}

fn tree<'a>(origin: &'a Origin, lineage: &'a [Lineage]) -> OriginTree<'a> {
    let parents = origin.articles.iter().map(|&article| (article, parent(article, origin, lineage)));
    let mut grower = Grower { parents: parents.collect(), seen: BTreeSet::new(), branches: Vec::new() };
    let tops = grower.tops(&origin.articles);
    let outside_source = tops.len() > 1;
    for (nth, &article) in tops.iter().enumerate() {
        let shared = lineage.iter().filter(|link| {
            link.relation == LineageRelation::SharesSource && (link.to == article || link.from == article)
        });
        let shared =
            shared.filter(|link| origin.articles.contains(&link.from) && origin.articles.contains(&link.to));
        let via = shared.max_by(|a, b| a.share.total_cmp(&b.share));
        grower.plant(article, via, usize::from(outside_source), nth + 1 == tops.len());
    }
    OriginTree { reason: &origin.reason, outside_source, branches: grower.branches }
}

/// The link by which an article derives from another of its origin: the one that explains most of it.
fn parent<'a>(article: usize, origin: &Origin, lineage: &'a [Lineage]) -> Option<&'a Lineage> {
    let derived = lineage.iter().filter(|link| link.relation != LineageRelation::SharesSource);
    let links = derived.filter(|link| link.to == article && origin.articles.contains(&link.from));
    links.max_by(|a, b| a.share.total_cmp(&b.share).then(b.from.cmp(&a.from)))
}

struct Grower<'a> {
    parents: BTreeMap<usize, Option<&'a Lineage>>,
    seen: BTreeSet<usize>,
    branches: Vec<Branch<'a>>,
}

impl<'a> Grower<'a> {
    /// The reports that derive from no other; of reports that derive from each other in a circle, the first.
    fn tops(&self, articles: &[usize]) -> Vec<usize> {
        let tops: BTreeSet<_> = articles.iter().map(|&article| self.top(article)).collect();
        tops.into_iter().collect()
    }

    fn top(&self, article: usize) -> usize {
        let mut path = vec![article];
        let mut here = article;
        while let Some(link) = self.parents.get(&here).copied().flatten() {
            here = link.from;
            if let Some(first) = path.iter().position(|&a| a == here) {
                return path[first..].iter().copied().min().unwrap_or(here);
            }
            path.push(here);
        }
        here
    }

    /// Adds a report and, after it, those that derive from it.
    fn plant(&mut self, article: usize, via: Option<&'a Lineage>, depth: usize, last: bool) {
        if !self.seen.insert(article) {
            return;
        }
        self.branches.push(Branch { article, depth, via, last });
        let derived = |via: &Option<&Lineage>| via.is_some_and(|link| link.from == article);
        let children: Vec<_> =
            self.parents.iter().filter(|(_, via)| derived(via)).map(|(&a, &v)| (a, v)).collect();
        let children: Vec<_> = children.into_iter().filter(|(child, _)| !self.seen.contains(child)).collect();
        for (nth, &(child, via)) in children.iter().enumerate() {
            self.plant(child, via, depth + 1, nth + 1 == children.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(from: usize, to: usize, share: f32) -> Lineage {
        let relation = if share < 0.3 { LineageRelation::SharesSource } else { LineageRelation::CopyOf };
        Lineage { from, to, relation, share, direction_confidence: 0.9, evidence: Vec::new() }
    }

    fn check(articles: &[usize], links: &[(usize, usize, f32)], expected: &[(usize, usize)]) {
        let origin = Origin { articles: articles.to_vec(), reason: String::new() };
        let lineage: Vec<_> = links.iter().map(|&(from, to, share)| link(from, to, share)).collect();
        let branches = tree(&origin, &lineage).branches;
        assert_eq!(branches.iter().map(|b| (b.article, b.depth)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn reports_hang_from_what_they_derive_from() {
        check(&[4], &[], &[(4, 0)]);
        check(&[0, 1, 2], &[(1, 0, 0.9), (1, 2, 0.6)], &[(1, 0), (0, 1), (2, 1)]);
        check(&[0, 1, 2], &[(1, 0, 0.9), (1, 2, 0.6), (0, 2, 0.7)], &[(1, 0), (0, 1), (2, 2)]);
    }

    #[test]
    fn reports_of_one_source_hang_side_by_side() {
        check(&[0, 1, 2], &[(0, 1, 0.2), (1, 2, 0.6)], &[(0, 1), (1, 1), (2, 2)]);
    }

    #[test]
    fn every_report_stands_once_even_where_links_run_in_a_circle() {
        check(&[0, 1], &[(0, 1, 0.9), (1, 0, 0.9)], &[(0, 0), (1, 1)]);
    }
}
