//! What the tagger sees of one item: its word, its form, and a coarse class in place of a part of speech, as numbers.

use xxhash_rust::xxh3::xxh3_64;

use super::super::line::{Item, ItemKind};

/// What is looked up of an item.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    /// Hashes of the word, its last letters, its class and its form.
    pub(super) keys: [u32; 4],
    pub(super) signs: Signs,
}

/// What is counted between a cue and a position.
#[derive(Debug, Clone, Copy, Default)]
pub struct Signs {
    /// A word in a form of a verb.
    pub verb: bool,
    /// A comma.
    pub comma: bool,
    /// The word "that".
    pub that: bool,
    /// A stretch between quotation marks.
    pub quoted: bool,
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// One number of two.
fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(MIX)
}

/// A number folded to half its length.
const fn key(hash: u64) -> u32 {
    (hash >> 32) as u32 ^ hash as u32
}

/// Looks at every item of a line.
pub(super) fn looks(text: &str, items: &[Item]) -> Vec<Look> {
    items.iter().map(|item| look(text, item)).collect()
}

fn look(text: &str, item: &Item) -> Look {
    let words = item.span.of(text);
    let class = class(item, words);
    let word = match item.kind {
        ItemKind::Number => 1,
        ItemKind::Quoted(_) => mix(2, class),
        _ => xxh3_64(item.lower().as_bytes()),
    };
    let verbal = item.verb.is_some()
        || item.classes.is_auxiliary()
        || item.lower().ends_with("ed")
        || item.lower().ends_with("ing");
    let suffix = xxh3_64(suffix(item.lower(), 3).as_bytes());
    Look {
        keys: [word, suffix, class, shape(item, words)].map(key),
        signs: Signs {
            verb: item.is_word() && verbal,
            comma: item.is_mark(","),
            that: item.lower() == "that",
            quoted: item.quoted().is_some(),
        },
    }
}

fn suffix(word: &str, letters: usize) -> &str {
    word.char_indices().rev().nth(letters - 1).map_or(word, |(start, _)| &word[start..])
}

fn shape(item: &Item, words: &str) -> u64 {
    let upper = words.chars().filter(|c| c.is_uppercase()).take(3).count() as u64;
    let digits = u64::from(words.contains(|c: char| c.is_ascii_digit()));
    let hyphen = u64::from(words.contains('-'));
    upper * 8 + digits * 4 + hyphen * 2 + u64::from(item.capital)
}

/// A number for the coarse class of an item: closed classes by word list, open ones by ending and capital.
fn class(item: &Item, words: &str) -> u64 {
    match item.kind {
        ItemKind::Quoted(_) => quoted_class(words),
        ItemKind::Number => 3,
        ItemKind::Mark => mix(4, xxh3_64(item.lower().as_bytes())),
        ItemKind::Word => word_class(item),
    }
}

/// How a quoted stretch begins, ends, and how long it is.
fn quoted_class(words: &str) -> u64 {
    let inner = words.trim_matches(|c: char| "\"“”„«»‘’'".contains(c));
    let upper = u64::from(!inner.starts_with(char::is_lowercase));
    let end = match inner.chars().last() {
        Some(',') => 1,
        Some('.') => 2,
        Some('?' | '!') => 3,
        _ => 0,
    };
    let length = match inner.split_whitespace().take(9).count() {
        0..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    100 + upper + 2 * end + 8 * length
}

fn word_class(item: &Item) -> u64 {
    let word = item.lower();
    if let Some(verb) = item.verb.filter(|_| !item.capital) {
        return 200 + 8 * verb.class as u64 + verb.form as u64;
    }
    let classes = item.classes;
    let closed = [
        classes.is_subject_pronoun() && !classes.is_determiner(),
        classes.is_auxiliary(),
        classes.is_determiner(),
        classes.is_preposition(),
        classes.is_conjunction(),
        classes.is_relative(),
        classes.is_object_pronoun(),
        classes.is_time_word(),
        classes.is_adverb(),
    ];
    if let Some(index) = closed.iter().position(|&is| is) {
        return 10 + index as u64;
    }
    if item.capital {
        return 30;
    }
    const ENDINGS: [&str; 22] = [
        "ly", "ing", "ed", "tion", "ment", "ness", "ity", "ous", "ive", "al", "ic", "able", "ful", "er",
        "or", "ist", "an", "en", "ss", "es", "s", "y",
    ];
    ENDINGS.iter().position(|e| word.ends_with(e)).map_or(31, |index| 40 + index as u64)
}
