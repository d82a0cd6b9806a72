//! Words for the same thing that do not claim the same: one report's "ceasefire" is another's "peace".

use std::collections::BTreeMap;
use std::sync::LazyLock;

use parallax_model::{Agreement, Document, FactReport, Span, TokenKind};

use super::wording::is_negation;
use crate::wordlist::entries;

/// What reports claim with unlike words for the same thing, where each of two articles keeps to its own.
pub(super) fn unlike_claims(documents: &[Document], reports: &[FactReport]) -> Option<(Agreement, String)> {
    let mut claims: BTreeMap<(usize, usize), Vec<Claim<'_>>> = BTreeMap::new();
    for report in reports {
        let Some(document) = documents.get(report.place.article) else { continue };
        for (field, claim) in claimed(document, report.place.span) {
            claims.entry((field, report.place.article)).or_default().push(claim);
        }
    }
    let single: Vec<(usize, &Claim<'_>)> = claims
        .iter()
        .filter_map(|((field, _), claims)| {
            let (first, rest) = claims.split_first()?;
            rest.iter().all(|claim| claim.side == first.side).then_some((*field, first))
        })
        .collect();
    let (a, b) = single
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .find(|((field, a), (other, b))| field == other && a.side != b.side)?;
    Some((Agreement::Differ, format!("“{}” and “{}” do not claim the same.", a.1.words, b.1.words)))
}

/// A claim of a field and the words that make it.
struct Claim<'d> {
    side: usize,
    words: &'d str,
}

/// The claims that a stretch makes, each with its field. What is denied is not claimed.
fn claimed(document: &Document, span: Span) -> Vec<(usize, Claim<'_>)> {
    let text = document.text();
    let tokens = document.segments.tokens_in(span).iter().filter(|token| token.kind != TokenKind::Mark);
    let spans: Vec<Span> = tokens.map(|token| token.span).collect();
    let words: Vec<String> = spans.iter().map(|span| span.of(text).to_lowercase()).collect();
    let mut claimed = Vec::new();
    for at in 0..words.len() {
        let denied = words[at.saturating_sub(NEAR)..at].iter().any(|word| is_negation(word));
        let Some(term) = term_at(&words[at..]).filter(|_| !denied) else { continue };
        let whole = Span::new(spans[at].start, spans[at + term.words.len() - 1].end);
        claimed.push((term.field, Claim { side: term.side, words: whole.of(text) }));
    }
    claimed
}

/// A negation so many words before a claim denies it.
const NEAR: usize = 3;

/// A word or some words that claim something.
struct Term {
    words: Vec<&'static str>,
    field: usize,
    side: usize,
}

/// The longest term that the words begin with.
fn term_at(words: &[String]) -> Option<&'static Term> {
    let initial = words.first()?.as_bytes().first()?;
    let terms = TERMS.get(initial)?.iter();
    let begins = |term: &&Term| {
        term.words.len() <= words.len() && term.words.iter().zip(words).all(|(term, word)| is_of(term, word))
    };
    terms.filter(begins).max_by_key(|term| term.words.len())
}

/// Whether a word is the one that `term` names, or begins so where it ends in a star.
fn is_of(term: &str, word: &str) -> bool {
    term.strip_suffix('*').map_or(word == term, |stem| word.starts_with(stem))
}

/// The terms by their first byte.
static TERMS: LazyLock<BTreeMap<u8, Vec<Term>>> = LazyLock::new(|| {
    let mut terms: BTreeMap<u8, Vec<Term>> = BTreeMap::new();
    for (field, line) in entries(include_str!("../../data/contrasts.txt")).enumerate() {
        for (side, claim) in line.split('|').enumerate() {
            for term in claim.split(',').map(str::trim) {
                let Some(initial) = term.bytes().next() else { continue };
                let words = term.split(' ').collect();
                terms.entry(initial).or_default().push(Term { words, field, side });
            }
        }
    }
    terms
});

#[cfg(test)]
mod tests {
    use parallax_model::{Article, Place};

    use super::*;
    use crate::segment::segment;

    #[test]
    fn unlike_claims_are_found() {
        let check = |reports: [&str; 2], expected: Option<&str>| {
            let documents = reports.map(|text| Document {
                article: Article { text: text.to_owned(), ..Article::default() },
                segments: segment(text),
                ..Document::default()
            });
            let places = documents.iter().enumerate().map(|(article, document)| {
                super::super::report(Place::new(article, Span::new(0, document.text().len())))
            });
            let found = unlike_claims(&documents, &places.collect::<Vec<_>>()).map(|(_, why)| why);
            let expected = expected.map(|words| format!("{words} do not claim the same."));
            assert_eq!(found, expected, "{reports:?}");
        };
        check(["They agreed on a truce", "They agreed to end the war"], Some("“truce” and “end the war”"));
        check(["The mayor was arrested", "The mayor was charged"], Some("“arrested” and “charged”"));
        check(["The Mayor Was ARRESTED", "The mayor was detained"], None);
        check(["He was arrested and charged", "He was charged"], None);
        check(["She has not ruled out a ban", "A ban is unlikely"], None);
        check(["She has ruled out a ban", "A ban is unlikely"], Some("“ruled out” and “unlikely”"));
        check(["Rain fell", ""], None);
    }

    #[test]
    fn each_field_has_two_claims_or_more() {
        for line in entries(include_str!("../../data/contrasts.txt")) {
            assert!(line.split('|').filter(|claim| !claim.trim().is_empty()).count() > 1, "{line}");
        }
    }
}
