//! The network's layers: rows of numbers, one for each item of a sentence, through dilated convolutions.
//!
//! What a layer looks at is rounded to small integers, so that many are multiplied at a time and every machine finds the same
//! (`lanes`). `H` is half of the numbers of a row: a number is multiplied together with the one `H` behind it.

use super::lanes::{LANES, Lanes, Pair, Weights};
use super::weights::{Reader, Table};

/// Items that a layer may look away to either side; rows of nought stand there beyond the ends.
const MARGIN: usize = 8;
/// Steps of a normalised number.
const STEPS: f32 = 512.0;
/// Steps of the largest weight of a column; the sum over a row stays below 2³¹.
const WEIGHT_STEPS: f32 = 1023.0;
/// Rows that are multiplied together.
const TALL: usize = 4;
/// Rows that are multiplied together where no more are left.
const SHORT: usize = 2;
/// Vectors of columns that are multiplied together; with so many rows and vectors the sums stay in sixteen registers.
const WIDE: usize = 2;
/// Columns that are multiplied together.
const COLUMNS: usize = WIDE * LANES;

/// Rows as a layer looks at them: each divided by its root mean square, in steps.
#[derive(Debug, Clone)]
pub(super) struct Seen<const H: usize>(Vec<[Pair; H]>);

impl<const H: usize> Seen<H> {
    /// With room for some rows, none seen so far.
    pub(super) fn with_room_for(rows: usize) -> Self {
        Self(Vec::with_capacity(rows + 2 * MARGIN + TALL))
    }

    /// Looks at these rows in place of those before.
    #[inline(always)]
    pub(super) fn look_at<const N: usize>(&mut self, rows: &[[f32; N]]) {
        let Self(pairs) = self;
        pairs.clear();
        pairs.resize(MARGIN, [0; H]);
        for row in rows {
            pairs.push(in_steps(row).0);
        }
        pairs.resize(pairs.len() + MARGIN + TALL, [0; H]);
    }

    /// Some rows from the one at `at` on; with a margin before the first.
    #[inline(always)]
    fn rows(&self, at: usize) -> &[[Pair; H]; TALL] {
        self.0.get(at..).and_then(<[_]>::first_chunk).unwrap_or(&[[0; H]; TALL])
    }
}

/// A row divided by its root mean square, in steps, and what it was divided by; no number can then be above the root of their count.
#[inline(always)]
fn in_steps<const N: usize, const H: usize>(row: &[f32; N]) -> ([Pair; H], f32) {
    const { assert!(N == 2 * H) };
    /// Added to a number below 2²², it leaves the nearest integer in the last bits.
    const ROUNDING: f32 = 12_582_912.0;
    let size = (squares(row) / N as f32 + 1e-3).sqrt();
    let factor = STEPS / size;
    let step = |value: f32| (value * factor + ROUNDING).to_bits().wrapping_sub(ROUNDING.to_bits());
    let mut pairs = [0; H];
    let (low, high) = row.split_at(H);
    // No `from_fn`: it would be compiled without the wide instructions.
    for ((pair, &low), &high) in pairs.iter_mut().zip(low).zip(high) {
        *pair = (step(low) & 0xFFFF | step(high) << 16) as Pair;
    }
    (pairs, size)
}

/// The sum of the squares, each eighth together as vectors add them.
#[inline(always)]
fn squares<const N: usize>(row: &[f32; N]) -> f32 {
    let (eights, rest) = row.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for numbers in eights {
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += number * number;
        }
    }
    sums.into_iter().chain(rest.iter().map(|number| number * number)).sum()
}

/// A linear map to `M` numbers, of one seen row or of several beside each other.
#[derive(Debug, Clone)]
pub(super) struct Linear<const H: usize, const M: usize>(Vec<Tile<H>>);

/// Some columns of a linear map.
#[derive(Debug, Clone)]
struct Tile<const H: usize> {
    /// The weights of each pair of numbers, row beside row.
    weights: Vec<[[Weights; WIDE]; H]>,
    /// What one step of a product is worth in each column.
    units: [f32; COLUMNS],
    bias: [f32; COLUMNS],
}

impl<const H: usize, const M: usize> Linear<H, M> {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Self::of(&Table::read(reader)?.into_rows(), [0.0; M])
    }

    /// Of a table and what is added to each column.
    pub(super) fn read_with_bias(reader: &mut Reader<'_>) -> Option<Self> {
        Self::of(&Table::read(reader)?.into_rows(), reader.floats()?)
    }

    fn of(rows: &[[f32; M]], bias: [f32; M]) -> Option<Self> {
        let is_whole = !rows.is_empty() && rows.len().is_multiple_of(2 * H);
        let tiles = (0..M).step_by(COLUMNS).map(|first| Tile::of(rows, &bias, first));
        is_whole.then(|| Self(tiles.collect()))
    }

    /// The map of each row.
    #[inline(always)]
    pub(super) fn of_rows<L: Lanes>(&self, lanes: L, seen: &Seen<H>, count: usize) -> Vec<[f32; M]> {
        let mut mapped = vec![[0.0; M]; count];
        for (at, out) in (MARGIN..).step_by(TALL).zip(mapped.chunks_mut(TALL)) {
            self.add(lanes, &[seen.rows(at)], &AS_SEEN, out, |value| value);
        }
        mapped
    }

    /// The map of the row at `at`.
    #[inline(always)]
    pub(super) fn of_row<L: Lanes>(&self, lanes: L, seen: &Seen<H>, at: usize) -> [f32; M] {
        let mut out = [[0.0; M]];
        self.add(lanes, &[seen.rows(MARGIN + at)], &AS_SEEN, &mut out, |value| value);
        out[0]
    }

    /// Adds to some rows what becomes of the map of these parts, beside each other, each row of them as large as it was.
    #[inline(always)]
    fn add<L: Lanes>(
        &self,
        lanes: L,
        parts: &[&[[Pair; H]; TALL]],
        sizes: &[f32; TALL],
        rows: &mut [[f32; M]],
        becomes: impl Fn(f32) -> f32,
    ) {
        for (tile, first) in self.0.iter().zip((0..M).step_by(COLUMNS)) {
            let sums = match rows.len() {
                0..=SHORT => tile.sums::<SHORT, L>(lanes, parts),
                _ => tile.sums::<TALL, L>(lanes, parts),
            };
            for ((row, sums), size) in rows.iter_mut().zip(&sums).zip(sizes) {
                let columns = row[first..].iter_mut().zip(sums).zip(tile.units.iter().zip(&tile.bias));
                for ((value, &sum), (unit, bias)) in columns {
                    *value += becomes(sum as f32 * unit * size + bias);
                }
            }
        }
    }
}

impl<const H: usize> Tile<H> {
    fn of<const M: usize>(rows: &[[f32; M]], bias: &[f32; M], first: usize) -> Self {
        let weight = |row: usize, column: usize| rows[row].get(first + column).copied().unwrap_or(0.0);
        let largest = |column| (0..rows.len()).fold(1e-6_f32, |top, row| top.max(weight(row, column).abs()));
        let units: [f32; COLUMNS] = std::array::from_fn(|column| largest(column) / WEIGHT_STEPS);
        let step = |row, column: usize| (weight(row, column) / units[column]).round() as i16;
        let pair = |low: usize| {
            std::array::from_fn(|vector| {
                Weights(std::array::from_fn(|at| step(low + at % 2 * H, vector * LANES + at / 2)))
            })
        };
        Self {
            weights: (0..rows.len())
                .step_by(2 * H)
                .map(|part| std::array::from_fn(|at| pair(part + at)))
                .collect(),
            units: units.map(|unit| unit / STEPS),
            bias: std::array::from_fn(|column| bias.get(first + column).copied().unwrap_or(0.0)),
        }
    }

    /// The sums of the products of each of the first rows.
    #[inline(always)]
    fn sums<const ROWS: usize, L: Lanes>(
        &self,
        lanes: L,
        parts: &[&[[Pair; H]; TALL]],
    ) -> [[i32; COLUMNS]; TALL] {
        let mut sums = [[lanes.nought(); WIDE]; ROWS];
        for (rows, weights) in parts.iter().zip(&self.weights) {
            for (at, weights) in weights.iter().enumerate() {
                for (sums, row) in sums.iter_mut().zip(*rows) {
                    for (sum, weights) in sums.iter_mut().zip(weights) {
                        *sum = lanes.add_products(*sum, row[at], weights);
                    }
                }
            }
        }
        let mut numbers = [[0; COLUMNS]; TALL];
        for (numbers, sums) in numbers.iter_mut().zip(sums) {
            for (numbers, sum) in numbers.chunks_exact_mut(LANES).zip(sums) {
                numbers.copy_from_slice(&lanes.numbers(sum));
            }
        }
        numbers
    }
}

/// Rows that are taken as they are seen, all of one size.
const AS_SEEN: [f32; TALL] = [1.0; TALL];

/// A residual convolution: each row sees the row some items to its left, itself, and the row as far to its right.
#[derive(Debug, Clone)]
pub(super) struct Convolution<const H: usize, const N: usize> {
    reach: usize,
    map: Map<H, N>,
}

/// How a convolution maps what it sees.
#[derive(Debug, Clone)]
enum Map<const H: usize, const N: usize> {
    Whole(Linear<H, N>),
    /// Through a few numbers, which takes a third of the products.
    Through(Linear<H, FEW>, Linear<{ FEW / 2 }, N>),
}

/// Numbers that a convolution of low rank maps through.
const FEW: usize = 16;

impl<const H: usize, const N: usize> Convolution<H, N> {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let reach = reader.number().filter(|reach| (1..=MARGIN as u32).contains(reach))? as usize;
        let map = match reader.number()? as usize {
            0 => Map::Whole(Linear::read_with_bias(reader)?),
            FEW => Map::Through(Linear::read(reader)?, Linear::read_with_bias(reader)?),
            _ => return None,
        };
        Some(Self { reach, map })
    }

    #[inline(always)]
    pub(super) fn apply<L: Lanes>(&self, lanes: L, rows: &mut [[f32; N]], seen: &mut Seen<H>) {
        seen.look_at(rows);
        for (at, rows) in (MARGIN..).step_by(TALL).zip(rows.chunks_mut(TALL)) {
            let parts = [at - self.reach, at, at + self.reach].map(|at| seen.rows(at));
            self.map.add(lanes, &parts, rows);
        }
    }
}

impl<const H: usize, const N: usize> Map<H, N> {
    /// Adds to each row what is above nought of the map of its parts.
    #[inline(always)]
    fn add<L: Lanes>(&self, lanes: L, parts: &[&[[Pair; H]; TALL]], rows: &mut [[f32; N]]) {
        match self {
            Self::Whole(map) => map.add(lanes, parts, &AS_SEEN, rows, |value| value.max(0.0)),
            Self::Through(to_few, from_few) => {
                let mut few = [[0.0; FEW]; TALL];
                to_few.add(lanes, parts, &AS_SEEN, &mut few, |value| value);
                let mut pairs = [[0; FEW / 2]; TALL];
                let mut sizes = AS_SEEN;
                for ((pairs, size), few) in pairs.iter_mut().zip(&mut sizes).zip(&few) {
                    (*pairs, *size) = in_steps(few);
                }
                from_few.add(lanes, &[&pairs], &sizes, rows, |value| value.max(0.0));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lanes::{Work, widest};
    use super::*;

    struct Mapped<'a>(&'a Linear<1, 3>, &'a [[f32; 2]]);

    impl Work for Mapped<'_> {
        type Output = Vec<[f32; 3]>;

        #[inline(always)]
        fn with<L: Lanes>(self, lanes: L) -> Self::Output {
            let mut seen = Seen::with_room_for(self.1.len());
            seen.look_at(self.1);
            self.0.of_rows(lanes, &seen, self.1.len())
        }
    }

    #[test]
    fn a_linear_map_sums_what_each_number_weighs() {
        let map = Linear::of(&[[1.0, 0.0, 2.0], [0.5, -1.0, 0.0]], [0.0, 0.0, 1.0]).expect("two rows");
        let mapped = widest(Mapped(&map, &[[3.0, 3.0], [-2.0, 2.0]]));
        let expected = [[1.5, -1.0, 3.0], [-0.5, -1.0, -1.0]];
        assert_eq!(mapped.len(), expected.len());
        for (row, expected) in mapped.iter().zip(&expected) {
            assert!(row.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.01), "{row:?}");
        }
    }

    #[test]
    fn a_linear_map_of_rows_that_are_not_whole_is_none() {
        assert!(Linear::<1, 1>::of(&[[1.0]; 3], [0.0]).is_none());
        assert!(Linear::<1, 1>::of(&[], [0.0]).is_none());
    }

    struct Convolved<'a>(&'a Convolution<1, 2>, Vec<[f32; 2]>);

    impl Work for Convolved<'_> {
        type Output = Vec<[f32; 2]>;

        #[inline(always)]
        fn with<L: Lanes>(mut self, lanes: L) -> Self::Output {
            self.0.apply(lanes, &mut self.1, &mut Seen::with_room_for(0));
            self.1
        }
    }

    #[test]
    fn a_convolution_sees_its_neighbours_and_nothing_beyond_the_ends() {
        let mut weights = [[0.0; 2]; 6];
        weights[0][0] = 1.0;
        let map = Map::Whole(Linear::of(&weights, [0.0; 2]).expect("six rows"));
        let layer = Convolution { reach: 1, map };
        let mut rows = vec![[0.0, 1.0]; 9];
        rows[4][0] = 1.0;
        let rows = widest(Convolved(&layer, rows));
        let moved: Vec<bool> = rows.iter().map(|row| row[0] > 0.9).collect();
        assert_eq!(moved, [false, false, false, false, true, true, false, false, false], "{rows:?}");
        assert_eq!(rows[4], [1.0, 1.0], "the fifth sees the fourth, where there is nothing");
    }

    #[test]
    fn a_convolution_through_a_few_numbers_is_that_of_their_product() {
        let mut to_few = [[0.0; FEW]; 6];
        to_few[0] = [0.25; FEW];
        to_few[3] = [-0.5; FEW];
        let mut from_few = [[0.0; 2]; FEW];
        from_few.iter_mut().for_each(|row| row[1] = 0.125);
        let whole: [[f32; 2]; 6] = std::array::from_fn(|at| [0.0, to_few[at][0] * 0.125 * FEW as f32]);
        let bias = [0.0, 1.0];
        let through = Map::Through(
            Linear::of(&to_few, [0.0; FEW]).expect("six rows"),
            Linear::of(&from_few, bias).expect("as many rows as numbers"),
        );
        let whole = Map::Whole(Linear::of(&whole, bias).expect("six rows"));
        let rows = vec![[1.0, 1.0], [-2.0, 0.5], [0.0, 3.0], [0.5, -1.0], [4.0, 2.0]];
        let [expected, found] =
            [whole, through].map(|map| widest(Convolved(&Convolution { reach: 1, map }, rows.clone())));
        for (expected, found) in expected.iter().zip(&found) {
            assert!(expected.iter().zip(found).all(|(a, b)| (a - b).abs() < 0.02), "{expected:?} {found:?}");
        }
    }
}
