//! Clauses: the stretches of a sentence that each state one thing.
//!
//! No parser is at hand, so a clause ends where shallow signs say that another begins: a conjunction with a verb in reach, a
//! relative pronoun or a participle after a comma, "that" after a verb of saying, the bounds of an indirect quotation.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use parallax_model::{Document, QuotationKind, Span, Token, TokenKind};

use crate::wordlist::entries;

/// A clause of one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Where.
    pub(crate) span: Span,
    /// Index of its sentence.
    pub(crate) sentence: usize,
}

/// Whether a word opens a clause anywhere, or only after a comma.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    Anywhere,
    AfterComma,
}

static OPENERS: LazyLock<HashMap<&str, Opening>> = LazyLock::new(|| {
    let opener = |line: &'static str| {
        let (word, place) = line.split_once('\t')?;
        Some((word, if place == "always" { Opening::Anywhere } else { Opening::AfterComma }))
    };
    entries(include_str!("../../data/clause-openers.txt")).filter_map(opener).collect()
});
static FINITE: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/finite-verbs.txt")).collect());

/// Shorter stretches state nothing on their own and stay with what precedes them.
const FEWEST_WORDS: usize = 4;
/// How far after "and" a verb tells that a clause begins.
const VERB_REACH: usize = 5;

/// The clauses of the sentence at `index`, in order.
pub(crate) fn clauses_of(document: &Document, index: usize) -> Vec<Clause> {
    let text = document.text();
    let tokens = document.segments.tokens_of(index);
    let words: Vec<&str> = tokens.iter().map(|token| token.span.of(text)).collect();
    let mut starts = vec![0];
    for at in 1..tokens.len() {
        let begun = starts.last().copied().unwrap_or(0);
        if (opens_clause(&words, at) || follows_free_hyphen(tokens, &words, at))
            && count_words(&tokens[begun..at]) >= FEWEST_WORDS
            && count_words(&tokens[at..]) >= FEWEST_WORDS
        {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
    let stretches = starts.iter().zip(ends).filter_map(|(&start, end)| trimmed(tokens, &words, start, end));
    stretches
        .flat_map(|span| at_quotation(document, span))
        .map(|span| Clause { span, sentence: index })
        .collect()
}

/// Whether a hyphen between blanks stands before the word, as behind a dateline.
fn follows_free_hyphen(tokens: &[Token], words: &[&str], at: usize) -> bool {
    let gap = |a: usize, b: usize| tokens[a].span.end < tokens[b].span.start;
    at > 1 && words[at - 1] == "-" && gap(at - 2, at - 1) && gap(at - 1, at)
}

fn count_words(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| token.kind != TokenKind::Mark).count()
}

/// Whether a clause begins with the word at `at`.
fn opens_clause(words: &[&str], at: usize) -> bool {
    let (Some(before), Some(word)) = (words.get(at - 1), words.get(at)) else { return false };
    let lower = word.to_lowercase();
    if matches!(*before, ";" | ":" | "–" | "—") {
        // "4:10 a.m." and "2–1" go on.
        return !word.starts_with(|c: char| c.is_ascii_digit());
    }
    let comma = *before == ",";
    match OPENERS.get(&*lower) {
        _ if lower == "and" || lower == "or" => verb_in_reach(words, at),
        Some(Opening::Anywhere) => true,
        Some(Opening::AfterComma) if comma => true,
        _ if lower == "after" || lower == "as" => subject_follows(words, at),
        _ if comma => is_participle(&lower) || ends_introduction(words, at),
        _ => *before == "that" && at > 1 && is_past(words.get(at - 2).copied().unwrap_or_default()),
    }
}

/// Whether after "and" comes a verb, or a subject and its verb: "and ruled out", "and the council did".
fn verb_in_reach(words: &[&str], at: usize) -> bool {
    let Some(next) = words.get(at + 1) else { return false };
    let end = (at + 2 + VERB_REACH).min(words.len());
    let subject = next.starts_with(char::is_uppercase) || is_determiner(next);
    let verb_follows = words
        .get(at + 2..end)
        .into_iter()
        .flatten()
        .take_while(|w| **w != ",")
        .any(|w| FINITE.contains(&*w.to_lowercase()));
    *next == "that" || is_past(next) || subject && verb_follows
}

fn subject_follows(words: &[&str], at: usize) -> bool {
    words.get(at + 1).is_some_and(|next| {
        is_determiner(next) || next.starts_with(char::is_uppercase) || is_participle(next)
    }) && words.get(at + 2..).is_some_and(|rest| rest.len() >= FEWEST_WORDS)
}

/// Whether the first comma of a sentence ends an introduction: "Speaking at a rally in Port Ellery, ..."
fn ends_introduction(words: &[&str], at: usize) -> bool {
    const INTRODUCTIONS: [&str; 12] =
        ["in", "on", "at", "during", "after", "before", "following", "since", "with", "under", "by", "for"];
    let first = words
        .iter()
        .find(|w| w.starts_with(char::is_alphabetic))
        .map(|w| w.to_lowercase())
        .unwrap_or_default();
    let is_first = words[..at].iter().filter(|w| **w == ",").count() == 1;
    is_first && (INTRODUCTIONS.contains(&&*first) || is_participle(&first))
}

/// Whether the words at a place can state something: a date, a byline, a title or "in a televised address" cannot.
///
/// A verb shows by an auxiliary, an irregular past or an ending; long stretches are given the benefit of the doubt.
pub(crate) fn can_state(document: &Document, span: Span) -> bool {
    const LONG: usize = 10;
    const PREPOSITIONS: [&str; 12] =
        ["in", "on", "at", "by", "for", "with", "from", "of", "during", "under", "near", "through"];
    let words: Vec<&str> = document
        .segments
        .tokens_in(span)
        .iter()
        .filter(|token| token.kind != TokenKind::Mark)
        .map(|token| token.span.of(document.text()))
        .collect();
    let finite = || words.iter().any(|word| FINITE.contains(&*word.to_lowercase()));
    let opens_with_preposition =
        words.first().is_some_and(|word| PREPOSITIONS.contains(&&*word.to_lowercase()));
    words.len() >= LONG
        || finite()
        || !opens_with_preposition && words.iter().any(|word| looks_like_verb(word))
}

/// Whether the ending of a word in small letters may be that of a verb.
fn looks_like_verb(word: &str) -> bool {
    is_past(word)
        || is_participle(word)
        || word.len() > 3
            && word.starts_with(char::is_lowercase)
            && word.ends_with('s')
            && !word.ends_with("ss")
}

fn is_participle(word: &str) -> bool {
    word.len() > 5 && word.ends_with("ing")
}

fn is_past(word: &str) -> bool {
    FINITE.contains(word) || word.len() > 4 && word.ends_with("ed") && word.starts_with(char::is_lowercase)
}

fn is_determiner(word: &str) -> bool {
    const DETERMINERS: [&str; 17] = [
        "the", "a", "an", "he", "she", "it", "they", "we", "his", "her", "its", "their", "there", "this",
        "that", "these", "some",
    ];
    DETERMINERS.contains(&word)
}

/// The stretch of the tokens `start..end` without marks and joining words at its ends; `None` where nothing is left.
fn trimmed(tokens: &[Token], words: &[&str], start: usize, end: usize) -> Option<Span> {
    const JOINTS: [&str; 6] = ["and", "but", "or", "that", "while", "so"];
    let is_word = |&at: &usize| tokens[at].kind != TokenKind::Mark;
    let first = (start..end).find(|at| is_word(at) && !JOINTS.contains(&&*words[*at].to_lowercase()))?;
    let last = (first..end).rev().find(is_word)?;
    Some(Span::new(tokens[first].span.start, tokens[last].span.end))
}

/// Cuts a stretch at the bounds of a quotation: who says it, and where, is another matter than what is said.
fn at_quotation(document: &Document, span: Span) -> Vec<Span> {
    let first = document.quotations.partition_point(|q| q.spans.last().is_some_and(|s| s.end <= span.start));
    let near = document.quotations[first..]
        .iter()
        .take_while(|q| q.spans.first().is_none_or(|s| s.start < span.end));
    let said =
        near.filter(|q| q.kind != QuotationKind::Mixed).flat_map(|q| &q.spans).filter(|s| s.overlaps(span));
    let Some(content) = said.max_by_key(|s| s.overlap(span)) else { return vec![span] };
    let content = Span::new(span.start.max(content.start), span.end.min(content.end));
    let around = [Span::new(span.start, content.start), content, Span::new(content.end, span.end)];
    let states = |part: &Span| *part == content || document.segments.tokens_in(*part).len() > FEWEST_WORDS;
    around.into_iter().filter(states).filter_map(|part| without_marks(document, part)).collect()
}

/// A stretch from its first to its last word.
fn without_marks(document: &Document, span: Span) -> Option<Span> {
    let tokens = document.segments.tokens_in(span);
    let words: Vec<&str> = tokens.iter().map(|token| token.span.of(document.text())).collect();
    trimmed(tokens, &words, 0, tokens.len())
}

#[cfg(test)]
mod tests {
    use parallax_model::Article;
    use proptest::prelude::*;

    use super::*;
    use crate::segment::segment;

    fn document(text: &str) -> Document {
        let article = Article { text: text.to_owned(), ..Article::default() };
        Document { segments: segment(text), article, ..Document::default() }
    }

    fn clauses(text: &str) -> Vec<String> {
        let document = document(text);
        let of = |index| clauses_of(&document, index);
        (0..document.segments.sentences.len()).flat_map(of).map(|c| c.span.of(text).to_owned()).collect()
    }

    #[test]
    fn where_clauses_begin() {
        let check = |text: &str, expected: &[&str]| assert_eq!(clauses(text), expected);
        check(
            "Speaking at a rally in Port Ellery, the minister said that the old dam was safe and the council did not want a new one.",
            &[
                "Speaking at a rally in Port Ellery",
                "the minister said that",
                "the old dam was safe",
                "the council did not want a new one",
            ],
        );
        check(
            "Britta Lund and Oskar Vane agreed on the price.",
            &["Britta Lund and Oskar Vane agreed on the price"],
        );
        check(
            "The army shelled the port overnight, prompting the mayor to order an evacuation.",
            &["The army shelled the port overnight", "prompting the mayor to order an evacuation"],
        );
        check("", &[]);
    }

    #[test]
    fn a_time_of_day_and_a_dateline_end_no_clause_halfway() {
        assert_eq!(
            clauses("The gate opened at 4:10 a.m. in the lower wall of the dam."),
            ["The gate opened at 4:10 a.m. in the lower wall of the dam"]
        );
        assert_eq!(
            clauses("PORT ELLERY, October 10, 2031 - The gate of the dam broke."),
            ["PORT ELLERY, October 10, 2031", "The gate of the dam broke"]
        );
    }

    #[test]
    fn what_can_state_something() {
        let check = |text: &str, expected: bool| {
            let document = document(text);
            assert_eq!(can_state(&document, Span::new(0, text.len())), expected, "{text}");
        };
        check("the gate broke before dawn", true);
        check("the council rejects the plan", true);
        check("the ministry inspected the dam", true);
        check("in which the old dam was safe", true);
        check("in a televised address", false);
        check("in a joint statement issued on Thursday evening", false);
        check("PORT ELLERY, October 10, 2031", false);
        check("A senior official at the ministry", false);
        check("", false);
    }

    proptest! {
        #[test]
        fn clauses_lie_in_their_sentences(text in "([a-z]{1,8}|[ ,;.“”-]|and|that|was|, but |\\PC){0,40}") {
            let document = document(&text);
            for index in 0..document.segments.sentences.len() {
                for clause in clauses_of(&document, index) {
                    prop_assert!(document.segments.sentences[index].span.contains(clause.span));
                    prop_assert!(!clause.span.of(&text).trim().is_empty());
                }
            }
        }
    }
}
