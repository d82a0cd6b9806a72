//! The features of a pair of sentences.

use parallax_model::Conflict;

use super::super::likeness::{common_subsequence, likeness};
use super::super::unit::Role;
use super::statement::{Statement, Term};
use crate::embedding::Lexicon;
use crate::wordlist::entries;

/// The number of features.
pub const SENTENCE_FEATURES: usize = 24;

/// Names of the features, in order.
pub const SENTENCE_FEATURE_NAMES: [&str; SENTENCE_FEATURES] = [
    "coverage of the less covered",
    "coverage of the more covered",
    "equal stems of the less covered",
    "equal stems of the more covered",
    "word pairs in common",
    "order kept",
    "names in common",
    "names at odds",
    "length ratio",
    "words in common",
    "words kept in order",
    "letter runs in common",
    "longest run",
    "word triples in common",
    "meaning",
    "content only in the richer",
    "content only in the poorer",
    "figures at odds",
    "figures only in one",
    "name replaced",
    "negation",
    "modality",
    "roles",
    "opposites",
];

/// Where [`words_kept`] stands.
const WORDS_KEPT: usize = 10;

/// The share of the words of the longer, by rarity, that the shorter keeps in order.
pub(super) fn words_kept(features: &[f32; SENTENCE_FEATURES]) -> f32 {
    features[WORDS_KEPT]
}

pub(super) fn features(
    a: &Statement,
    b: &Statement,
    conflicts: &[Conflict],
    lexicon: &Lexicon,
) -> [f32; SENTENCE_FEATURES] {
    let (words_a, words_b) = (a.words(), b.words());
    let [soft_less, soft_more, hard_less, hard_more, pairs, order, _, names, names_odd, length] =
        likeness(&words_a, &words_b, lexicon).features;
    let (only_a, only_b) = (only_here(a, b, lexicon), only_here(b, a, lexicon));
    let has = |conflict: Conflict| f32::from(u8::from(conflicts.contains(&conflict)));
    let more_figures = a.amounts.figures.len().abs_diff(b.amounts.figures.len()).min(3) as f32;
    [
        soft_less,
        soft_more,
        hard_less,
        hard_more,
        pairs,
        order,
        names,
        names_odd,
        length,
        runs_in_common(&stems(a), &stems(b), 1),
        kept(&a.terms.iter().collect::<Vec<_>>(), &b.terms.iter().collect::<Vec<_>>()),
        runs_in_common(&letters(a), &letters(b), 4),
        longest_run(&stems(a), &stems(b)),
        runs_in_common(&stems(a), &stems(b), 3),
        lexicon.pool(&a.ids()).cosine(&lexicon.pool(&b.ids())),
        only_a.max(only_b),
        only_a.min(only_b),
        has(Conflict::Number),
        more_figures,
        has(Conflict::Name),
        has(Conflict::Negation),
        f32::from(u8::from(modals(a) != modals(b))),
        has(Conflict::Roles),
        has(Conflict::Opposite),
    ]
}

fn stems(statement: &Statement) -> Vec<u64> {
    statement.terms.iter().map(|term| term.word.stem).collect()
}

fn letters(statement: &Statement) -> Vec<u64> {
    let words = statement.terms.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" ");
    words.chars().map(u64::from).collect()
}

/// Runs of `length` that both have, as a share of those of both (Dice).
fn runs_in_common(a: &[u64], b: &[u64], length: usize) -> f32 {
    let runs = |sequence: &[u64]| -> Vec<Vec<u64>> {
        let mut runs: Vec<Vec<u64>> = sequence.windows(length).map(<[u64]>::to_vec).collect();
        runs.sort_unstable();
        runs
    };
    let (runs_a, runs_b) = (runs(a), runs(b));
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (runs_a.get(i), runs_b.get(j)) {
        common += usize::from(x == y);
        (i, j) = (i + usize::from(x <= y), j + usize::from(x >= y));
    }
    2.0 * common as f32 / (runs_a.len() + runs_b.len()).max(1) as f32
}

/// The share of the words of the longer, by rarity, that both have in the same order.
pub(super) fn kept(a: &[&Term], b: &[&Term]) -> f32 {
    let weight = |term: &&Term| 1.0 + term.word.idf;
    let common = common_subsequence(a, b, |x, y| x.word.stem == y.word.stem);
    let total = |terms: &[&Term]| terms.iter().map(weight).sum::<f32>();
    common.iter().map(|&(i, _)| weight(&a[i])).sum::<f32>() / total(a).max(total(b)).max(1.0)
}

/// The longest run of words that both have, as a share of the shorter.
fn longest_run(a: &[u64], b: &[u64]) -> f32 {
    let mut longest = 0;
    let mut above = vec![0_usize; b.len() + 1];
    for x in a {
        let mut row = vec![0; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            row[j + 1] = if x == y { above[j] + 1 } else { 0 };
            longest = longest.max(row[j + 1]);
        }
        above = row;
    }
    longest as f32 / a.len().min(b.len()).max(1) as f32
}

/// What the content of `a` that has no counterpart in `b` weighs, in tens.
fn only_here(a: &Statement, b: &Statement, lexicon: &Lexicon) -> f32 {
    let content = a.terms.iter().filter(|term| term.word.is_content());
    let best = |term: &Term| {
        let others = b.terms.iter().map(|other| {
            if other.word.stem == term.word.stem {
                1.0
            } else {
                lexicon.similarity(term.word.id, other.word.id)
            }
        });
        others.fold(0.0, f32::max)
    };
    content.map(|term| term.word.idf * (1.0 - best(term))).sum::<f32>() / 10.0
}

fn modals(statement: &Statement) -> Vec<&str> {
    const MODALS: &str = include_str!("../../../data/modals.txt");
    let is_modal = |word: &str| entries(MODALS).any(|modal| modal == word);
    let mut found: Vec<&str> = statement
        .terms
        .iter()
        .filter(|term| term.word.role != Role::Name && is_modal(&term.text))
        .map(|term| term.text.as_str())
        .collect();
    found.sort_unstable();
    found
}
