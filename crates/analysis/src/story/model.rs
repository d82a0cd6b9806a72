//! How likely two reports tell the same story: an additive model of curves, and trees for what the curves cannot say.
//!
//! The log-odds are the sum of one curve for each feature (Hastie and Tibshirani, "Generalized additive models", 1986), each a line that bends at a few
//! knots: twice as many shared names do not say twice as much. To it comes the sum of the trees (Friedman, "Greedy function approximation: a gradient
//! boosting machine", 2001), which see what two features say together. One set of curves and trees is for pairs of dated reports, one for others.

use std::sync::LazyLock;

use super::likeness::{CURVED, DAYS, FEATURES, features, likeness};
use super::profile::Profile;
use super::tree::Tree;

/// Two reports that are less alike do not tell the same story, however empty it is around them: where an archive begins there is no
/// crowd yet to compare with.
const LEAST_ALIKE: f32 = 0.12;
/// From there on likeness may speak for so many log-odds a unit.
const PER_LIKENESS: f32 = 40.0;
/// Log-odds further from even than this count as this.
pub(super) const MOST: f32 = 10.0;

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_str!("../../../../models/story/weights.txt")));

/// What `models/story` fitted; its card tells how.
#[derive(Debug, Clone)]
pub(super) struct Model {
    dated: Terms,
    /// For pairs of which a date is not known: there words must say more.
    undated: Terms,
}

/// What is added up.
#[derive(Debug, Clone, Default)]
struct Terms {
    bias: f32,
    curves: [Curve; CURVED],
    trees: Vec<Tree>,
}

/// A line through the origin with its bends.
#[derive(Debug, Clone, Default)]
struct Curve {
    slope: f32,
    bends: Vec<Bend>,
}

/// From the knot on the slope is so much steeper.
#[derive(Debug, Clone, Copy)]
struct Bend {
    knot: f32,
    steeper: f32,
}

/// The probability of log-odds.
pub(super) fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The model that is carried in the program.
impl Default for Model {
    fn default() -> Self {
        MODEL.clone()
    }
}

impl Model {
    /// The log-odds that two reports tell the same story.
    pub(super) fn log_odds(&self, features: &[f32; FEATURES.len()]) -> f32 {
        let is_dated = features[DAYS].iter().any(|stretch| *stretch > 0.0);
        let terms = if is_dated { &self.dated } else { &self.undated };
        let [all, ..] = features;
        terms.sum(features).min((all - LEAST_ALIKE) * PER_LIKENESS).clamp(-MOST, MOST)
    }

    /// The log-odds that two kept reports tell the same story.
    pub(super) fn log_odds_of(&self, a: &Profile, b: &Profile) -> f32 {
        self.log_odds(&features(a, b, likeness(a, b)))
    }

    /// Reads lines of `dated` or `undated`, a feature's name, its slope, and pairs of a knot and how much steeper it is from there on; the line of `bias`
    /// has one figure, and lines of `tree` are read as [`Tree::read`] says. What is not named says nothing.
    pub(super) fn read(text: &str) -> Self {
        Self { dated: Terms::read(text, "dated"), undated: Terms::read(text, "undated") }
    }
}

impl Terms {
    fn sum(&self, features: &[f32; FEATURES.len()]) -> f32 {
        let curves = self.curves.iter().zip(features).map(|(curve, feature)| curve.at(*feature));
        self.bias + curves.sum::<f32>() + self.trees.iter().map(|tree| tree.at(features)).sum::<f32>()
    }

    fn read(text: &str, class: &str) -> Self {
        let mut terms = Self::default();
        let lines = text.lines().filter_map(|line| line.strip_prefix(class)?.strip_prefix(' '));
        for line in lines {
            if let Some(tree) = line.strip_prefix("tree ") {
                terms.trees.push(Tree::read(tree));
                continue;
            }
            let mut columns = line.split(' ');
            let name = columns.next().unwrap_or_default();
            let figures: Vec<f32> = columns.filter_map(|figure| figure.parse().ok()).collect();
            match FEATURES[..CURVED].iter().position(|feature| *feature == name) {
                Some(place) => terms.curves[place] = Curve::of(&figures),
                None if name == "bias" => terms.bias = figures.first().copied().unwrap_or_default(),
                None => {}
            }
        }
        terms
    }
}

impl Curve {
    fn of(figures: &[f32]) -> Self {
        let Some((&slope, bends)) = figures.split_first() else { return Self::default() };
        let (bends, _) = bends.as_chunks();
        let bends = bends.iter().map(|&[knot, steeper]| Bend { knot, steeper }).collect();
        Self { slope, bends }
    }

    fn at(&self, feature: f32) -> f32 {
        let bends = self.bends.iter().map(|bend| bend.steeper * (feature - bend.knot).max(0.0));
        self.slope * feature + bends.sum::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_its_curve_in_both_classes() {
        let text = include_str!("../../../../models/story/weights.txt");
        let named = |class: &str| -> Vec<&str> {
            let lines = text.lines().filter_map(|line| line.strip_prefix(class)?.strip_prefix(' '));
            lines.filter_map(|line| line.split(' ').next()).filter(|name| *name != "tree").collect()
        };
        let expected = [&["bias"], &FEATURES[..CURVED]].concat();
        assert_eq!(named("dated"), expected);
        assert_eq!(named("undated"), expected);
        assert!(MODEL.dated.curves.iter().all(|curve| curve.slope != 0.0));
        assert!(MODEL.undated.curves[DAYS].iter().all(|curve| curve.slope == 0.0 && curve.bends.is_empty()));
    }

    #[test]
    fn a_curve_bends_at_its_knots() {
        let check = |figures: &[f32], feature: f32, expected: f32| {
            assert_eq!(Curve::of(figures).at(feature), expected, "{figures:?} at {feature}");
        };
        check(&[], 3.0, 0.0);
        check(&[2.0], 3.0, 6.0);
        check(&[2.0, 4.0, -1.0], 3.0, 6.0);
        check(&[2.0, 4.0, -1.0], 6.0, 10.0);
        check(&[2.0, 4.0, -1.0, 5.0, -1.0], 6.0, 9.0);
        check(&[2.0, 4.0], 6.0, 12.0);
    }
}
