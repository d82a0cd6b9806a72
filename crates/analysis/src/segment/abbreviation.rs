//! Abbreviations, and the words that open sentences after them.

use crate::wordlist::entries;
use std::sync::LazyLock;

/// What may stand after the full stop of an abbreviation within a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A name: the stop never ends a sentence.
    BeforeName,
    /// A number; before anything else the stop ends the sentence.
    BeforeNumber,
    /// Anything: what follows decides.
    Anywhere,
}

/// What kind of abbreviation `word`, without its full stop, is.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if is_initials(word) {
        return Some(Abbreviation::Anywhere);
    }
    let index = ABBREVIATIONS.binary_search_by(|(known, _)| (*known).cmp(word)).ok()?;
    ABBREVIATIONS.get(index).map(|(_, kind)| *kind)
}

/// Whether `word` with a capital opens a sentence rather than being part of a name.
pub(super) fn opens_sentence(word: &str) -> bool {
    OPENERS.binary_search(&word).is_ok()
}

/// Whether `word` is one letter with a capital ("J") or letters with stops between them ("U.S", "a.m", "Ph.D").
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.');
    let Some(first) = parts.next() else { return false };
    if !word.contains('.') {
        return is_letter(first) && first.chars().all(char::is_uppercase);
    }
    word.len() <= 12 && std::iter::once(first).chain(parts).all(|p| is_letter(p) || p == "Ph")
}

fn is_letter(part: &str) -> bool {
    let mut letters = part.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

static ABBREVIATIONS: LazyLock<Vec<(&str, Abbreviation)>> = LazyLock::new(|| {
    let mut known: Vec<_> =
        entries(include_str!("../../data/abbreviations.txt")).filter_map(parse_abbreviation).collect();
    known.sort_unstable_by_key(|(word, _)| *word);
    known
});

static OPENERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut openers: Vec<_> = entries(include_str!("../../data/sentence-openers.txt")).collect();
    openers.sort_unstable();
    openers
});

fn parse_abbreviation(line: &'static str) -> Option<(&'static str, Abbreviation)> {
    let (word, kind) = line.split_once(' ')?;
    let kind = match kind {
        "name" => Abbreviation::BeforeName,
        "number" => Abbreviation::BeforeNumber,
        _ => Abbreviation::Anywhere,
    };
    Some((word, kind))
}
