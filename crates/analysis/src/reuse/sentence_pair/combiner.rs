//! The learned combiner.

use super::features::SENTENCE_FEATURES;

/// Fitted by `models/reuse/judge.py`.
const BIAS: f32 = -2.220;
/// Fitted by `models/reuse/judge.py`, in the order of the features' names.
const WEIGHTS: [f32; SENTENCE_FEATURES] = [
    0.531, 0.198, -0.681, -0.953, -0.65, -0.682, -0.259, 0.107, 1.292, 3.27, 1.373, 2.53, -1.767, -0.056,
    1.068, -0.358, -0.413, -0.299, -0.24, -0.124, -0.478, -0.431, 0.22, -0.61,
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
