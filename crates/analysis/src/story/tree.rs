//! Trees that ask the same questions on every path.
//!
//! Such a tree (an oblivious one; Prokhorenkova et al., "CatBoost: unbiased boosting with categorical features", 2018) is a few tests in order, and a
//! figure for each way in which they can turn out.

use super::likeness::FEATURES;

/// A tree of log-odds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Tree {
    tests: Vec<Test>,
    /// The log-odds, by the tests that hold, the first of them the highest bit.
    leaves: Vec<f32>,
}

/// Whether a feature has at least this figure.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Test {
    feature: usize,
    least: f32,
}

impl Tree {
    /// Reads pairs of a feature's name and the least figure that passes, and then the leaves.
    pub(super) fn read(text: &str) -> Self {
        let columns: Vec<&str> = text.split(' ').collect();
        let test = |pair: &[&str; 2]| {
            let feature = FEATURES.iter().position(|feature| *feature == pair[0])?;
            Some(Test { feature, least: pair[1].parse().ok()? })
        };
        let (pairs, _) = columns.as_chunks();
        let tests: Vec<Test> = pairs.iter().map_while(test).collect();
        let leaves = columns.iter().skip(2 * tests.len()).filter_map(|figure| figure.parse().ok()).collect();
        Self { tests, leaves }
    }

    /// The log-odds for such features.
    pub(super) fn at(&self, features: &[f32; FEATURES.len()]) -> f32 {
        let holds = |test: &Test| features.get(test.feature).is_some_and(|figure| *figure >= test.least);
        let leaf = self.tests.iter().fold(0, |leaf, test| 2 * leaf + usize::from(holds(test)));
        self.leaves.get(leaf).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_answers_by_its_tests() {
        let check = |tree: &str, all: f32, names: f32, expected: f32| {
            let mut features = [0.0; FEATURES.len()];
            [features[0], features[1]] = [all, names];
            assert_eq!(Tree::read(tree).at(&features), expected, "{tree} at {all} {names}");
        };
        check("", 1.0, 1.0, 0.0);
        check("0.5", 1.0, 1.0, 0.5);
        let tree = "all 0.5 names 0.25 1 2 -3 4";
        check(tree, 0.4, 0.2, 1.0);
        check(tree, 0.4, 0.25, 2.0);
        check(tree, 0.5, 0.2, -3.0);
        check(tree, 0.5, 0.9, 4.0);
        check("all 0.5 names 0.25 1 2 -3", 0.5, 0.9, 0.0);
        check("all 0.5 unknown 0.25 1 2 -3", 0.4, 0.0, 0.25);
    }
}
