//! A linear-chain conditional random field over hashed features (Lafferty, McCallum and Pereira 2001).
//!
//! A position's score for a label is the sum of the weights of its features; a path's is the sum over its positions and of the
//! weights of the steps between labels. Steps that make no sense are forbidden.

/// The score of what cannot be.
const NEVER: f32 = -1e9;

/// One position's score for each of `L` labels.
pub type Scores<const L: usize> = [f32; L];

/// Weights of the steps from one label (first index; the last row stands for the beginning) to the next.
pub type Steps<const L: usize> = Vec<[f32; L]>;

/// The best path, with its probability.
pub fn best_path<const L: usize>(scores: &[Scores<L>], steps: &Steps<L>) -> (Vec<u8>, f32) {
    let Some(first) = scores.first() else { return (Vec::new(), 1.0) };
    let mut best: Scores<L> = std::array::from_fn(|y| steps[L][y] + first[y]);
    let mut total = best;
    let mut from: Vec<[u8; L]> = Vec::with_capacity(scores.len());
    for score in &scores[1..] {
        let mut back = [0; L];
        let mut next = [NEVER; L];
        let mut sum = [NEVER; L];
        for y in 0..L {
            let mut top = (NEVER * 2.0, 0);
            for x in 0..L {
                let value = best[x] + steps[x][y];
                if value > top.0 {
                    top = (value, x);
                }
            }
            next[y] = top.0 + score[y];
            back[y] = top.1 as u8;
            sum[y] = log_sum((0..L).map(|x| total[x] + steps[x][y])) + score[y];
        }
        (best, total) = (next, sum);
        from.push(back);
    }
    let last = (0..L).max_by(|&a, &b| best[a].total_cmp(&best[b])).unwrap_or(0);
    let mut path = vec![last as u8];
    for back in from.iter().rev() {
        path.push(back[path[path.len() - 1] as usize]);
    }
    path.reverse();
    (path, (best[last] - log_sum(total.into_iter())).exp())
}

/// The probability of each label at each position.
pub fn marginals<const L: usize>(
    scores: &[Scores<L>],
    steps: &Steps<L>,
) -> (Vec<Scores<L>>, Vec<Scores<L>>, f32) {
    let forward = forward(scores, steps);
    let backward = backward(scores, steps);
    let total = forward.last().map_or(0.0, |last| log_sum(last.iter().copied()));
    (forward, backward, total)
}

fn forward<const L: usize>(scores: &[Scores<L>], steps: &Steps<L>) -> Vec<Scores<L>> {
    let mut rows: Vec<Scores<L>> = Vec::with_capacity(scores.len());
    for (t, score) in scores.iter().enumerate() {
        let row = match t.checked_sub(1).map(|before| rows[before]) {
            None => std::array::from_fn(|y| steps[L][y] + score[y]),
            Some(last) => std::array::from_fn(|y| log_sum((0..L).map(|x| last[x] + steps[x][y])) + score[y]),
        };
        rows.push(row);
    }
    rows
}

fn backward<const L: usize>(scores: &[Scores<L>], steps: &Steps<L>) -> Vec<Scores<L>> {
    let mut rows = vec![[0.0; L]; scores.len()];
    for t in (0..scores.len().saturating_sub(1)).rev() {
        let next: Scores<L> = std::array::from_fn(|y| rows[t + 1][y] + scores[t + 1][y]);
        rows[t] = std::array::from_fn(|x| log_sum((0..L).map(|y| steps[x][y] + next[y])));
    }
    rows
}

/// The logarithm of a sum of exponentials.
pub fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let top = values.clone().fold(NEVER, f32::max);
    if top <= NEVER / 2.0 {
        return NEVER;
    }
    top + values.map(|v| if v - top > -20.0 { (v - top).exp() } else { 0.0 }).sum::<f32>().ln()
}

/// Steps of weight nought, with those forbidden that `allowed` denies; it is asked with `None` for the beginning.
pub fn steps<const L: usize>(allowed: impl Fn(Option<usize>, usize) -> bool) -> Steps<L> {
    let row = |from| std::array::from_fn(|y| if allowed(from, y) { 0.0 } else { NEVER });
    (0..L).map(|x| row(Some(x))).chain(std::iter::once(row(None))).collect()
}
