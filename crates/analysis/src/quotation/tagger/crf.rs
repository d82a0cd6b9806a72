//! Decoding of a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001).
//!
//! A path's score is the sum of its positions' scores for its labels and of the steps between these. Steps that make no
//! sense are forbidden.

/// The score of what cannot be.
pub(super) const NEVER: f32 = -1e4;

/// One position's score for each of `L` labels.
pub(super) type Scores<const L: usize> = [f32; L];

/// The steps between labels, with their scores and the exponentials of these.
#[derive(Debug, Clone)]
pub(super) struct Steps<const L: usize> {
    /// From one label (first index; the last row stands for the beginning) to the next.
    scores: Vec<[f32; L]>,
    factors: Vec<[f32; L]>,
}

impl<const L: usize> Steps<L> {
    /// Steps of `L + 1` rows of scores, those forbidden that `allowed` denies; it is asked with `None` for the beginning.
    pub(super) fn new(mut scores: Vec<[f32; L]>, allowed: impl Fn(Option<usize>, usize) -> bool) -> Self {
        for (from, row) in scores.iter_mut().enumerate() {
            let from = (from < L).then_some(from);
            row.iter_mut().enumerate().filter(|(to, _)| !allowed(from, *to)).for_each(|(_, s)| *s = NEVER);
        }
        let factors = scores.iter().map(|row| row.map(f32::exp)).collect();
        Self { scores, factors }
    }

    /// The best path.
    pub(super) fn best_path(&self, scores: &[Scores<L>]) -> Vec<u8> {
        let Some(first) = scores.first() else { return Vec::new() };
        let mut best: Scores<L> = std::array::from_fn(|y| self.scores[L][y] + first[y]);
        let mut from: Vec<[u8; L]> = Vec::with_capacity(scores.len());
        for score in &scores[1..] {
            let mut back = [0; L];
            let mut next = self.scores[0].map(|step| best[0] + step);
            for (x, (so_far, steps)) in best.iter().zip(&self.scores).enumerate().skip(1) {
                for (y, step) in steps.iter().enumerate() {
                    let value = so_far + step;
                    if value > next[y] {
                        next[y] = value;
                        back[y] = x as u8;
                    }
                }
            }
            best = std::array::from_fn(|y| next[y] + score[y]);
            from.push(back);
        }
        let last = (0..L).max_by(|&a, &b| best[a].total_cmp(&best[b])).unwrap_or(0);
        let mut path = vec![last as u8];
        for back in from.iter().rev() {
            path.push(back[path[path.len() - 1] as usize]);
        }
        path.reverse();
        path
    }

    /// The probability that the path is one whose labels are all `allowed` at their positions; `of_all` are the growths of all paths.
    pub(super) fn probability(
        &self,
        factors: &[Scores<L>],
        of_all: &[f32],
        allowed: impl Fn(usize, usize) -> bool,
    ) -> f32 {
        let of_allowed = self.growths(factors, allowed);
        of_allowed.iter().zip(of_all).map(|(allowed, all)| allowed / all).product()
    }

    /// What each position multiplies the weight of all paths by whose labels are all `allowed`.
    pub(super) fn growths(&self, factors: &[Scores<L>], allowed: impl Fn(usize, usize) -> bool) -> Vec<f32> {
        let mut forward = [0.0; L];
        let growth = |(t, factor)| {
            forward = self.stepped(&forward, factor, t == 0);
            (0..L).filter(|&y| !allowed(t, y)).for_each(|y| forward[y] = 0.0);
            let sum = forward.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            forward.iter_mut().for_each(|value| *value /= sum);
            sum
        };
        factors.iter().enumerate().map(growth).collect()
    }

    fn stepped(&self, forward: &Scores<L>, factor: &Scores<L>, first: bool) -> Scores<L> {
        let reached = if first { self.factors[L] } else { self.next(forward) };
        std::array::from_fn(|y| reached[y] * factor[y])
    }

    /// The probability of each label at each position.
    pub(super) fn marginals(&self, scores: &[Scores<L>]) -> Vec<Scores<L>> {
        let mut forward: Vec<Scores<L>> = Vec::with_capacity(scores.len());
        let factors: Vec<Scores<L>> = scores.iter().map(exponentials).collect();
        for (t, factor) in factors.iter().enumerate() {
            let reached = t.checked_sub(1).map_or(self.factors[L], |before| self.next(&forward[before]));
            forward.push(normalised(std::array::from_fn(|y| reached[y] * factor[y])));
        }
        let mut backward = [1.0; L];
        for t in (0..scores.len()).rev() {
            forward[t] = normalised(std::array::from_fn(|y| forward[t][y] * backward[y]));
            let after: Scores<L> = std::array::from_fn(|y| factors[t][y] * backward[y]);
            backward = normalised(std::array::from_fn(|x| {
                self.factors[x].iter().zip(&after).map(|(step, next)| step * next).sum()
            }));
        }
        forward
    }

    fn next(&self, forward: &Scores<L>) -> Scores<L> {
        let mut sum = [0.0; L];
        for (weight, row) in forward.iter().zip(&self.factors) {
            sum.iter_mut().zip(row).for_each(|(s, step)| *s += weight * step);
        }
        sum
    }
}

/// What each score multiplies a path's weight by, the best of a position by 1.
pub(super) fn exponentials<const L: usize>(scores: &Scores<L>) -> Scores<L> {
    let top = scores.iter().fold(NEVER, |top, &s| top.max(s));
    scores.map(|s| (s - top).exp())
}

fn normalised<const L: usize>(values: Scores<L>) -> Scores<L> {
    let sum: f32 = values.iter().sum();
    values.map(|v| v / sum.max(f32::MIN_POSITIVE))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two labels, the second only after itself or at the beginning.
    fn steps() -> Steps<2> {
        Steps::new(vec![[0.0; 2]; 3], |from, to| to == 0 || from != Some(0))
    }

    #[test]
    fn a_forbidden_step_is_never_taken() {
        assert_eq!(steps().best_path(&[[1.0, 0.0], [0.0, 0.5]]), [0, 0]);
        assert_eq!(steps().best_path(&[[0.0, 0.8], [0.0, 0.5]]), [1, 1]);
        assert_eq!(steps().best_path(&[]), Vec::<u8>::new());
    }

    #[test]
    fn a_probability_is_the_share_of_the_paths() {
        let scores = [[1.0, 2.0], [0.5, 0.0]];
        let factors = scores.each_ref().map(exponentials);
        let of_all = steps().growths(&factors, |_, _| true);
        let paths: f32 = [1.5_f32, 2.5, 2.0].iter().map(|s| s.exp()).sum();
        for (allowed, expected) in [
            ([[true, true], [true, true]], 1.0),
            ([[true, false], [true, false]], 1.5_f32.exp() / paths),
            ([[false, true], [true, true]], (2.5_f32.exp() + 2.0_f32.exp()) / paths),
            ([[true, false], [false, true]], 0.0),
            ([[false, false], [true, true]], 0.0),
        ] {
            let found = steps().probability(&factors, &of_all, |t, y| allowed[t][y]);
            assert!((found - expected).abs() < 1e-5, "{allowed:?}: {found}");
        }
        let marginals = steps().marginals(&scores);
        assert!((marginals[0][0] - 1.5_f32.exp() / paths).abs() < 1e-5);
        assert!((marginals[1][0] - (1.5_f32.exp() + 2.5_f32.exp()) / paths).abs() < 1e-5);
    }
}
