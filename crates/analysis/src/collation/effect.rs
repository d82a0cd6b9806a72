//! Whether a change of words changes the meaning.

use std::sync::LazyLock;

use parallax_model::Effect;

use super::relation::{Spoken, is_backshift};
use crate::wordlist::entries;

static NEGATIONS: LazyLock<Vec<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/negations.txt")).collect());
static NEGATIVE_PREFIXES: [&str; 6] = ["un", "in", "im", "ir", "dis", "non"];
static MODALS: LazyLock<Vec<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/modals.txt")).collect());
static NUMERALS: LazyLock<Vec<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/numerals.txt")).collect());

/// A longer stretch that changed is another sentence rather than another word: a negation or figure in it negates or counts something
/// else.
const LONGEST_QUOTED: usize = 5;
/// Reported speech changes more words around the one that counts, so that only a change on the spot tells.
const LONGEST_REPORTED: usize = 2;

/// How the change from `before` to `after` bears on the meaning: the gravest that applies. Where one of the two is reported speech, what
/// was added or left out says nothing, nor does a modal that came or went with the tense.
pub(super) fn effect(before: &[Spoken], after: &[Spoken], are_quoted: bool) -> Option<Effect> {
    let longest = if are_quoted { LONGEST_QUOTED } else { LONGEST_REPORTED };
    let is_one_sided = before.is_empty() || after.is_empty();
    if before.len().max(after.len()) > longest || !are_quoted && is_one_sided {
        return None;
    }
    let found = gravest(before, after)?;
    let is_exchange = || match found {
        Effect::Number => has(before, is_number) && has(after, is_number),
        Effect::Modality => has(before, is_modal) && has(after, is_modal),
        Effect::Negation | Effect::Name => true,
    };
    (are_quoted || is_exchange()).then_some(found)
}

fn gravest(before: &[Spoken], after: &[Spoken]) -> Option<Effect> {
    if negations(before, after) % 2 != negations(after, before) % 2 {
        Some(Effect::Negation)
    } else if chosen(before, is_number) != chosen(after, is_number) {
        Some(Effect::Number)
    } else if changes_name(before, after) {
        Some(Effect::Name)
    } else {
        changes_modality(before, after).then_some(Effect::Modality)
    }
}

/// The words of a kind, in order.
fn chosen(words: &[Spoken], is_kind: impl Fn(&Spoken) -> bool) -> Vec<&str> {
    words.iter().filter(|word| is_kind(word)).map(|word| word.text.as_str()).collect()
}

/// How often `words` negate: "not", "never", or a prefix where the other side has the bare word ("unaware" for "aware").
fn negations(words: &[Spoken], others: &[Spoken]) -> usize {
    let is_negated = |word: &str| {
        let mut bare = NEGATIVE_PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix));
        bare.any(|bare| others.iter().any(|other| other.text == bare))
    };
    let is_negation = |word: &str| word.ends_with("n't") || NEGATIONS.contains(&word) || is_negated(word);
    words.iter().filter(|word| is_negation(&word.text)).count()
}

fn has(words: &[Spoken], is_kind: impl Fn(&Spoken) -> bool) -> bool {
    words.iter().any(is_kind)
}

fn is_number(word: &Spoken) -> bool {
    word.text.chars().any(char::is_numeric) || NUMERALS.contains(&word.text.as_str())
}

fn is_modal(word: &Spoken) -> bool {
    MODALS.contains(&word.text.as_str())
}

/// Whether one name stands for another. A name added or left out beside the same words is no other name.
fn changes_name(before: &[Spoken], after: &[Spoken]) -> bool {
    let (old, new) = (chosen(before, |w| w.is_name), chosen(after, |w| w.is_name));
    let (joined, other) = (old.concat(), new.concat());
    let is_spelt_apart = joined.contains(&other) || other.contains(&joined);
    !is_spelt_apart && old.iter().all(|name| !new.contains(name))
}

fn changes_modality(before: &[Spoken], after: &[Spoken]) -> bool {
    let (old, new) = (chosen(before, is_modal), chosen(after, is_modal));
    let is_same = |(a, b): (&&str, &&str)| a == b || is_backshift(a, b);
    old.len() != new.len() || !old.iter().zip(&new).all(is_same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_the_meaning_is_marked() {
        check("will", "will not", Some(Effect::Negation));
        check("always", "never", Some(Effect::Negation));
        check("not aware", "unaware", None);
        check("possible", "impossible", Some(Effect::Negation));
        check("do n't", "do not", None);
        check("forty", "fourteen", Some(Effect::Number));
        check("71 of", "123 of", Some(Effect::Number));
        check("will", "may", Some(Effect::Modality));
        check("must", "should", Some(Effect::Modality));
        check("can", "could", None);
        check("stop", "halt", None);
        check("@Orsk", "@Velm", Some(Effect::Name));
        check("@Mayor @Orsk", "@Orsk", None);
        check("he", "@Orsk", None);
        check("@V @Orsk", "@VOrsk", None);
        check("every", "each", None);
        check("nobody", "no one", None);
        check("there is a chance that we could", "", None);
    }

    fn check(before: &str, after: &str, expected: Option<Effect>) {
        assert_eq!(effect(&spoken(before), &spoken(after), true), expected, "{before} -> {after}");
        assert_eq!(effect(&spoken(after), &spoken(before), true), expected, "{after} -> {before}");
    }

    #[test]
    fn reported_speech_changes_the_meaning_only_on_the_spot() {
        let check = |before: &str, after: &str, expected| {
            assert_eq!(effect(&spoken(before), &spoken(after), false), expected, "{before} -> {after}");
        };
        check("must", "may", Some(Effect::Modality));
        check("can", "could", None);
        check("wants", "would want", None);
        check("", "would", None);
        check("forty", "fourteen", Some(Effect::Number));
        check("two finalists", "rivals", None);
        check("the gates were not closed in time", "everybody fled", None);
    }

    fn spoken(words: &str) -> Vec<Spoken> {
        let words = words.split_whitespace();
        words.map(|w| Spoken { text: w.replace('@', ""), is_name: w.starts_with('@') }).collect()
    }
}
