//! How alike two sentences are, feature by feature, and the probability that one rewords the other.
//!
//! The features follow the literature on paraphrase and monolingual alignment (Sultan, Bethard and Sumner, "Back to
//! Basics for Monolingual Alignment", 2014; Madnani, Tetreault and Chodorow, "Re-examining Machine Translation Metrics
//! for Paraphrase Identification", 2012): content words aligned by meaning and weighted by rarity, equal stems, letter
//! runs, word order, names, figures. `models/reuse/train.py` fits the weights.

use super::unit::{Role, Word};
use crate::embedding::Lexicon;

/// The number of features.
pub const FEATURES: usize = 10;

/// Names of the features, in order.
pub const FEATURE_NAMES: [&str; FEATURES] = [
    "coverage of the less covered",
    "coverage of the more covered",
    "equal stems of the less covered",
    "equal stems of the more covered",
    "word pairs in common",
    "order kept",
    "figures in common",
    "names in common",
    "names at odds",
    "length ratio",
];

/// How alike two stretches of text are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// See [`FEATURE_NAMES`].
    pub features: [f32; FEATURES],
    /// Share, 0 to 1, of the shorter's content that both have between quotation marks in the same words.
    pub quoted_alike: f32,
    /// Share, 0 to 1, of the content that stands in a quotation which the two word differently.
    pub quoted_otherwise: f32,
    /// Content words of the poorer of the two outside what they quote alike.
    pub own_words: usize,
}

impl Likeness {
    /// Log-odds that the one rewords the other, or both a third text.
    pub fn logit(&self) -> f32 {
        BIAS + self.features.iter().zip(WEIGHTS).map(|(feature, weight)| feature * weight).sum::<f32>()
    }
}

/// Fitted by `models/reuse/train.py`.
const BIAS: f32 = -11.34;
/// Fitted by `models/reuse/train.py`, in the order of [`FEATURE_NAMES`].
const WEIGHTS: [f32; FEATURES] = [6.69, 3.98, -1.2, -0.54, 8.75, -0.28, 0.45, -0.25, -1.69, 5.38];

/// Compares two stretches of text.
pub(crate) fn likeness(a: &[Word], b: &[Word], lexicon: &Lexicon) -> Likeness {
    let quotes = quoted_alike(a, b);
    let own_a: Vec<&Word> = own(a, &quotes.in_a);
    let own_b: Vec<&Word> = own(b, &quotes.in_b);
    let own_words = content(&own_a).count().min(content(&own_b).count());
    let total = |words: &[Word]| content_weight(words.iter());
    let quoted = content_weight(a.iter().zip(&quotes.in_a).filter(|(_, q)| **q).map(|(w, _)| w));
    Likeness {
        features: features(&own_a, &own_b, lexicon),
        quoted_alike: (quoted / total(a).min(total(b)).max(0.1)).min(1.0),
        quoted_otherwise: quotes.altered,
        own_words,
    }
}

fn own<'a>(words: &'a [Word], quoted: &[bool]) -> Vec<&'a Word> {
    words.iter().zip(quoted).filter(|(_, quoted)| !**quoted).map(|(word, _)| word).collect()
}

fn content<'a>(words: &'a [&'a Word]) -> impl Iterator<Item = &'a Word> + 'a {
    words.iter().copied().filter(|word| word.is_content())
}

fn content_weight<'a>(words: impl Iterator<Item = &'a Word>) -> f32 {
    words.filter(|word| word.is_content()).map(|word| word.idf).sum()
}

/// The words that both quote alike.
struct QuotedAlike {
    in_a: Vec<bool>,
    in_b: Vec<bool>,
    /// Share of the content of the one that quotes less that stands in a quotation which the other words otherwise.
    altered: f32,
}

/// Share of the shorter's quoted words that must agree in order for the quotation to count as the same, unaltered.
const SAME_QUOTATION: f32 = 0.85;
/// Share from which on unlike words between quotation marks are taken to render the same saying.
const ALTERED_QUOTATION: f32 = 0.3;
/// So many equal words in a row that only one of the two sets in quotation marks are a quotation all the same: posts and
/// statements are often set off without marks.
const UNMARKED_RUN: usize = 6;

fn quoted_alike(a: &[Word], b: &[Word]) -> QuotedAlike {
    let quoted = |words: &[Word]| -> Vec<usize> { (0..words.len()).filter(|&i| words[i].quoted).collect() };
    let (quoted_a, quoted_b) = (quoted(a), quoted(b));
    let mut alike = QuotedAlike { in_a: vec![false; a.len()], in_b: vec![false; b.len()], altered: 0.0 };
    if quoted_a.is_empty() && quoted_b.is_empty() {
        return alike;
    }
    let pairs = common_subsequence(&quoted_a, &quoted_b, |&i, &j| a[i].stem == b[j].stem);
    let share = pairs.len() as f32 / quoted_a.len().min(quoted_b.len()).max(1) as f32;
    if share >= SAME_QUOTATION && !is_reworded(a, &quoted_a, &pairs, b, &quoted_b) {
        for &(i, j) in &pairs {
            alike.in_a[quoted_a[i]] = true;
            alike.in_b[quoted_b[j]] = true;
        }
    } else if share >= ALTERED_QUOTATION {
        alike.altered = quoted_share(a).min(quoted_share(b));
    }
    mark_unmarked_runs(a, b, &mut alike);
    alike
}

/// Whether content words of both quotations are left without the same word in the other, slips of spelling aside.
fn is_reworded(
    a: &[Word],
    quoted_a: &[usize],
    pairs: &[(usize, usize)],
    b: &[Word],
    quoted_b: &[usize],
) -> bool {
    let left = |words: &[Word], quoted: &[usize], met: Vec<usize>| -> Vec<Word> {
        let unmet = quoted.iter().enumerate().filter(|(place, _)| !met.contains(place));
        unmet.map(|(_, &index)| words[index]).filter(Word::is_content).collect()
    };
    let left_a = left(a, quoted_a, pairs.iter().map(|pair| pair.0).collect());
    let left_b = left(b, quoted_b, pairs.iter().map(|pair| pair.1).collect());
    !left_b.is_empty()
        && left_a.iter().any(|word| left_b.iter().all(|other| word.beginning != other.beginning))
}

fn quoted_share(words: &[Word]) -> f32 {
    content_weight(words.iter().filter(|word| word.quoted)) / content_weight(words.iter()).max(0.1)
}

/// Marks long equal runs that stand between quotation marks in one of the two.
fn mark_unmarked_runs(a: &[Word], b: &[Word], alike: &mut QuotedAlike) {
    for i in 0..a.len().saturating_sub(UNMARKED_RUN - 1) {
        for j in 0..b.len().saturating_sub(UNMARKED_RUN - 1) {
            let (run_a, run_b) = (&a[i..i + UNMARKED_RUN], &b[j..j + UNMARKED_RUN]);
            let equal = run_a.iter().zip(run_b).all(|(x, y)| x.stem == y.stem && (x.quoted || y.quoted));
            if equal {
                alike.in_a[i..i + UNMARKED_RUN].fill(true);
                alike.in_b[j..j + UNMARKED_RUN].fill(true);
            }
        }
    }
}

/// The longest common subsequence of two sequences, as pairs of indices in order.
pub(crate) fn common_subsequence<T>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut longest = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if same(&a[i], &b[j]) {
                1 + longest[(i + 1) * width + j + 1]
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if same(&a[i], &b[j]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn features(a: &[&Word], b: &[&Word], lexicon: &Lexicon) -> [f32; FEATURES] {
    let (content_a, content_b): (Vec<&Word>, Vec<&Word>) = (content(a).collect(), content(b).collect());
    let matching = Matching::of(&content_a, &content_b, lexicon);
    let (soft_a, soft_b) = (coverage(&content_a, &matching.best_a), coverage(&content_b, &matching.best_b));
    let (hard_a, hard_b) = (stem_coverage(&content_a, &content_b), stem_coverage(&content_b, &content_a));
    let (figures, _) = shared(a, b, Role::Figure);
    let (names, names_odd) = shared(a, b, Role::Name);
    let (short, long) = (a.len().min(b.len()) as f32, a.len().max(b.len()).max(1) as f32);
    [
        soft_a.min(soft_b),
        soft_a.max(soft_b),
        hard_a.min(hard_b),
        hard_a.max(hard_b),
        pairs_in_common(a, b),
        matching.order_kept,
        figures,
        names,
        names_odd,
        short / long,
    ]
}

/// Each content word's best counterpart.
struct Matching {
    best_a: Vec<f32>,
    best_b: Vec<f32>,
    order_kept: f32,
}

/// From this similarity on two words are taken for counterparts.
const COUNTERPART: f32 = 0.45;

impl Matching {
    fn of(a: &[&Word], b: &[&Word], lexicon: &Lexicon) -> Self {
        let (mut best_a, mut best_b) = (vec![0.0_f32; a.len()], vec![0.0_f32; b.len()]);
        let mut to = vec![None; a.len()];
        for (i, left) in a.iter().enumerate() {
            for (j, right) in b.iter().enumerate() {
                let alike = if left.stem == right.stem { 1.0 } else { lexicon.similarity(left.id, right.id) };
                if alike > best_a[i] {
                    (best_a[i], to[i]) = (alike, Some(j));
                }
                best_b[j] = best_b[j].max(alike);
            }
        }
        let counterparts = to.iter().zip(&best_a).filter(|(_, best)| **best >= COUNTERPART);
        let positions: Vec<usize> = counterparts.filter_map(|(to, _)| *to).collect();
        let order_kept = longest_rise(&positions) as f32 / positions.len().max(1) as f32;
        Self { best_a, best_b, order_kept }
    }
}

/// The length of the longest subsequence that does not fall.
fn longest_rise(positions: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for &position in positions {
        let place = ends.partition_point(|&end| end <= position);
        match ends.get_mut(place) {
            Some(end) => *end = position,
            None => ends.push(position),
        }
    }
    ends.len()
}

fn coverage(words: &[&Word], best: &[f32]) -> f32 {
    let total: f32 = words.iter().map(|word| word.idf).sum();
    let found: f32 = words.iter().zip(best).map(|(word, best)| word.idf * best).sum();
    if total > 0.0 { found / total } else { 0.0 }
}

fn stem_coverage(words: &[&Word], others: &[&Word]) -> f32 {
    let has = |word: &Word| others.iter().any(|other| other.stem == word.stem);
    let best: Vec<f32> = words.iter().map(|word| f32::from(u8::from(has(word)))).collect();
    coverage(words, &best)
}

/// Share of neighbouring word pairs that the shorter has in common with the longer.
fn pairs_in_common(a: &[&Word], b: &[&Word]) -> f32 {
    let pairs =
        |words: &[&Word]| -> Vec<(u64, u64)> { words.windows(2).map(|w| (w[0].stem, w[1].stem)).collect() };
    let (short, long) = if a.len() <= b.len() { (pairs(a), pairs(b)) } else { (pairs(b), pairs(a)) };
    short.iter().filter(|pair| long.contains(pair)).count() as f32 / short.len().max(1) as f32
}

/// Of the words of a role: the share of the poorer's that the other has too, and the share of all that the other lacks.
fn shared(a: &[&Word], b: &[&Word], role: Role) -> (f32, f32) {
    let of_role =
        |words: &[&Word]| -> Vec<u64> { words.iter().filter(|w| w.role == role).map(|w| w.stem).collect() };
    let lacking =
        |some: &[u64], others: &[&Word]| some.iter().filter(|s| others.iter().all(|w| w.stem != **s)).count();
    let (in_a, in_b) = (of_role(a), of_role(b));
    if in_a.is_empty() && in_b.is_empty() {
        return (0.0, 0.0);
    }
    let (only_a, only_b) = (lacking(&in_a, b), lacking(&in_b, a));
    let common = (in_a.len() - only_a).min(in_b.len() - only_b) as f32;
    let poorer = in_a.len().min(in_b.len()).max(1) as f32;
    let odd = only_a.min(only_b) as f32;
    (common / poorer, odd / poorer)
}
