//! Runs of corresponding sentences in the same order, the strongest evidence that one text was written from another.
//!
//! Independent reports of one event state the same facts, but in their own order and with other things between. A run is
//! found as the best local alignment of the two articles' sentences (Smith and Waterman, 1981, over sentences as in Gale and
//! Church, 1993), where one sentence may correspond to two.

/// A cell: the indices of two corresponding sentences and what their correspondence weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cell {
    pub(crate) a: usize,
    pub(crate) b: usize,
    /// Log-odds of the correspondence on its own.
    pub(crate) weight: f32,
}

/// Sentences in order; see [`runs`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    /// Indices into the cells, in order.
    pub(crate) cells: Vec<usize>,
    /// The weights of the cells less the cost of what was skipped.
    pub(crate) score: f32,
}

/// What each sentence skipped between two cells costs.
const SKIP: f32 = 0.35;
/// More skipped sentences end a run.
const FARTHEST: usize = 6;

/// The best runs among `cells` (in the order of `a`, then `b`), each cell in one run at most, best run first.
pub(crate) fn runs(cells: &[Cell]) -> Vec<Run> {
    let mut free = vec![true; cells.len()];
    let mut runs = Vec::new();
    while let Some(run) = best_run(cells, &free) {
        for &cell in &run.cells {
            free[cell] = false;
        }
        runs.push(run);
    }
    runs
}

fn best_run(cells: &[Cell], free: &[bool]) -> Option<Run> {
    let mut best: Vec<(f32, Option<usize>)> = Vec::with_capacity(cells.len());
    for (index, cell) in cells.iter().enumerate() {
        let mut top = (if free[index] { cell.weight } else { f32::NEG_INFINITY }, None);
        for before in (0..index).rev().filter(|&before| free[index] && free[before]) {
            if cell.a - cells[before].a > FARTHEST {
                break;
            }
            let Some(cost) = step_cost(&cells[before], cell) else { continue };
            let score = best[before].0 + cell.weight - cost;
            if score > top.0 {
                top = (score, Some(before));
            }
        }
        best.push(top);
    }
    let last = (0..cells.len())
        .filter(|&i| free[i])
        .max_by(|&x, &y| best[x].0.total_cmp(&best[y].0).then(y.cmp(&x)))?;
    let mut indices = vec![last];
    while let Some(before) = indices.last().and_then(|&index| best[index].1) {
        indices.push(before);
    }
    indices.reverse();
    (best[last].0 > 0.0).then_some(Run { cells: indices, score: best[last].0 })
}

/// What it costs to go on from one cell to the next, where that is a step forward.
fn step_cost(from: &Cell, to: &Cell) -> Option<f32> {
    let (da, db) = (to.a - from.a, to.b.checked_sub(from.b)?);
    let forward = (da, db) != (0, 0) && da <= FARTHEST && db <= FARTHEST;
    let skipped = da.saturating_sub(1) + db.saturating_sub(1);
    let split = usize::from(da == 0 || db == 0);
    forward.then(|| SKIP * (skipped + split) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cells: &[(usize, usize)], expected: &[&[usize]]) {
        let cells: Vec<Cell> = cells.iter().map(|&(a, b)| Cell { a, b, weight: 1.0 }).collect();
        let found: Vec<Vec<usize>> = runs(&cells).into_iter().map(|run| run.cells).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn runs_keep_the_order() {
        check(&[], &[]);
        check(&[(0, 0), (1, 1), (2, 2)], &[&[0, 1, 2]]);
        check(&[(0, 5), (1, 1), (2, 2)], &[&[1, 2], &[0]]);
        check(&[(0, 0), (0, 1), (1, 2)], &[&[0, 1, 2]]);
        check(&[(0, 0), (20, 1)], &[&[0], &[1]]);
        check(&[(0, 1), (1, 0)], &[&[0], &[1]]);
    }

    #[test]
    fn skipped_sentences_cost() {
        let near = [Cell { a: 0, b: 0, weight: 1.0 }, Cell { a: 1, b: 1, weight: 1.0 }];
        let far = [near[0], Cell { a: 3, b: 2, ..near[1] }];
        assert!(runs(&near)[0].score > runs(&far)[0].score);
    }
}
