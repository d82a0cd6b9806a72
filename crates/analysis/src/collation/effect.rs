//! Whether a change of words changes the meaning.

use std::sync::LazyLock;

use parallax_model::Effect;

use super::relation::{Spoken, entries, is_backshift};

static NEGATIONS: LazyLock<Vec<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/negations.txt")).collect());
static NEGATIVE_PREFIXES: [&str; 6] = ["un", "in", "im", "ir", "dis", "non"];
static MODALS: LazyLock<Vec<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/modals.txt")).collect());
static NUMERALS: LazyLock<Vec<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/numerals.txt")).collect());

/// How the change from `before` to `after` bears on the meaning: the gravest that applies.
pub(super) fn effect(before: &[Spoken], after: &[Spoken]) -> Option<Effect> {
    if negations(before, after) % 2 != negations(after, before) % 2 {
        Some(Effect::Negation)
    } else if chosen(before, |w| is_number(&w.text)) != chosen(after, |w| is_number(&w.text)) {
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

fn is_number(word: &str) -> bool {
    word.chars().any(char::is_numeric) || NUMERALS.contains(&word)
}

/// Whether one name stands for another. A name added or left out beside the same words is no other name.
fn changes_name(before: &[Spoken], after: &[Spoken]) -> bool {
    let (old, new) = (chosen(before, |w| w.is_name), chosen(after, |w| w.is_name));
    !old.is_empty() && !new.is_empty() && old.iter().all(|name| !new.contains(name))
}

fn changes_modality(before: &[Spoken], after: &[Spoken]) -> bool {
    let is_modal = |word: &Spoken| MODALS.contains(&word.text.as_str());
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
    }

    fn check(before: &str, after: &str, expected: Option<Effect>) {
        assert_eq!(effect(&spoken(before), &spoken(after)), expected, "{before} -> {after}");
        assert_eq!(effect(&spoken(after), &spoken(before)), expected, "{after} -> {before}");
    }

    fn spoken(words: &str) -> Vec<Spoken> {
        let words = words.split_whitespace();
        words.map(|w| Spoken { text: w.replace('@', ""), is_name: w.starts_with('@') }).collect()
    }
}
