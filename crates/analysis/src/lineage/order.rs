//! Keeps lineage free of cycles.

use parallax_model::{Lineage, LineageRelation};

/// Turns round, weakest first, the links that would close a cycle. The result is in the order of `from`, then `to`.
pub(super) fn without_cycles(mut links: Vec<Lineage>) -> Vec<Lineage> {
    links.sort_by(|x, y| {
        y.direction_confidence.total_cmp(&x.direction_confidence).then((x.from, x.to).cmp(&(y.from, y.to)))
    });
    let mut kept: Vec<Lineage> = Vec::with_capacity(links.len());
    for mut link in links {
        let directed = link.relation != LineageRelation::SharesSource;
        if directed && reaches(&kept, link.to, link.from) {
            (link.from, link.to) = (link.to, link.from);
            link.direction_confidence = 0.5;
            link.evidence
                .push("the direction is uncertain: it was turned round to agree with stronger links".into());
        }
        kept.push(link);
    }
    kept.sort_by_key(|link| (link.from, link.to));
    kept
}

/// Whether text flows from `from` to `to` over any number of links.
fn reaches(links: &[Lineage], from: usize, to: usize) -> bool {
    let mut seen = vec![from];
    let mut next = 0;
    while let Some(&here) = seen.get(next) {
        if here == to {
            return true;
        }
        let onward = links.iter().filter(|l| l.relation != LineageRelation::SharesSource && l.from == here);
        for target in onward.map(|l| l.to) {
            if !seen.contains(&target) {
                seen.push(target);
            }
        }
        next += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn link(from: usize, to: usize, direction_confidence: f32) -> Lineage {
        let relation = LineageRelation::RewriteOf;
        Lineage { from, to, relation, share: 0.7, direction_confidence, evidence: Vec::new() }
    }

    #[test]
    fn weakest_link_of_a_cycle_is_turned() {
        let kept = without_cycles(vec![link(0, 1, 0.9), link(1, 2, 0.8), link(2, 0, 0.6)]);
        let flows: Vec<_> = kept.iter().map(|l| (l.from, l.to)).collect();
        assert_eq!(flows, [(0, 1), (0, 2), (1, 2)]);
        assert_eq!(kept[1].direction_confidence, 0.5);
    }

    proptest! {
        #[test]
        fn no_article_reaches_itself(links in prop::collection::vec((0usize..7, 0usize..7, 0.5f32..1.0), 0..30)) {
            let mut pairs = std::collections::BTreeSet::new();
            let distinct = links.into_iter().filter(|(a, b, _)| a != b && pairs.insert((*a.min(b), *a.max(b))));
            let kept = without_cycles(distinct.map(|(a, b, c)| link(a, b, c)).collect());
            for edge in &kept {
                prop_assert!(!reaches(&kept, edge.to, edge.from));
            }
        }
    }
}
