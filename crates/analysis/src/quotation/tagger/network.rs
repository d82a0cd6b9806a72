//! The network's layers: rows of numbers, one for each item of a sentence, through dilated convolutions.
//!
//! What a layer looks at is rounded to small integers: their products are summed exactly, many at a time by any processor's
//! vector instructions, so that every machine finds the same. Which instructions there are is found out at run time (`pulp`).

use pulp::{Arch, Simd, WithSimd};

use super::weights::{Reader, Table};

/// Items that a layer may look away to either side; rows of nought stand there beyond the ends.
const MARGIN: usize = 8;
/// Steps of a normalised number.
const STEPS: f32 = 512.0;
/// Steps of the largest weight of a column; the sum over a row stays below 2³¹.
const WEIGHT_STEPS: f32 = 1023.0;

/// Rows as a layer looks at them: each divided by its root mean square, in steps.
#[derive(Debug, Clone)]
pub(super) struct Seen<const N: usize>(Vec<[i16; N]>);

impl<const N: usize> Seen<N> {
    pub(super) fn of(rows: &[[f32; N]]) -> Self {
        let margin = || std::iter::repeat_n([0; N], MARGIN);
        Self(margin().chain(rows.iter().map(in_steps)).chain(margin()).collect())
    }

    fn rows(&self) -> &[[i16; N]] {
        &self.0[MARGIN..self.0.len() - MARGIN]
    }
}

/// A row divided by its root mean square; no number can then be above the root of their count.
fn in_steps<const N: usize>(row: &[f32; N]) -> [i16; N] {
    /// Added to a number below 2²², it leaves the nearest integer in the last bits.
    const ROUNDING: f32 = 12_582_912.0;
    let mean = row.iter().map(|v| v * v).sum::<f32>() / N as f32;
    let factor = STEPS / (mean + 1e-3).sqrt();
    row.map(|v| (v * factor + ROUNDING).to_bits().wrapping_sub(ROUNDING.to_bits()) as i16)
}

/// A linear map of seen rows from `N` numbers to `M`.
#[derive(Debug, Clone)]
pub(super) struct Linear<const N: usize, const M: usize> {
    columns: Vec<[i16; N]>,
    /// What one step of a product is worth in each column.
    units: [f32; M],
    bias: [f32; M],
}

impl<const N: usize, const M: usize> Linear<N, M> {
    fn of(rows: &[[f32; M]], bias: [f32; M]) -> Option<Self> {
        let rows = rows.first_chunk::<N>()?;
        let largest = |column: usize| rows.iter().fold(1e-6_f32, |top, row| top.max(row[column].abs()));
        let units: [f32; M] = std::array::from_fn(|column| largest(column) / WEIGHT_STEPS);
        let column = |m: usize| std::array::from_fn(|n| (rows[n][m] / units[m]).round() as i16);
        let columns = (0..M).map(column).collect();
        Some(Self { columns, units: units.map(|unit| unit / STEPS), bias })
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Self::of(&Table::read(reader)?.into_rows(), [0.0; M])
    }

    /// Of a table and what is added to each column.
    pub(super) fn read_with_bias(reader: &mut Reader<'_>) -> Option<Self> {
        Self::of(&Table::read(reader)?.into_rows(), reader.floats()?)
    }

    /// The map of each row.
    pub(super) fn of_rows(&self, seen: &Seen<N>) -> Vec<[f32; M]> {
        let mut mapped = vec![self.bias; seen.rows().len()];
        Arch::new().dispatch(EachRow { map: self, seen, mapped: &mut mapped });
        mapped
    }

    #[inline(always)]
    fn of_row(&self, row: &[i16; N]) -> [f32; M] {
        let mut out = self.bias;
        for ((total, unit), column) in out.iter_mut().zip(&self.units).zip(&self.columns) {
            *total += product(row, column) as f32 * unit;
        }
        out
    }
}

/// The sum of the products. In chunks, as the compiler then multiplies as many numbers at a time as the processor can; left to
/// itself it takes fewer.
#[inline(always)]
fn product<const N: usize>(row: &[i16; N], column: &[i16; N]) -> i32 {
    let (rows, row_rest) = row.as_chunks::<CHUNK>();
    let (columns, column_rest) = column.as_chunks::<CHUNK>();
    let mut sum = 0;
    for (row, column) in rows.iter().zip(columns) {
        let mut products = 0;
        for at in 0..CHUNK {
            products += i32::from(row[at]) * i32::from(column[at]);
        }
        sum += products;
    }
    for (&a, &b) in row_rest.iter().zip(column_rest) {
        sum += i32::from(a) * i32::from(b);
    }
    sum
}

/// Numbers multiplied in one go: a thousand articles take 5.9 seconds with so many, 6.5 with 16 and 8.3 with 48, measured with AVX2.
const CHUNK: usize = 32;

/// A residual convolution: each row of `N` sees the row some items to its left, itself, and the row as far to its right,
/// `W` numbers together.
#[derive(Debug, Clone)]
pub(super) struct Convolution<const N: usize, const W: usize> {
    reach: usize,
    map: Linear<W, N>,
}

impl<const N: usize, const W: usize> Convolution<N, W> {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let reach = reader.number().filter(|reach| (1..=MARGIN as u32).contains(reach))? as usize;
        Some(Self { reach, map: Linear::read_with_bias(reader)? })
    }

    pub(super) fn apply(&self, rows: &mut [[f32; N]]) {
        const { assert!(W == 3 * N) };
        let seen = Seen::of(rows);
        Arch::new().dispatch(EachWindow { layer: self, seen: &seen, rows });
    }
}

/// A linear map of each row, with the processor's widest instructions.
struct EachRow<'a, const N: usize, const M: usize> {
    map: &'a Linear<N, M>,
    seen: &'a Seen<N>,
    mapped: &'a mut [[f32; M]],
}

impl<const N: usize, const M: usize> WithSimd for EachRow<'_, N, M> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (out, row) in self.mapped.iter_mut().zip(self.seen.rows()) {
            *out = self.map.of_row(row);
        }
    }
}

/// A convolution at each row, likewise.
struct EachWindow<'a, const N: usize, const W: usize> {
    layer: &'a Convolution<N, W>,
    seen: &'a Seen<N>,
    rows: &'a mut [[f32; N]],
}

impl<const N: usize, const W: usize> WithSimd for EachWindow<'_, N, W> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let reach = self.layer.reach;
        let mut window = [0; W];
        for (at, row) in (MARGIN..).zip(self.rows) {
            for (part, place) in window.chunks_exact_mut(N).zip([at - reach, at, at + reach]) {
                part.copy_from_slice(&self.seen.0[place]);
            }
            let more = self.layer.map.of_row(&window);
            for (value, more) in row.iter_mut().zip(more) {
                *value += more.max(0.0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_map_sums_what_each_number_weighs() {
        let map: Linear<2, 3> =
            Linear::of(&[[1.0, 0.0, 2.0], [0.5, -1.0, 0.0]], [0.0, 0.0, 1.0]).expect("two rows");
        let mapped = map.of_rows(&Seen::of(&[[3.0, 3.0], [-2.0, 2.0]]));
        let expected = [[1.5, -1.0, 3.0], [-0.5, -1.0, -1.0]];
        for (row, expected) in mapped.iter().zip(&expected) {
            assert!(row.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.01), "{row:?}");
        }
    }

    #[test]
    fn a_convolution_sees_its_neighbours_and_nothing_beyond_the_ends() {
        let mut weights = [[0.0; 2]; 6];
        weights[0][0] = 1.0;
        let layer: Convolution<2, 6> =
            Convolution { reach: 1, map: Linear::of(&weights, [0.0; 2]).expect("six rows") };
        let mut rows = [[1.0, 1.0], [0.0, 1.0], [0.0, 1.0]];
        layer.apply(&mut rows);
        assert_eq!(rows[0], [1.0, 1.0]);
        assert!(rows[1][0] > 0.9, "the second sees the first");
        assert_eq!(rows[2], [0.0, 1.0]);
    }
}
