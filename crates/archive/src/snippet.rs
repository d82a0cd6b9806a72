//! The part of a text that shows why it was found.

use parallax_model::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::query::{Column, Query, Words, word_spans};

/// Bytes of a snippet.
const WIDTH: usize = 240;
/// Bytes before the first word that was found.
const LEAD: usize = 60;
/// Farther into a text nobody looks for a snippet.
const FARTHEST: usize = 1 << 18;
/// More places than these are not weighed against each other.
const MOST_MARKS: usize = 500;

/// The part of a text that shows why it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The part: bytes into the article's text.
    pub span: Span,
    /// The words in it that were looked for, in order.
    pub marks: Vec<Span>,
}

/// A word of a text, folded as the index folds it.
struct Token {
    span: Span,
    folded: String,
}

/// The part of `text` with the most of what `query` looks for; its beginning where there is none of it.
pub(crate) fn snippet(text: &str, query: &Query) -> Snippet {
    let near = &text[..floor(text, FARTHEST)];
    let marks = marks(near, query);
    let window =
        |first: Span| Span::new(first.start.saturating_sub(LEAD), first.start.saturating_sub(LEAD) + WIDTH);
    let inside = |window: Span| marks.iter().filter(move |(_, span)| window.contains(*span));
    let richness = |window: Span| {
        let mut terms: Vec<usize> = inside(window).map(|(term, _)| *term).collect();
        let all = terms.len();
        terms.sort_unstable();
        terms.dedup();
        (terms.len(), all)
    };
    let windows = marks.iter().map(|(_, span)| window(*span));
    // Of windows that are as rich the first.
    let best = windows.rev().max_by_key(|window| richness(*window)).unwrap_or(Span::new(0, WIDTH));
    let span = whole_words(text, best);
    let marks = marks.iter().map(|(_, mark)| *mark).filter(|mark| span.contains(*mark)).collect();
    Snippet { span, marks }
}

/// Where the query's words stand, each with the number of the words, by position and without overlap.
fn marks(text: &str, query: &Query) -> Vec<(usize, Span)> {
    let terms: Vec<(Vec<String>, bool)> = query.wanted.iter().filter_map(term).collect();
    let tokens: Vec<Token> = tokens(text).collect();
    let mut marks = Vec::new();
    let mut at = 0;
    while at < tokens.len() && marks.len() < MOST_MARKS {
        let found = terms.iter().position(|term| begins(&tokens[at..], term));
        match found {
            Some(number) => {
                let length = terms[number].0.len();
                marks.push((number, tokens[at].span.join(tokens[at + length - 1].span)));
                at += length;
            }
            None => at += 1,
        }
    }
    marks
}

/// The folded words of a part of the query that can stand in a text, and whether the last may go on.
fn term(words: &Words) -> Option<(Vec<String>, bool)> {
    let folded: Vec<String> = tokens(&words.text).map(|token| token.folded).collect();
    (words.column != Column::Outlet && !folded.is_empty()).then_some((folded, words.is_prefix))
}

fn begins(tokens: &[Token], (words, is_prefix): &(Vec<String>, bool)) -> bool {
    let last = words.len().saturating_sub(1);
    tokens.len() >= words.len()
        && words.iter().zip(tokens).enumerate().all(|(index, (word, token))| {
            if *is_prefix && index == last {
                token.folded.starts_with(word.as_str())
            } else {
                token.folded == *word
            }
        })
}

fn tokens(text: &str) -> impl Iterator<Item = Token> {
    word_spans(text).map(|span| Token { span, folded: fold(span.of(text)) })
}

fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The window within the text, without the words that it cuts.
fn whole_words(text: &str, window: Span) -> Span {
    let start = floor(text, window.start);
    let end = floor(text, window.end);
    let start = match text[..start].chars().next_back() {
        Some(before) if !before.is_whitespace() => {
            text[start..end].find(char::is_whitespace).map_or(start, |cut| start + cut)
        }
        _ => start,
    };
    let end = match text[end..].chars().next() {
        Some(after) if !after.is_whitespace() => {
            text[start..end].rfind(char::is_whitespace).filter(|cut| *cut > 0).map_or(end, |cut| start + cut)
        }
        _ => end,
    };
    Span::new(start, end).trimmed(text)
}

/// The last boundary between characters up to `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(text: &str, query: &str) -> Vec<String> {
        let snippet = snippet(text, &query.parse().expect("a query"));
        snippet.marks.iter().map(|mark| mark.of(text).to_owned()).collect()
    }

    #[test]
    fn the_words_that_were_looked_for_are_marked() {
        let text =
            "The dam broke. Übung: a dam-breach drill for the cafe\u{301} at the Dam Breach museum; damages.";
        for (query, expected) in [
            ("dam", vec!["dam", "dam", "Dam"]),
            ("\"dam breach\"", vec!["dam-breach", "Dam Breach"]),
            ("dam*", vec!["dam", "dam", "Dam", "damages"]),
            ("ubung", vec!["Übung"]),
            ("café", vec!["cafe\u{301}"]),
            ("outlet:dam", vec![]),
            ("dam -drill", vec!["dam", "dam", "Dam"]),
        ] {
            assert_eq!(marked(text, query), expected, "{query}");
        }
    }

    #[test]
    fn the_richest_part_is_shown() {
        let text = format!(
            "The dam. {} The dam breach killed fourteen. {}",
            "Words. ".repeat(100),
            "More. ".repeat(100)
        );
        let snippet = snippet(&text, &"dam breach".parse().expect("a query"));
        assert!(snippet.span.of(&text).contains("dam breach killed"));
        assert_eq!(snippet.marks.len(), 2);
    }

    proptest! {
        #[test]
        fn a_snippet_slices_the_text(text in "([a-zé日\u{301}]{1,5}[ .\n-]{1,2}){0,120}", query in "[a-zé]{1,2}[*]?") {
            let snippet = snippet(&text, &query.parse().expect("a query"));
            prop_assert!(text.get(snippet.span.start..snippet.span.end).is_some());
            prop_assert!(snippet.marks.iter().all(|mark| snippet.span.contains(*mark) && text.is_char_boundary(mark.start)));
        }
    }
}
