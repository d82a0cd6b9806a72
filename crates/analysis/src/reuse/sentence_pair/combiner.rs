//! The learned combiner.

use super::features::SENTENCE_FEATURES;

/// Fitted by `models/reuse/judge.py`.
const BIAS: f32 = -2.101;
/// Fitted by `models/reuse/judge.py`, in the order of the features' names.
const WEIGHTS: [f32; SENTENCE_FEATURES] = [
    0.441, 0.185, -0.64, -0.895, -0.649, -0.613, -0.237, 0.163, 1.333, 3.161, 1.313, 2.496, -1.755, -0.067,
    1.068, -0.383, -0.38, -0.353, -0.255, -0.33, -1.18, -0.424, -0.032, -1.086,
];

/// The probability that two sentences of these features say the same.
pub(super) fn probability(features: &[f32; SENTENCE_FEATURES]) -> f32 {
    let logit = BIAS + contributions(features).into_iter().sum::<f32>();
    1.0 / (1.0 + (-logit).exp())
}

/// What each feature adds to the log-odds.
pub(super) fn contributions(features: &[f32; SENTENCE_FEATURES]) -> [f32; SENTENCE_FEATURES] {
    std::array::from_fn(|index| features[index] * WEIGHTS[index])
}
