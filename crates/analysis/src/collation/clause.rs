//! The clauses of reported speech, each of which may report another saying.

use parallax_model::Span;

use super::words::pieces;
use crate::wordlist::entries;

/// A clause of fewer words is left with its neighbour.
const FEWEST_WORDS: usize = 4;

/// Takes a sentence apart where a clause begins with its own conjunction. What is not worth a clause stays with the one before.
pub(super) fn clauses(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    let mut found = Vec::new();
    let mut start = span.start;
    for piece in pieces(words) {
        let at = span.start + piece.start;
        if begins_clause(&text[..at], &text[at..span.end])
            && is_enough(&text[start..at])
            && is_enough(&text[at..span.end])
        {
            found.push(Span::new(start, at).trimmed(text));
            start = at;
        }
    }
    found.push(Span::new(start, span.end).trimmed(text));
    found.retain(|clause| !clause.is_empty());
    found
}

fn is_enough(words: &str) -> bool {
    pieces(words).len() >= FEWEST_WORDS
}

fn begins_clause(before: &str, rest: &str) -> bool {
    let after_comma = before.trim_end().ends_with([',', ';']);
    entries(include_str!("../../data/clause-openings.txt")).any(|opening| {
        let (words, needs_comma) = opening.strip_prefix(", ").map_or((opening, false), |words| (words, true));
        (after_comma || !needs_comma) && opens(rest, words)
    })
}

fn opens(rest: &str, words: &str) -> bool {
    let Some(start) = rest.get(..words.len()) else { return false };
    start.eq_ignore_ascii_case(words) && rest[words.len()..].starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_opens_with_its_conjunction() {
        check("the dam would hold", &["the dam would hold"]);
        check(
            "the dam would hold for a week and that nobody had to leave",
            &["the dam would hold for a week", "and that nobody had to leave"],
        );
        check(
            "the call took an hour or so, with the mayor offering help",
            &["the call took an hour or so,", "with the mayor offering help"],
        );
        check(
            "he met the mayor with his deputy and his driver",
            &["he met the mayor with his deputy and his driver"],
        );
        check("he left and the rain began", &["he left and the rain began"]);
        check("", &[]);
    }

    fn check(text: &str, expected: &[&str]) {
        let found = clauses(text, Span::new(0, text.len()));
        assert_eq!(found.iter().map(|clause| clause.of(text)).collect::<Vec<_>>(), expected);
    }
}
