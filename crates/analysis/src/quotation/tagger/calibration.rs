//! From how sure the model is to how often that is right.

use super::weights::Reader;

/// A rising line through points, fitted to articles left out of the training (isotonic regression: Zadrozny and Elkan 2002).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Curve {
    /// What the model gives, with the share of such contents that are right, in order.
    points: Vec<[f32; 2]>,
}

impl Curve {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let count = reader.number()?.min(1000);
        Some(Self { points: (0..count).map(|_| reader.floats()).collect::<Option<_>>()? })
    }

    /// Whether it gives back what it is given, as before it is fitted.
    pub(super) fn is_straight(&self) -> bool {
        self.points == [[0.0, 0.0], [1.0, 1.0]]
    }

    /// The share of contents that are right where the model gives this.
    pub(super) fn at(&self, given: f32) -> f32 {
        let above = self.points.partition_point(|point| point[0] < given);
        match (above.checked_sub(1).and_then(|below| self.points.get(below)), self.points.get(above)) {
            (None, None) => given,
            (Some(&[_, share]), None) | (None, Some(&[_, share])) => share,
            (Some(&[x0, y0]), Some(&[x1, y1])) => {
                y0 + (y1 - y0) * (given - x0) / (x1 - x0).max(f32::MIN_POSITIVE)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_points_the_line_is_straight_and_beyond_them_level() {
        let curve = Curve { points: vec![[0.2, 0.1], [0.6, 0.5], [1.0, 0.9]] };
        for (given, share) in
            [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.6, 0.5), (0.8, 0.7), (1.0, 0.9), (2.0, 0.9)]
        {
            assert!((curve.at(given) - share).abs() < 1e-6, "{given}");
        }
        assert_eq!(Curve { points: Vec::new() }.at(0.3), 0.3);
        assert!(!curve.is_straight() && Curve { points: vec![[0.0, 0.0], [1.0, 1.0]] }.is_straight());
    }
}
