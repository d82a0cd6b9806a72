//! Corresponding sentences in the same order, the strongest evidence that one text was written from another.
//!
//! Independent reports of one event state the same facts, but in their own order and with other things between. How well a
//! correspondence fits into a run of others is measured by the best chains that lead to it and go on from it, as in local
//! alignment (Smith and Waterman, 1981), here over sentences as in Gale and Church, 1993.

/// The indices of two corresponding sentences and what their correspondence weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cell {
    pub(crate) a: usize,
    pub(crate) b: usize,
    /// Log-odds of the correspondence on its own.
    pub(crate) weight: f32,
}

/// What each sentence skipped between two cells costs.
const SKIP: f32 = 0.35;
/// More skipped sentences end a chain.
const FARTHEST: usize = 6;

/// For each of `cells` (in the order of `a`, then `b`) the weight of the chains before and after it, its own left out: never
/// below 0, and 0 where it stands alone.
pub(crate) fn support(cells: &[Cell]) -> Vec<f32> {
    let before = chains(cells);
    let mut mirrored: Vec<Cell> = cells
        .iter()
        .rev()
        .map(|cell| Cell { a: usize::MAX - cell.a, b: usize::MAX - cell.b, ..*cell })
        .collect();
    mirrored.sort_by_key(|cell| (cell.a, cell.b));
    let after = chains(&mirrored);
    before.iter().zip(after.iter().rev()).map(|(before, after)| before + after).collect()
}

/// For each cell the weight of the best chain that leads to it.
fn chains(cells: &[Cell]) -> Vec<f32> {
    let mut best: Vec<f32> = Vec::with_capacity(cells.len());
    for (index, cell) in cells.iter().enumerate() {
        let near = (0..index).rev().take_while(|&before| cell.a - cells[before].a <= FARTHEST);
        let led = near.filter_map(|before| {
            let cost = step_cost(&cells[before], cell)?;
            Some(best[before] + cells[before].weight - cost)
        });
        best.push(led.fold(0.0, f32::max));
    }
    best
}

/// What it costs to go on from one cell to the next, where that is a step forward in both articles.
fn step_cost(from: &Cell, to: &Cell) -> Option<f32> {
    let (da, db) = (to.a.checked_sub(from.a)?, to.b.checked_sub(from.b)?);
    let forward = (1..=FARTHEST).contains(&da) && (1..=FARTHEST).contains(&db);
    forward.then(|| SKIP * (da + db - 2) as f32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(cells: &[(usize, usize, f32)], expected: &[f32]) {
        let cells: Vec<Cell> = cells.iter().map(|&(a, b, weight)| Cell { a, b, weight }).collect();
        assert_eq!(support(&cells), expected);
    }

    #[test]
    fn neighbours_in_order_support_each_other() {
        check(&[], &[]);
        check(&[(0, 0, 1.0)], &[0.0]);
        check(&[(0, 0, 1.0), (1, 1, 2.0), (2, 2, 3.0)], &[5.0, 4.0, 3.0]);
        check(&[(0, 1, 1.0), (1, 0, 1.0)], &[0.0, 0.0]);
        check(&[(0, 0, 1.0), (20, 1, 1.0)], &[0.0, 0.0]);
        check(&[(0, 0, -1.0), (1, 1, 2.0)], &[2.0, 0.0]);
        check(&[(0, 0, 1.0), (0, 1, 1.0)], &[0.0, 0.0]);
    }

    #[test]
    fn skipped_sentences_cost() {
        check(&[(0, 0, 1.0), (3, 2, 1.0)], &[1.0 - 3.0 * SKIP, 1.0 - 3.0 * SKIP].map(|w: f32| w.max(0.0)));
        check(&[(0, 0, 2.0), (2, 1, 2.0)], &[2.0 - SKIP, 2.0 - SKIP]);
    }

    proptest! {
        #[test]
        fn support_mirrors(cells in prop::collection::btree_map((0usize..9, 0usize..9), -2.0f32..4.0, 0..20)) {
            let cells: Vec<Cell> = cells.into_iter().map(|((a, b), weight)| Cell { a, b, weight }).collect();
            let mut turned: Vec<Cell> = cells.iter().map(|c| Cell { a: c.b, b: c.a, ..*c }).collect();
            turned.sort_by_key(|c| (c.a, c.b));
            let there = support(&cells);
            let back = support(&turned);
            for (cell, support) in cells.iter().zip(there) {
                let place = turned.iter().position(|c| (c.a, c.b) == (cell.b, cell.a)).unwrap();
                prop_assert!((support - back[place]).abs() < 1e-3 && support >= 0.0);
            }
        }
    }
}
