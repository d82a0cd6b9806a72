//! How likely two reports tell the same story.

use std::sync::LazyLock;

use super::profile::{Profile, TermKind, shared};

/// What the model looks at, in the order of its weights.
pub const FEATURES: [&str; 17] = [
    "all",
    "names",
    "lead",
    "title",
    "others",
    "numbers",
    "shorter",
    "longer",
    "same-day",
    "next-day",
    "days-2-3",
    "days-4-7",
    "days-8-30",
    "days-later",
    "contrast",
    "crowd",
    "densest",
];

/// Two reports that are less alike do not tell the same story, however empty it is around them: where an archive begins there is no
/// crowd yet to compare with.
const LEAST_ALIKE: f32 = 0.12;
/// From there on likeness may speak for so many log-odds a unit.
const PER_LIKENESS: f32 = 40.0;
/// Where among them the stretches of days are.
const DAYS: std::ops::Range<usize> = 8..14;
/// Log-odds further from even than this count as this.
pub(super) const MOST: f32 = 10.0;

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_str!("../../../../models/story/weights.txt")));

/// A logistic model; `models/story` has the script that fits it, and the card.
#[derive(Debug, Clone)]
pub(super) struct Model {
    dated: Weights,
    /// For pairs of which a date is not known: there words must say more.
    undated: Weights,
}

#[derive(Debug, Clone)]
struct Weights {
    bias: f32,
    weights: [f32; FEATURES.len()],
}

/// How alike two reports are, each figure 0 to 1: cosines over all words, over words of one kind, over the leads and the headlines.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Likeness {
    pub(super) all: f32,
    names: f32,
    lead: f32,
    title: f32,
    others: f32,
    numbers: f32,
}

/// The weights of a report's terms, squared and added.
#[derive(Default)]
struct Squares {
    kinds: [f32; 3],
    title: f32,
}

/// Measures how alike two reports are.
pub(super) fn likeness(a: &Profile, b: &Profile) -> Likeness {
    let (mut kinds, mut title, mut lead) = ([0.0_f32; 3], 0.0, 0.0);
    for (_, one, other) in shared(&a.terms, &b.terms) {
        let product = one.weight * other.weight;
        kinds[one.kind as usize] += product;
        lead += one.lead * other.lead;
        if one.is_titled && other.is_titled {
            title += product;
        }
    }
    let (of_a, of_b) = (Squares::of(a), Squares::of(b));
    let cosine = |product: f32, a: f32, b: f32| if product > 0.0 { product / (a * b).sqrt() } else { 0.0 };
    let of_kind = |kind: TermKind| {
        let kind = kind as usize;
        cosine(kinds[kind], of_a.kinds[kind], of_b.kinds[kind])
    };
    Likeness {
        all: kinds.iter().sum(),
        names: of_kind(TermKind::Name),
        lead,
        title: cosine(title, of_a.title, of_b.title),
        others: of_kind(TermKind::Other),
        numbers: of_kind(TermKind::Number),
    }
}

impl Squares {
    fn of(profile: &Profile) -> Self {
        let mut squares = Self::default();
        for term in &profile.terms {
            let square = term.weight * term.weight;
            squares.kinds[term.kind as usize] += square;
            squares.title += if term.is_titled { square } else { 0.0 };
        }
        squares
    }
}

/// What the model looks at in two reports that are so alike.
pub(super) fn features(a: &Profile, b: &Profile, alike: Likeness) -> [f32; FEATURES.len()] {
    let length = |profile: &Profile| (profile.length as f32 + 10.0).ln();
    let (one, other) = (a.crowd.density(), b.crowd.density());
    let crowd = f32::midpoint(one, other);
    let [g0, g1, g2, g4, g8, later] = days_between(a, b);
    // A little is added so that a lone report's crowd does not make everything alike.
    let contrast = (alike.all / (crowd + 0.03) + 0.01).ln();
    let (short, long) = (length(a).min(length(b)), length(a).max(length(b)));
    [
        alike.all,
        alike.names,
        alike.lead,
        alike.title,
        alike.others,
        alike.numbers,
        short,
        long,
        g0,
        g1,
        g2,
        g4,
        g8,
        later,
        contrast,
        crowd,
        one.max(other),
    ]
}

/// The probability of log-odds.
pub(super) fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// In which stretch of days the second report came after the first or before it; in none where one has no date.
fn days_between(a: &Profile, b: &Profile) -> [f32; 6] {
    let mut stretches = [0.0; 6];
    if let (Some(a), Some(b)) = (a.day, b.day) {
        let stretch = match a.abs_diff(b) {
            0 => 0,
            1 => 1,
            2..=3 => 2,
            4..=7 => 3,
            8..=30 => 4,
            _ => 5,
        };
        stretches[stretch] = 1.0;
    }
    stretches
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
        let Weights { bias, weights } = if is_dated { &self.dated } else { &self.undated };
        let sum: f32 = weights.iter().zip(features).map(|(weight, feature)| weight * feature).sum();
        let [all, ..] = features;
        (bias + sum).min((all - LEAST_ALIKE) * PER_LIKENESS).clamp(-MOST, MOST)
    }

    /// The log-odds that two kept reports tell the same story.
    pub(super) fn log_odds_of(&self, a: &Profile, b: &Profile) -> f32 {
        self.log_odds(&features(a, b, likeness(a, b)))
    }

    /// Reads lines of a name, its weight between dated reports and its weight between others; what is not named weighs nothing.
    pub(super) fn read(text: &str) -> Self {
        Self { dated: Weights::read(text, 1), undated: Weights::read(text, 2) }
    }
}

impl Weights {
    fn read(text: &str, column: usize) -> Self {
        let mut weights = Self { bias: 0.0, weights: [0.0; FEATURES.len()] };
        for line in text.lines() {
            let columns: Vec<&str> = line.split(' ').collect();
            let (Some(name), Some(weight)) =
                (columns.first(), columns.get(column).and_then(|w| w.parse().ok()))
            else {
                continue;
            };
            match FEATURES.iter().position(|feature| feature == name) {
                Some(place) => weights.weights[place] = weight,
                None if *name == "bias" => weights.bias = weight,
                None => {}
            }
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_its_weight() {
        let text = include_str!("../../../../models/story/weights.txt");
        let names: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split(' ').next())
            .collect();
        assert_eq!(names, [&["bias"], &FEATURES[..]].concat());
        assert!(MODEL.dated.weights.iter().all(|weight| *weight != 0.0));
        assert!(MODEL.undated.weights[DAYS].iter().all(|weight| *weight == 0.0));
    }
}
