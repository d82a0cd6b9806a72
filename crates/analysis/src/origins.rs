//! Independent origins: articles that depend on each other, or on one text behind both, count as one.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use parallax_model::{Document, Lineage, LineageRelation, Origin};

/// Groups articles that count as one independent source: copies and rewrites along their derivation, then those that share a source, the
/// strongest link first. A shared source does not carry over: where one article draws on two sources, those who have only the one or
/// only the other stay two origins, and it counts with those with whom it shares more. Every article is in exactly one group; groups and
/// their articles are in order.
pub fn origins(documents: &[Document], lineage: &[Lineage]) -> Vec<Origin> {
    let derived = derivations(documents.len(), lineage);
    let roots = gathered(&derived, lineage);
    let heads: BTreeSet<usize> = roots.iter().copied().collect();
    heads.into_iter().map(|head| origin(documents, lineage, &roots, head)).collect()
}

/// How many independent origins stand behind `articles`, where `origin_of` gives the origin of each article.
pub fn count_origins(articles: impl IntoIterator<Item = usize>, origin_of: &[usize]) -> usize {
    articles.into_iter().filter_map(|article| origin_of.get(article)).collect::<BTreeSet<_>>().len()
}

/// For each article the first of those that it derives from or that derive from it.
fn derivations(articles: usize, lineage: &[Lineage]) -> Vec<usize> {
    let mut group_of: Vec<usize> = (0..articles).collect();
    for link in lineage.iter().filter(|link| link.relation != LineageRelation::SharesSource) {
        unite(&mut group_of, link.from, link.to);
    }
    group_of
}

/// For each article the first of its origin: derivations, put together where each shares a source with each of the others.
fn gathered(derived: &[usize], lineage: &[Lineage]) -> Vec<usize> {
    let mut shared: Vec<&Lineage> =
        lineage.iter().filter(|link| link.relation == LineageRelation::SharesSource).collect();
    shared.sort_by(|a, b| strongest_first(a, b));
    let linked: BTreeSet<(usize, usize)> = shared.iter().flat_map(|link| both_ways(derived, link)).collect();
    let mut group_of = derived.to_vec();
    for link in shared {
        let members = |group: usize| -> BTreeSet<usize> {
            (0..group_of.len())
                .filter(|&article| group_of[article] == group)
                .map(|article| derived[article])
                .collect()
        };
        let (here, there) = (members(group_of[link.from]), members(group_of[link.to]));
        if here.iter().all(|&a| there.iter().all(|&b| linked.contains(&(a, b)))) {
            unite(&mut group_of, link.from, link.to);
        }
    }
    group_of
}

fn strongest_first(a: &Lineage, b: &Lineage) -> Ordering {
    let ends = |link: &Lineage| (link.from.min(link.to), link.from.max(link.to));
    b.share.total_cmp(&a.share).then_with(|| ends(a).cmp(&ends(b)))
}

fn both_ways(derived: &[usize], link: &Lineage) -> [(usize, usize); 2] {
    let (from, to) = (derived[link.from], derived[link.to]);
    [(from, to), (to, from)]
}

/// Puts two groups under the lower of their heads.
fn unite(group_of: &mut [usize], a: usize, b: usize) {
    let (into, from) = (group_of[a].min(group_of[b]), group_of[a].max(group_of[b]));
    group_of.iter_mut().filter(|group| **group == from).for_each(|group| *group = into);
}

fn origin(documents: &[Document], lineage: &[Lineage], roots: &[usize], head: usize) -> Origin {
    let articles: Vec<usize> = (0..roots.len()).filter(|&article| roots[article] == head).collect();
    let is_here = |article: usize| roots[article] == head;
    let within = lineage.iter().filter(|link| is_here(link.from) && is_here(link.to));
    let across = lineage.iter().filter(|link| is_here(link.from) != is_here(link.to));
    let reasons = within.map(|link| reason(documents, link)).chain(across.map(|link| apart(documents, link)));
    let reasons: Vec<String> = reasons.collect();
    let alone = "no copied or reworded text links it to another article".to_owned();
    Origin { articles, reason: if reasons.is_empty() { alone } else { reasons.join("; ") } }
}

/// Why a shared source does not make one origin of two.
fn apart(documents: &[Document], link: &Lineage) -> String {
    format!("{}, but the other reports of the two origins do not", reason(documents, link))
}

fn reason(documents: &[Document], link: &Lineage) -> String {
    let id = |article: usize| documents[article].article.id.as_str();
    let (from, to, share) = (id(link.from), id(link.to), 100.0 * link.share);
    match link.relation {
        LineageRelation::CopyOf => format!("{to} copies {from} ({share:.0} % of its sentences)"),
        LineageRelation::RewriteOf => format!("{to} rewrites {from} ({share:.0} % of its sentences)"),
        LineageRelation::SharesSource => format!("{from} and {to} share a source ({share:.0} % of {to})"),
    }
}

#[cfg(test)]
mod tests {
    use parallax_model::Article;

    use super::*;

    fn documents(count: usize) -> Vec<Document> {
        let article = |id: usize| Article { id: format!("report {id}"), ..Article::default() };
        (0..count).map(|id| Document { article: article(id), ..Document::default() }).collect()
    }

    fn link(from: usize, to: usize, relation: LineageRelation) -> Lineage {
        Lineage { from, to, relation, share: 0.5, direction_confidence: 0.9, evidence: Vec::new() }
    }

    #[test]
    fn links_gather_articles() {
        use LineageRelation::{CopyOf, RewriteOf, SharesSource};
        let cases: [(&[Lineage], &[&[usize]]); 4] = [
            (&[], &[&[0], &[1], &[2], &[3]]),
            (&[link(0, 1, CopyOf)], &[&[0, 1], &[2], &[3]]),
            (&[link(3, 1, RewriteOf), link(1, 2, SharesSource)], &[&[0], &[1, 2, 3]]),
            (&[link(2, 3, CopyOf), link(0, 1, CopyOf), link(1, 3, CopyOf)], &[&[0, 1, 2, 3]]),
        ];
        for (lineage, expected) in cases {
            check(lineage, expected);
        }
    }

    #[test]
    fn a_shared_source_does_not_carry_over() {
        let shares = |from, to, share| Lineage { share, ..link(from, to, LineageRelation::SharesSource) };
        let (weak, strong) = (shares(0, 1, 0.1), shares(0, 2, 0.3));
        check(&[weak.clone(), strong.clone()], &[&[0, 2], &[1], &[3]]);
        check(&[strong.clone(), weak.clone()], &[&[0, 2], &[1], &[3]]);
        check(&[weak.clone(), strong.clone(), shares(1, 2, 0.1)], &[&[0, 1, 2], &[3]]);
        check(&[weak, strong, link(2, 3, LineageRelation::CopyOf)], &[&[0, 2, 3], &[1]]);
    }

    #[test]
    fn an_origin_says_what_it_shares_with_another() {
        let shares = |from, to, share| Lineage { share, ..link(from, to, LineageRelation::SharesSource) };
        let origins = origins(&documents(3), &[shares(0, 1, 0.1), shares(0, 2, 0.3)]);
        let expected = "report 0 and report 1 share a source (10 % of report 1), but the other reports of the two origins do not";
        assert_eq!(origins[1].reason, expected);
    }

    /// The origins of four reports, and the same with their links in the other order.
    fn check(lineage: &[Lineage], expected: &[&[usize]]) {
        let reversed: Vec<_> = lineage.iter().rev().cloned().collect();
        for lineage in [lineage, &reversed] {
            let origins = origins(&documents(4), lineage);
            assert_eq!(origins.iter().map(|o| &o.articles[..]).collect::<Vec<_>>(), expected);
            assert!(origins.iter().all(|origin| !origin.reason.is_empty()));
        }
    }

    #[test]
    fn reasons_name_the_articles() {
        let origins = origins(&documents(2), &[link(0, 1, LineageRelation::RewriteOf)]);
        assert_eq!(origins[0].reason, "report 1 rewrites report 0 (50 % of its sentences)");
    }

    #[test]
    fn origins_of_a_fact_are_counted_once() {
        assert_eq!(count_origins([0, 1, 2], &[0, 0, 1]), 2);
        assert_eq!(count_origins([], &[0, 0, 1]), 0);
    }
}
