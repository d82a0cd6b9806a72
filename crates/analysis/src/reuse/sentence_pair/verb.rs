//! The forms of words as far as telling who did what needs them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::reuse::unit::stem_hash;
use crate::wordlist::{WordMap, WordSet, entries};

static WITH_OBJECT: &str = include_str!("../../../data/irregular-verbs.txt");
static WITHOUT_OBJECT: &str = include_str!("../../../data/irregular-intransitives.txt");

/// The bases of the irregular forms.
static BASES: LazyLock<WordMap<&str, &str>> = LazyLock::new(|| {
    let forms = |line: &'static str| {
        let mut words = line.split(' ');
        let base = words.next().unwrap_or_default();
        words.map(move |form| (form, base))
    };
    entries(WITH_OBJECT).chain(entries(WITHOUT_OBJECT)).flat_map(forms).collect()
});

/// The irregular pasts and participles of verbs that have an object.
static DONE_TO: LazyLock<WordSet> =
    LazyLock::new(|| entries(WITH_OBJECT).flat_map(|line| line.split(' ').skip(1)).collect());

/// The base of an irregular form: "lose" of "lost".
pub(super) fn base(word: &str) -> Option<&'static str> {
    BASES.get(word).copied()
}

/// Whether a word is an irregular past or participle of what somebody does to somebody.
pub(super) fn is_irregular_deed(word: &str) -> bool {
    DONE_TO.contains(word)
}

/// The stems of a word's regular forms: of "admit" also of "admitted", of "deny" also of "denies".
pub(super) fn stems_of(word: &str) -> BTreeSet<u64> {
    let doubled = word.chars().last().map_or(word.to_owned(), |last| format!("{word}{last}"));
    let short = &word[..word.len() - word.chars().last().map_or(0, char::len_utf8)];
    let forms = [
        word.to_owned(),
        format!("{word}s"),
        format!("{word}es"),
        format!("{word}ed"),
        format!("{word}ing"),
        format!("{doubled}ed"),
        format!("{doubled}ing"),
    ];
    let of_y = word.ends_with('y').then(|| [format!("{short}ies"), format!("{short}ied")]);
    let of_e = word.ends_with('e').then(|| [format!("{word}d"), format!("{short}ing")]);
    forms
        .iter()
        .chain(of_y.iter().flatten())
        .chain(of_e.iter().flatten())
        .map(|form| stem_hash(form))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irregular_forms_have_their_base() {
        for (form, expected) in
            [("lost", Some("lose")), ("beaten", Some("beat")), ("beat", Some("beat")), ("sued", None)]
        {
            assert_eq!(base(form), expected, "{form}");
        }
        assert!(is_irregular_deed("sold") && !is_irregular_deed("sell") && !is_irregular_deed("rose"));
    }

    #[test]
    fn regular_forms_have_the_stem_of_their_word() {
        for (word, form) in
            [("admit", "admitted"), ("deny", "denies"), ("raise", "raising"), ("own", "owned")]
        {
            assert!(stems_of(word).contains(&stem_hash(form)), "{form}");
        }
    }
}
