//! Sums of products of small integers, as many at a time as the processor can.
//!
//! Integers are summed exactly, so that every machine finds the same. Which instructions there are is found out at run time
//! (`pulp`). The weights of eight columns lie side by side, so that their sums grow side by side and need never be added across
//! a vector; a few rows are multiplied together, so that a weight is loaded once for all of them.

#[cfg(target_arch = "x86_64")]
use pulp::{Arch, Simd, WithSimd, x86::V3};

/// Sums in one vector.
pub(super) const LANES: usize = 8;

/// Two small integers, the first in the lower half.
pub(super) type Pair = i32;

/// Of eight columns, the weights of the two numbers of a pair.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
pub(super) struct Weights(pub(super) [i16; 2 * LANES]);

/// Instructions of a processor.
pub(super) trait Lanes: Copy {
    /// Eight sums.
    type Sums: Copy;

    fn nought(self) -> Self::Sums;

    /// Adds to each sum what the two numbers weigh in its column.
    fn add_products(self, sums: Self::Sums, pair: Pair, weights: &Weights) -> Self::Sums;

    fn numbers(self, sums: Self::Sums) -> [i32; LANES];
}

/// Work that is done faster with wider vectors; all that it calls must be inlined.
pub(super) trait Work {
    type Output;

    fn with<L: Lanes>(self, lanes: L) -> Self::Output;
}

/// Does a piece of work with the widest vectors that the processor has.
pub(super) fn widest<W: Work>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    if let Arch::V3(lanes) = Arch::new() {
        return Simd::vectorize(lanes, Wide { lanes, work });
    }
    work.with(Plain)
}

/// What every processor does, in a form that compilers find vectors in.
#[derive(Debug, Clone, Copy)]
struct Plain;

impl Lanes for Plain {
    type Sums = [i32; LANES];

    #[inline(always)]
    fn nought(self) -> Self::Sums {
        [0; LANES]
    }

    #[inline(always)]
    fn add_products(self, mut sums: Self::Sums, pair: Pair, weights: &Weights) -> Self::Sums {
        let (low, high) = (i32::from(pair as i16), pair >> 16);
        for (sum, &[first, second]) in sums.iter_mut().zip(weights.0.as_chunks().0) {
            *sum += low * i32::from(first) + high * i32::from(second);
        }
        sums
    }

    #[inline(always)]
    fn numbers(self, sums: Self::Sums) -> [i32; LANES] {
        sums
    }
}

#[cfg(target_arch = "x86_64")]
impl Lanes for V3 {
    type Sums = core::arch::x86_64::__m256i;

    #[inline(always)]
    fn nought(self) -> Self::Sums {
        self.avx._mm256_setzero_si256()
    }

    #[inline(always)]
    fn add_products(self, sums: Self::Sums, pair: Pair, weights: &Weights) -> Self::Sums {
        let weights = pulp::bytemuck::cast(weights.0);
        let products = self.avx2._mm256_madd_epi16(self.avx._mm256_set1_epi32(pair), weights);
        self.avx2._mm256_add_epi32(sums, products)
    }

    #[inline(always)]
    fn numbers(self, sums: Self::Sums) -> [i32; LANES] {
        pulp::bytemuck::cast(sums)
    }
}

#[cfg(target_arch = "x86_64")]
struct Wide<W> {
    lanes: V3,
    work: W,
}

#[cfg(target_arch = "x86_64")]
impl<W: Work> WithSimd for Wide<W> {
    type Output = W::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> W::Output {
        self.work.with(self.lanes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct Twice(Pair, Weights);

    impl Work for Twice {
        type Output = [i32; LANES];

        #[inline(always)]
        fn with<L: Lanes>(self, lanes: L) -> [i32; LANES] {
            let once = lanes.add_products(lanes.nought(), self.0, &self.1);
            lanes.numbers(lanes.add_products(once, self.0, &self.1))
        }
    }

    struct Summed<'a>(&'a [(i16, i16, [i16; 2 * LANES])]);

    impl Work for Summed<'_> {
        type Output = [i32; LANES];

        #[inline(always)]
        fn with<L: Lanes>(self, lanes: L) -> [i32; LANES] {
            let sums = self.0.iter().fold(lanes.nought(), |sums, &(low, high, weights)| {
                let pair = i32::from(low) & 0xFFFF | i32::from(high) << 16;
                lanes.add_products(sums, pair, &Weights(weights))
            });
            lanes.numbers(sums)
        }
    }

    proptest! {
        #[test]
        fn wide_vectors_and_plain_numbers_have_one_sum(
            parts in prop::collection::vec((-4096_i16..4096, -4096_i16..4096, prop::array::uniform16(-4096_i16..4096)), 0..40),
        ) {
            prop_assert_eq!(widest(Summed(&parts)), Summed(&parts).with(Plain));
        }
    }

    #[test]
    fn every_processor_finds_the_same_sums() {
        let weights = Weights(std::array::from_fn(|at| at as i16 * 130 - 1023));
        for (low, high) in [(0_i16, 0_i16), (1, 0), (0, 1), (-1, 1), (4095, -4096), (-32, -4096)] {
            let pair = i32::from(low) & 0xFFFF | i32::from(high) << 16;
            let expected: [i32; LANES] = std::array::from_fn(|lane| {
                let [first, second] = [weights.0[2 * lane], weights.0[2 * lane + 1]].map(i32::from);
                2 * (i32::from(low) * first + i32::from(high) * second)
            });
            assert_eq!(widest(Twice(pair, weights)), expected, "{low}, {high}");
            assert_eq!(Twice(pair, weights).with(Plain), expected, "{low}, {high}");
        }
    }
}
