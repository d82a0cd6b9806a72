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
mod words;

use xxhash_rust::xxh3::xxh3_64;

pub use index::Neighbours;
pub use minhash::{Fingerprint, LARGEST_BUCKET, NEAR_DUPLICATE, groups, near_duplicates, neighbours};

/// Words in a shingle. Of two texts of which one has 15 % of the words of the other replaced, runs of two words leave 57 % of all runs in
/// common, runs of four only 35 %, which texts on one event may reach without being copies.
pub const SHINGLE: usize = 2;

/// The hash of a word without regard to case. It never changes.
pub fn word_hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut folded = [0; LONG_WORD];
    match folded.get_mut(..bytes.len()) {
        Some(folded) if word.is_ascii() => {
            folded.copy_from_slice(bytes);
            folded.make_ascii_lowercase();
            xxh3_64(folded)
        }
        _ => xxh3_64(word.to_lowercase().as_bytes()),
    }
}

/// Bytes of a word that is folded in place; longer ones are rare.
const LONG_WORD: usize = 24;

/// The hashes of the runs of [`SHINGLE`] words of a text given as word hashes; of all the words where there are fewer.
pub fn shingles(words: &[u64]) -> Vec<u64> {
    if words.is_empty() {
        return Vec::new();
    }
    words.windows(SHINGLE.min(words.len())).map(run_hash).collect()
}

/// The hash of a run of hashes, in order. It never changes.
pub fn run_hash<T: Copy + Into<u64>>(run: &[T]) -> u64 {
    run.iter().fold(0, |seed: u64, &hash| mixed(seed.rotate_left(29) ^ hash.into()))
}

/// Spreads the bits of a number over all of it (the finaliser of Steele, Lea and Flood's SplitMix, 2014).
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
