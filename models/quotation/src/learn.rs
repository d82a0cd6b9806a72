//! Maximum-likelihood training of a field by stochastic gradient steps with AdaGrad (Duchi, Hazan and Singer 2011).

use parallax_analysis::quotation::tagger::{Features, Weights, crf};

/// How a field is trained.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Rows of weights; a power of two.
    pub(crate) rows: usize,
    /// Passes over the data.
    pub(crate) passes: usize,
    /// The size of the first steps.
    pub(crate) rate: f32,
    /// Pull of each touched weight towards nought.
    pub(crate) decay: f32,
    /// Share of the features that are left out at random each time, so that the others learn to do without them.
    pub(crate) dropout: f32,
    /// Seed of the order of sequences and of what is left out.
    pub(crate) seed: u64,
}

/// Steps of less weight are forbidden, and stay so.
const FORBIDDEN: f32 = -1e8;

struct Field<const L: usize> {
    settings: Settings,
    weights: Vec<f32>,
    squares: Vec<f32>,
    steps: crf::Steps<L>,
    step_squares: crf::Steps<L>,
}

/// Trains a field on `count` sequences, each given with its labels.
pub(crate) fn train<const L: usize>(
    settings: Settings,
    count: usize,
    allowed: impl Fn(Option<usize>, usize) -> bool,
    sequence: impl Fn(usize) -> (Vec<Features>, Vec<u8>),
) -> Weights<L> {
    let steps = crf::steps(allowed);
    let size = settings.rows * L;
    let mut field = Field {
        settings,
        weights: vec![0.0; size],
        squares: vec![1e-3; size],
        step_squares: vec![[1e-3; L]; L + 1],
        steps,
    };
    let mut order: Vec<usize> = (0..count).collect();
    let mut random = settings.seed;
    for pass in 1..=settings.passes {
        shuffle(&mut order, &mut random);
        let mut loss = 0.0;
        for &index in &order {
            let (mut features, labels) = sequence(index);
            drop_out(&mut features, settings.dropout, &mut random);
            loss += f64::from(field.learn(&features, &labels));
        }
        eprintln!("pass {pass}: {:.4} a sequence, {count} sequences", loss / count.max(1) as f64);
    }
    Weights::quantised(&field.weights, field.steps)
}

impl<const L: usize> Field<L> {
    /// One step down the gradient of a sequence's negative log-likelihood, which is returned.
    fn learn(&mut self, features: &[Features], labels: &[u8]) -> f32 {
        if features.is_empty() {
            return 0.0;
        }
        let scores: Vec<crf::Scores<L>> = features.iter().map(|f| self.scores(f)).collect();
        let (forward, backward, total) = crf::marginals(&scores, &self.steps);
        let gold = self.path_score(&scores, labels);
        self.learn_steps(&scores, &forward, &backward, total, labels);
        for (t, features) in features.iter().enumerate() {
            let mut gradient: crf::Scores<L> =
                std::array::from_fn(|y| (forward[t][y] + backward[t][y] - total).exp());
            gradient[labels[t] as usize] -= 1.0;
            if gradient.iter().any(|g| g.abs() > 1e-4) {
                self.update(features, &gradient);
            }
        }
        total - gold
    }

    fn scores(&self, features: &Features) -> crf::Scores<L> {
        let mut sum = [0.0; L];
        for &feature in features {
            let at = self.row(feature);
            sum.iter_mut().zip(&self.weights[at..at + L]).for_each(|(s, w)| *s += w);
        }
        sum.map(|s| s / (1.0 - self.settings.dropout))
    }

    fn row(&self, feature: u32) -> usize {
        (feature as usize & (self.settings.rows - 1)) * L
    }

    fn path_score(&self, scores: &[crf::Scores<L>], labels: &[u8]) -> f32 {
        let mut from = L;
        let mut sum = 0.0;
        for (score, &label) in scores.iter().zip(labels) {
            sum += self.steps[from][label as usize] + score[label as usize];
            from = label as usize;
        }
        sum
    }

    fn update(&mut self, features: &Features, gradient: &crf::Scores<L>) {
        let Settings { rate, decay, .. } = self.settings;
        for &feature in features {
            let at = self.row(feature);
            let weights = &mut self.weights[at..at + L];
            let squares = &mut self.squares[at..at + L];
            for ((weight, square), &g) in weights.iter_mut().zip(squares).zip(gradient) {
                let g = g + decay * *weight;
                *square += g * g;
                *weight -= rate * g / square.sqrt();
            }
        }
    }

    fn learn_steps(
        &mut self,
        scores: &[crf::Scores<L>],
        forward: &[crf::Scores<L>],
        backward: &[crf::Scores<L>],
        total: f32,
        labels: &[u8],
    ) {
        let mut gradient = vec![[0.0_f32; L]; L + 1];
        for t in 0..scores.len() {
            let from = t.checked_sub(1).map_or(L, |before| labels[before] as usize);
            gradient[from][labels[t] as usize] -= 1.0;
            for y in 0..L {
                let here = scores[t][y] + backward[t][y] - total;
                match t.checked_sub(1) {
                    None => gradient[L][y] += (self.steps[L][y] + here).exp(),
                    Some(before) => {
                        for x in 0..L {
                            gradient[x][y] += (forward[before][x] + self.steps[x][y] + here).exp();
                        }
                    }
                }
            }
        }
        let rows = self.steps.iter_mut().zip(&mut self.step_squares).zip(&gradient);
        for ((step, square), &g) in rows.flat_map(|((s, q), g)| s.iter_mut().zip(q).zip(g)) {
            if *step > FORBIDDEN {
                *square += g * g;
                *step -= self.settings.rate * g / square.sqrt();
            }
        }
    }
}

/// Leaves out a share of the features of each position.
fn drop_out(features: &mut [Features], share: f32, random: &mut u64) {
    let limit = (share * u32::MAX as f32) as u32;
    for position in features {
        position.retain(|_| (next(random) >> 32) as u32 >= limit);
    }
}

/// Fisher and Yates's shuffle.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for last in (1..order.len()).rev() {
        order.swap(last, next(random) as usize % (last + 1));
    }
}

/// The next number of splitmix64 (Steele, Lea and Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
