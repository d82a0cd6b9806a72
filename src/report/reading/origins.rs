//! Origins as trees: the report that the others of its origin go back to, and how each goes back to it.

use std::collections::BTreeSet;

use parallax_model::{Comparison, Lineage, LineageRelation, Origin};

/// One independent origin.
#[derive(Debug)]
pub(crate) struct OriginTree<'a> {
    /// Why its reports count as one.
    pub(crate) reason: &'a str,
    /// Its reports, each before those that go back to it.
    pub(crate) branches: Vec<Branch<'a>>,
}

/// One report in its origin's tree.
#[derive(Debug)]
pub(crate) struct Branch<'a> {
    pub(crate) article: usize,
    /// 0 for the report that the others go back to.
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
    let parents: Vec<_> =
        origin.articles.iter().map(|&article| (article, parent(article, origin, lineage))).collect();
    let mut grower = Grower { parents: &parents, seen: BTreeSet::new(), branches: Vec::new() };
    grower.grow(None, 0);
    for &article in &origin.articles {
        if !grower.seen.contains(&article) {
            grower.plant(article, None, 0, true);
        }
    }
    OriginTree { reason: &origin.reason, branches: grower.branches }
}

/// The link by which an article goes back to another of its origin: the one that explains most of it.
fn parent<'a>(article: usize, origin: &Origin, lineage: &'a [Lineage]) -> Option<&'a Lineage> {
    let links = lineage.iter().filter(|link| link.to == article && origin.articles.contains(&link.from));
    links.max_by(|a, b| {
        let derived = |link: &Lineage| link.relation != LineageRelation::SharesSource;
        derived(a).cmp(&derived(b)).then(a.share.total_cmp(&b.share)).then(b.from.cmp(&a.from))
    })
}

struct Grower<'p, 'a> {
    parents: &'p [(usize, Option<&'a Lineage>)],
    seen: BTreeSet<usize>,
    branches: Vec<Branch<'a>>,
}

impl<'a> Grower<'_, 'a> {
    /// Adds the reports that hang from `from`, each with those that hang from it in turn.
    fn grow(&mut self, from: Option<usize>, depth: usize) {
        let parents = self.parents;
        let children: Vec<_> = parents.iter().filter(|(_, via)| via.map(|link| link.from) == from).collect();
        for (nth, &&(article, via)) in children.iter().enumerate() {
            self.plant(article, via, depth, nth + 1 == children.len());
        }
    }

    fn plant(&mut self, article: usize, via: Option<&'a Lineage>, depth: usize, last: bool) {
        if self.seen.insert(article) {
            self.branches.push(Branch { article, depth, via, last });
            self.grow(Some(article), depth + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(from: usize, to: usize, share: f32) -> Lineage {
        let relation = LineageRelation::CopyOf;
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
    fn every_report_stands_once_even_where_links_run_in_a_circle() {
        check(&[0, 1], &[(0, 1, 0.9), (1, 0, 0.9)], &[(0, 0), (1, 1)]);
    }
}
