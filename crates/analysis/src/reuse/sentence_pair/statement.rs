//! A sentence as the judge reads it.

use parallax_model::{Document, MentionForm, Span, TokenKind};

use super::super::unit::{Role, Word, words_of};
use crate::embedding::{Lexicon, WordId};
use crate::wordlist::entries;

/// Words that turn a statement round without being a negation of their own ("denied that", "failed to").
const NEGATING: [&str; 12] = [
    "deny", "denies", "denied", "denying", "fail", "failed", "fails", "failing", "refuse", "refused",
    "refuses", "refusing",
];

/// A sentence with its words, figures and names.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) terms: Vec<Term>,
    pub(super) figures: Vec<Figure>,
}

/// One word.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub(super) word: Word,
    /// In small letters.
    pub(super) text: String,
    pub(super) is_name: bool,
    /// Whether a figure covers it.
    pub(super) is_figure: bool,
}

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    pub(super) value: f64,
    /// Whether it is only about this, or a bound.
    pub(super) is_loose: bool,
}

impl Statement {
    pub(super) fn of(document: &Document, span: Span, lexicon: &mut Lexicon) -> Self {
        let tokens = document.segments.tokens_in(span);
        let wordy = tokens.iter().filter(|token| token.kind != TokenKind::Mark);
        let figures: Vec<_> = document.quantities.iter().filter(|q| span.contains(q.span)).collect();
        let words = words_of(document.text(), tokens, lexicon);
        let terms = wordy.zip(words).map(|(token, word)| {
            let printed = token.span.of(document.text());
            let has_capital = printed.starts_with(char::is_uppercase);
            let is_name = has_capital && (is_named(document, token.span) || is_uncommon(printed, word));
            Term {
                word,
                text: printed.to_lowercase().replace('’', "'"),
                is_name: is_name || word.role == Role::Name,
                is_figure: word.role == Role::Figure
                    || figures.iter().any(|figure| is_numeral(figure.span, token.span, document)),
            }
        });
        let terms: Vec<Term> = terms.collect();
        let mut found: Vec<Figure> = figures
            .iter()
            .map(|figure| Figure {
                value: figure.value,
                is_loose: figure.approximate || figure.bound.is_some(),
            })
            .collect();
        found.extend(years(document, span, &figures.iter().map(|f| f.span).collect::<Vec<_>>()));
        Self { terms, figures: found }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    pub(super) fn words(&self) -> Vec<Word> {
        self.terms.iter().map(|term| term.word).collect()
    }

    pub(super) fn ids(&self) -> Vec<WordId> {
        self.terms.iter().map(|term| term.word.id).collect()
    }
}

impl Term {
    /// Whether it turns what follows round.
    pub(super) fn negates(&self) -> bool {
        self.word.role == Role::Negation || NEGATING.contains(&self.text.as_str())
    }
}

fn is_named(document: &Document, span: Span) -> bool {
    let mentions = document.names.mentions.iter();
    mentions
        .filter(|mention| mention.form != MentionForm::Description)
        .any(|mention| mention.core.contains(span))
}

/// Whether a word that begins a sentence is none of those that have a capital only there.
fn is_uncommon(printed: &str, word: Word) -> bool {
    let lower = printed.to_lowercase();
    word.role == Role::Content && !entries(COMMON_WORDS).any(|common| common == lower)
}

/// Whether a token inside a figure is its number, not what it counts.
fn is_numeral(figure: Span, token: Span, document: &Document) -> bool {
    let word = token.of(document.text()).to_lowercase();
    figure.contains(token) && entries(NUMERALS).any(|numeral| numeral == word)
}

const COMMON_WORDS: &str = include_str!("../../../data/common_words.txt");
const NUMERALS: &str = include_str!("../../../data/numerals.txt");

/// Numbers that no quantity covers: years, scores, labels.
fn years(document: &Document, span: Span, figures: &[Span]) -> Vec<Figure> {
    let tokens = document.segments.tokens_in(span).iter();
    let bare = tokens.filter(|t| t.kind == TokenKind::Number && !figures.iter().any(|f| f.overlaps(t.span)));
    let value = |word: &str| word.replace(',', "").parse().ok();
    bare.filter_map(|t| Some(Figure { value: value(t.span.of(document.text()))?, is_loose: false })).collect()
}
