//! An inverted index that finds the texts with which a text shares rare features.

use std::collections::HashMap;

/// Features held by more texts than this say too little to be worth following.
const LONGEST_LIST: usize = 400;

/// Texts by the features (hashes of words, names or shingles) that they hold. Texts are added one by one, so it serves
/// a stream as well as a batch; looking a text up costs as much as its rare features have holders.
#[derive(Debug, Clone, Default)]
pub struct Neighbours {
    holders: HashMap<u64, Vec<(u32, f32)>>,
}

impl Neighbours {
    /// Adds `weight` of `feature` to the text at index `text`. Texts come in ascending order of their indices.
    pub fn add(&mut self, text: usize, feature: u64, weight: f32) {
        let holders = self.holders.entry(feature).or_default();
        if holders.len() <= LONGEST_LIST {
            holders.push((text as u32, weight));
        }
    }

    /// The texts that share features with the given ones, with the sum of the products of their weights; best first,
    /// the lower index first among equals, at most `limit`.
    pub fn of(&self, features: &[(u64, f32)], limit: usize) -> Vec<(usize, f32)> {
        let mut sums: HashMap<u32, f32> = HashMap::new();
        for (feature, weight) in features {
            let holders = self.holders.get(feature).filter(|holders| holders.len() <= LONGEST_LIST);
            for &(text, other) in holders.into_iter().flatten() {
                *sums.entry(text).or_default() += weight * other;
            }
        }
        let mut found: Vec<(usize, f32)> = sums.into_iter().map(|(text, sum)| (text as usize, sum)).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(limit);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn best_neighbour_comes_first() {
        let mut index = Neighbours::default();
        for (text, features) in [[1, 2, 3], [1, 2, 9], [7, 8, 9]].iter().enumerate() {
            features.iter().for_each(|&feature| index.add(text, feature, 1.0));
        }
        let found = index.of(&[(1, 1.0), (2, 1.0), (3, 1.0)], 5);
        assert_eq!(found, [(0, 3.0), (1, 2.0)]);
        assert_eq!(index.of(&[(1, 1.0)], 1), [(0, 1.0)]);
    }
}
