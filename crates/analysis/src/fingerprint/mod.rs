//! Shingles and MinHash signatures: what of a text can be compared without reading the text again.
//!
//! A *shingle* is a run of [`SHINGLE`] words, folded and hashed with XXH3, whose values never change between versions or
//! machines, so that fingerprints may be kept. The share of shingles that two texts have in common (their Jaccard
//! similarity) is estimated from their MinHash signatures, and texts that are likely to be near-duplicates are found
//! by the bands of the signatures without comparing all pairs (Broder, "On the resemblance and containment of
//! documents", 1997; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3).
//!
//! ```
//! use parallax_analysis::fingerprint::Fingerprint;
//! let one = Fingerprint::of("The ferry left the harbour at nine with forty passengers on board".split(' '));
//! let two = Fingerprint::of("The ferry left the harbour at nine with forty passengers on deck".split(' '));
//! assert!(one.jaccard(&two) > 0.6);
//! ```

mod index;
mod minhash;

use parallax_model::{Document, Span, TokenKind};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

pub use index::Neighbours;
pub use minhash::{Fingerprint, NEAR_DUPLICATE, groups, near_duplicates};

/// Words in a shingle. Of two texts of which one has 15 % of the words of the other replaced, runs of two words leave 57 % of all runs in
/// common, runs of four only 35 %, which texts on one event may reach without being copies.
pub const SHINGLE: usize = 2;

/// The hash of a word without regard to case. It never changes.
pub fn word_hash(word: &str) -> u64 {
    if word.is_ascii() && !word.bytes().any(|b| b.is_ascii_uppercase()) {
        return xxh3_64(word.as_bytes());
    }
    xxh3_64(word.to_lowercase().as_bytes())
}

/// The hashes of the runs of [`SHINGLE`] words of a text given as word hashes; of all the words where there are fewer.
pub fn shingles(words: &[u64]) -> Vec<u64> {
    if words.is_empty() {
        return Vec::new();
    }
    words.windows(SHINGLE.min(words.len())).map(run_hash).collect()
}

/// The hash of a run of words, in order.
pub fn run_hash(run: &[u64]) -> u64 {
    run.iter().fold(0, |seed, word| xxh3_64_with_seed(&word.to_le_bytes(), seed))
}

/// The words and numbers of a document's report, furniture left out, in order.
pub fn report_words(document: &Document) -> impl Iterator<Item = Span> + '_ {
    let sentences = document.segments.sentences.iter().enumerate();
    sentences
        .filter(|(_, sentence)| !document.is_boilerplate(sentence.span))
        .flat_map(|(index, _)| document.segments.tokens_of(index))
        .filter(|token| token.kind != TokenKind::Mark)
        .map(|token| token.span)
}
