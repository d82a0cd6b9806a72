//! Independent origins: articles that depend on each other, or on one text behind both, count as one.

use std::collections::BTreeSet;

use parallax_model::{Document, Lineage, LineageRelation, Origin};

/// Groups articles that count as one independent source. Every article is in exactly one group; groups and their
/// articles are in order.
pub fn origins(documents: &[Document], lineage: &[Lineage]) -> Vec<Origin> {
    let mut root: Vec<usize> = (0..documents.len()).collect();
    for link in lineage {
        let (x, y) = (find(&root, link.from), find(&root, link.to));
        root[x.max(y)] = x.min(y);
    }
    let roots: Vec<usize> = (0..documents.len()).map(|article| find(&root, article)).collect();
    let heads: BTreeSet<usize> = roots.iter().copied().collect();
    heads.into_iter().map(|head| origin(documents, lineage, &roots, head)).collect()
}

/// How many independent origins stand behind `articles`, where `origin_of` gives the origin of each article.
pub fn count_origins(articles: impl IntoIterator<Item = usize>, origin_of: &[usize]) -> usize {
    articles.into_iter().filter_map(|article| origin_of.get(article)).collect::<BTreeSet<_>>().len()
}

fn find(root: &[usize], mut article: usize) -> usize {
    while root[article] != article {
        article = root[article];
    }
    article
}

fn origin(documents: &[Document], lineage: &[Lineage], roots: &[usize], head: usize) -> Origin {
    let articles: Vec<usize> = (0..roots.len()).filter(|&article| roots[article] == head).collect();
    let links = lineage.iter().filter(|link| roots[link.from] == head);
    let reasons: Vec<String> = links.map(|link| reason(documents, link)).collect();
    let alone = "no copied or reworded text links it to another article".to_owned();
    Origin { articles, reason: if reasons.is_empty() { alone } else { reasons.join("; ") } }
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
