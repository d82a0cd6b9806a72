//! Alignment of two word sequences: the one aligner that collation, reuse and facts share.
//!
//! [`global`] pairs the words of two renderings of the same thing in order (Needleman and Wunsch, 1970), where a pair of unlike words
//! costs the less the closer they are in the embedding table, so that rewording aligns. [`similarity`] and [`coverage`] ignore order:
//! each word meets its best counterpart, weighted by rarity (greedy alignment, as in the semantic-textual-similarity literature).
//!
//! ```
//! use parallax_analysis::align::{self, Step};
//! use parallax_analysis::embedding::Lexicon;
//! let mut lexicon = Lexicon::new();
//! let a: Vec<_> = ["we", "will", "stop", "the", "work"].map(|w| lexicon.intern(w)).into();
//! let b: Vec<_> = ["we", "shall", "halt", "work"].map(|w| lexicon.intern(w)).into();
//! let steps = align::global(&a, &b, &lexicon);
//! assert_eq!(steps[0], Step::Same(0, 0));
//! assert!(steps.contains(&Step::Substitute(2, 2)));
//! assert!(steps.contains(&Step::Delete(3)));
//! assert!(align::similarity(&a, &b, &lexicon) > 0.6);
//! ```

use crate::embedding::{Lexicon, WordId};

/// What a pair of equal words earns; unlike words earn between -1 and 1 by their similarity.
const SAME: f32 = 2.0;
/// What a word without a counterpart costs: half of a pair of unrelated words, so that these stay apart.
const GAP: f32 = -0.5;
/// Beyond this many cells the table of the alignment is not filled (64 MiB); see [`global`].
const MOST_CELLS: usize = 1 << 26;
/// What every word weighs beside its rarity, so that function words are not nothing.
const LEAST_WEIGHT: f32 = 0.2;

/// One step of an alignment, with indices into the two sequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The same word in both.
    Same(usize, usize),
    /// Another word in its place.
    Substitute(usize, usize),
    /// A word of the first that the second lacks.
    Delete(usize),
    /// A word of the second that the first lacks.
    Insert(usize),
}

/// Aligns two sequences from end to end, in order. Every index of either occurs exactly once.
///
/// Takes time and memory in proportion to the product of the lengths. Sequences whose product passes 2^26 are not sentences: they are given
/// as deleted and inserted whole.
pub fn global(a: &[WordId], b: &[WordId], lexicon: &Lexicon) -> Vec<Step> {
    if a.len().saturating_mul(b.len()) > MOST_CELLS {
        return (0..a.len()).map(Step::Delete).chain((0..b.len()).map(Step::Insert)).collect();
    }
    trace(a, b, &fill(a, b, lexicon))
}

/// How alike two stretches are, 0 to 1: the mean of the two coverages.
pub fn similarity(a: &[WordId], b: &[WordId], lexicon: &Lexicon) -> f32 {
    f32::midpoint(coverage(a, b, lexicon), coverage(b, a, lexicon))
}

/// How much of `part` is found in `whole`, 0 to 1: each word's best similarity, weighted by its rarity. 0 where either is empty.
pub fn coverage(part: &[WordId], whole: &[WordId], lexicon: &Lexicon) -> f32 {
    let mut found = 0.0;
    let mut total = 0.0;
    for &word in part {
        let weight = LEAST_WEIGHT + lexicon.idf(word);
        let best = whole.iter().map(|&other| lexicon.similarity(word, other)).fold(0.0, f32::max);
        found += weight * best;
        total += weight;
    }
    if total > 0.0 { found / total } else { 0.0 }
}

/// Where the best alignment of two prefixes comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Pair,
    Above,
    Left,
}

/// The table of best scores, row by row; only where each cell comes from is kept.
fn fill(a: &[WordId], b: &[WordId], lexicon: &Lexicon) -> Vec<From> {
    let width = b.len() + 1;
    let mut origin = vec![From::Left; (a.len() + 1) * width];
    let mut above: Vec<f32> = (0..width).map(|j| GAP * j as f32).collect();
    let mut row = vec![0.0; width];
    for (i, &left) in a.iter().enumerate() {
        row[0] = GAP * (i + 1) as f32;
        origin[(i + 1) * width] = From::Above;
        for (j, &right) in b.iter().enumerate() {
            let pair = above[j] + earned(left, right, lexicon);
            let (mut best, mut from) = (pair, From::Pair);
            if above[j + 1] + GAP > best {
                (best, from) = (above[j + 1] + GAP, From::Above);
            }
            if row[j] + GAP > best {
                (best, from) = (row[j] + GAP, From::Left);
            }
            row[j + 1] = best;
            origin[(i + 1) * width + j + 1] = from;
        }
        std::mem::swap(&mut above, &mut row);
    }
    origin
}

fn earned(a: WordId, b: WordId, lexicon: &Lexicon) -> f32 {
    if a == b { SAME } else { 2.0 * lexicon.similarity(a, b) - 1.0 }
}

/// Reads the best path back from the end.
fn trace(a: &[WordId], b: &[WordId], origin: &[From]) -> Vec<Step> {
    let width = b.len() + 1;
    let (mut i, mut j) = (a.len(), b.len());
    let mut steps = Vec::with_capacity(i.max(j));
    while i > 0 || j > 0 {
        steps.push(match origin[i * width + j] {
            From::Pair => {
                (i, j) = (i - 1, j - 1);
                if a[i] == b[j] { Step::Same(i, j) } else { Step::Substitute(i, j) }
            }
            From::Above => {
                i -= 1;
                Step::Delete(i)
            }
            From::Left => {
                j -= 1;
                Step::Insert(j)
            }
        });
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn interned(lexicon: &mut Lexicon, text: &str) -> Vec<WordId> {
        text.split_whitespace().map(|word| lexicon.intern(word)).collect()
    }

    fn shown(a: &str, b: &str) -> String {
        let mut lexicon = Lexicon::new();
        let (left, right) = (interned(&mut lexicon, a), interned(&mut lexicon, b));
        let (a, b): (Vec<_>, Vec<_>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
        let steps = global(&left, &right, &lexicon);
        let words = steps.iter().map(|step| match *step {
            Step::Same(i, _) => a[i].to_owned(),
            Step::Substitute(i, j) => format!("{}>{}", a[i], b[j]),
            Step::Delete(i) => format!("-{}", a[i]),
            Step::Insert(j) => format!("+{}", b[j]),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_meet_their_counterparts() {
        for (a, b, expected) in [
            ("we must go", "we must go", "we must go"),
            ("we must go now", "we must go", "we must go -now"),
            (
                "a massive and needless loss",
                "an immense and needless loss",
                "a>an massive>immense and needless loss",
            ),
            ("it will stop the war", "it will halt the conflict", "it will stop>halt the war>conflict"),
            ("", "one", "+one"),
            ("", "", ""),
        ] {
            assert_eq!(shown(a, b), expected);
        }
    }

    #[test]
    fn coverage_knows_part_from_whole() {
        let mut lexicon = Lexicon::new();
        let part = interned(&mut lexicon, "a condition for peace");
        let whole = interned(&mut lexicon, "this is a condition for peace and security in the north");
        assert!((coverage(&part, &whole, &lexicon) - 1.0).abs() < 1e-6);
        assert!(coverage(&whole, &part, &lexicon) < 0.8);
        assert_eq!(coverage(&[], &whole, &lexicon), 0.0);
    }

    proptest! {
        #[test]
        fn every_word_occurs_once_and_in_order(a in "([a-e] ){0,12}", b in "([a-e] ){0,12}") {
            let mut lexicon = Lexicon::new();
            let (a, b) = (interned(&mut lexicon, &a), interned(&mut lexicon, &b));
            let steps = global(&a, &b, &lexicon);
            let left: Vec<_> = steps.iter().filter_map(|s| match *s {
                Step::Same(i, _) | Step::Substitute(i, _) | Step::Delete(i) => Some(i),
                Step::Insert(_) => None,
            }).collect();
            let right: Vec<_> = steps.iter().filter_map(|s| match *s {
                Step::Same(_, j) | Step::Substitute(_, j) | Step::Insert(j) => Some(j),
                Step::Delete(_) => None,
            }).collect();
            prop_assert_eq!(left, (0..a.len()).collect::<Vec<_>>());
            prop_assert_eq!(right, (0..b.len()).collect::<Vec<_>>());
        }

        #[test]
        fn similarity_is_symmetric_and_bounded(a in "([a-e] ){0,12}", b in "([a-e] ){0,12}") {
            let mut lexicon = Lexicon::new();
            let (a, b) = (interned(&mut lexicon, &a), interned(&mut lexicon, &b));
            let (there, back) = (similarity(&a, &b, &lexicon), similarity(&b, &a, &lexicon));
            prop_assert!((there - back).abs() < 1e-6 && (0.0..=1.0 + 1e-6).contains(&there));
        }
    }
}
