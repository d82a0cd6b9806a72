//! Lists of words and wordings: files in `data`, compiled in.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Words of our own lists with what is known of each. What a text holds must not become a key: it could be chosen to collide.
pub(crate) type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;
/// Words of our own lists.
pub(crate) type WordSet = HashSet<&'static str, BuildHasherDefault<WordHasher>>;

/// The entries of a list: one a line, `#` before a comment.
pub(crate) fn entries(file: &str) -> impl Iterator<Item = &str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Hashes words of a few letters in a few instructions, eight letters at a time (the hash of Firefox and the Rust compiler).
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WordHasher(u64);

impl WordHasher {
    fn add(&mut self, letters: u64) {
        const MULTIPLIER: u64 = 0xF135_7AEA_2E62_A9C5;
        self.0 = (self.0.rotate_left(5) ^ letters).wrapping_mul(MULTIPLIER);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks();
        eights.iter().for_each(|&eight| self.add(u64::from_le_bytes(eight)));
        self.add(rest.iter().fold(bytes.len() as u64, |letters, &letter| letters << 8 | u64::from(letter)));
    }

    /// The mark that `str` ends with; the length is hashed already.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{BuildHasher, BuildHasherDefault};

    #[test]
    fn words_that_differ_by_a_letter_are_told_apart() {
        let hash = |word: &str| BuildHasherDefault::<WordHasher>::default().hash_one(word);
        let words =
            ["", "a", "b", "ab", "ba", "official", "officials", "officialdom", "officialdon", "\0", "\0\0"];
        let hashes: HashSet<u64> = words.iter().map(|word| hash(word)).collect();
        assert_eq!(hashes.len(), words.len());
    }

    #[test]
    fn comments_and_empty_lines_are_no_entries() {
        assert_eq!(entries("# list\none\n\n two words \n").collect::<Vec<_>>(), ["one", "two words"]);
    }
}
