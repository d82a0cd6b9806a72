//! Groups of clauses that state the same thing.

use super::candidate::Pair;
use super::wording::{Wording, likeness};
use crate::embedding::Lexicon;

/// A group's clauses must be this alike on average for two groups to become one: chains of look-alikes do not.
const LEAST_MEAN: f32 = 0.50;
/// An article repeats itself, but more clauses than this of one article are no longer one fact.
const MOST_OF_ONE_ARTICLE: usize = 3;

/// Joins pairs, the most alike first, into groups by average linkage. Groups come in the order of their first clause.
pub(super) fn groups(wordings: &[Wording], pairs: &[Pair], lexicon: &Lexicon) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..wordings.len()).collect();
    let mut groups: Vec<Vec<usize>> = (0..wordings.len()).map(|index| vec![index]).collect();
    for pair in pairs {
        let (a, b) = (group_of[pair.a], group_of[pair.b]);
        if a == b || !belong_together(&groups[a], &groups[b], wordings, lexicon) {
            continue;
        }
        let (keep, empty) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut groups[empty]);
        moved.iter().for_each(|&member| group_of[member] = keep);
        groups[keep].extend(moved);
    }
    groups.retain(|group| group.len() > 1);
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable();
    groups
}

fn belong_together(a: &[usize], b: &[usize], wordings: &[Wording], lexicon: &Lexicon) -> bool {
    let article = |&index: &usize| wordings[index].place.article;
    let of_article = |wanted| a.iter().chain(b).filter(|index| article(index) == wanted).count();
    if a.iter().chain(b).any(|index| of_article(article(index)) > MOST_OF_ONE_ARTICLE) {
        return false;
    }
    let sum: f32 =
        a.iter().flat_map(|&x| b.iter().map(move |&y| likeness(&wordings[x], &wordings[y], lexicon))).sum();
    sum / (a.len() * b.len()) as f32 >= LEAST_MEAN
}
