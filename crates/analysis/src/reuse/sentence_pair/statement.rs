//! A sentence as the judge reads it.

use parallax_model::{Document, MentionForm, Span, TokenKind};

use super::super::unit::{Role, Word};
use crate::embedding::WordId;
use crate::names::is_common;
use crate::quantity::piece::pieces;
use crate::quantity::{NumeralForm, numeral};
use crate::wordlist::entries;

/// Words that turn a statement round without being a negation of their own ("denied that", "failed to").
const NEGATING: [&str; 14] = [
    "deny", "denies", "denied", "denying", "fail", "failed", "fails", "failing", "failure", "refuse",
    "refused", "refuses", "refusing", "refusal",
];

/// A sentence with its words, figures and names.
#[derive(Debug)]
pub(crate) struct Statement {
    pub(super) terms: Vec<Term>,
    pub(super) figures: Vec<Figure>,
    /// Every number that it spells, whatever it counts: "one" and "three" of "one of the three".
    numbers: Vec<f64>,
}

/// One word.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub(super) word: Word,
    /// In small letters.
    pub(super) text: String,
    pub(super) is_name: bool,
    pub(super) has_capital: bool,
    /// Whether it is a few capitals.
    pub(super) is_acronym: bool,
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
    /// The statement of the stretch `span`, whose words and numbers are `words`.
    pub(crate) fn new(document: &Document, span: Span, words: Vec<Word>) -> Self {
        let tokens = document.segments.tokens_in(span);
        let wordy = tokens.iter().filter(|token| token.kind != TokenKind::Mark);
        let figures: Vec<_> = document.quantities.iter().filter(|q| span.contains(q.span)).collect();
        let terms = wordy.zip(words).map(|(token, word)| {
            let printed = token.span.of(document.text());
            let has_capital = printed.starts_with(char::is_uppercase);
            let opens = token.span.start == span.start;
            let is_name =
                has_capital && (is_named(document, token.span) || !opens && is_uncommon(printed, word));
            Term {
                word: Word { quoted: false, ..word },
                text: printed.to_lowercase().replace('’', "'"),
                is_name: is_name || word.role == Role::Name,
                has_capital,
                is_acronym: is_acronym(printed),
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
        found.extend(fractions(&terms));
        Self { terms, figures: found, numbers: numbers(document.text(), span) }
    }

    /// Whether the value stands in it, as a figure or as a mere number.
    pub(super) fn spells(&self, value: f64) -> bool {
        self.numbers.iter().any(|number| (number - value).abs() < 1e-9)
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

fn numbers(text: &str, span: Span) -> Vec<f64> {
    let pieces = pieces(text, span);
    let found = (0..pieces.len()).filter_map(|at| numeral(&pieces, at));
    found.filter(|number| number.form != NumeralForm::Article).map(|number| number.value).collect()
}

/// Whether a word is two to six capitals, with or without full stops.
fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=6).contains(&letters) && word.chars().all(|c| c.is_uppercase() || c == '.')
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
    word.role == Role::Content && !is_common(&lower)
}

/// Whether a token inside a figure is its number, not what it counts.
fn is_numeral(figure: Span, token: Span, document: &Document) -> bool {
    let word = token.of(document.text()).to_lowercase();
    figure.contains(token) && entries(NUMERALS).any(|numeral| numeral == word)
}

const NUMERALS: &str = include_str!("../../../data/numerals.txt");

/// Fractions in words of something: "a third of the crew".
fn fractions(terms: &[Term]) -> Vec<Figure> {
    const FRACTIONS: [(&str, f64); 5] =
        [("half", 2.0), ("third", 3.0), ("quarter", 4.0), ("fifth", 5.0), ("tenth", 10.0)];
    let value = |terms: &[Term]| {
        let [count, part, of] = terms else { return None };
        let part = part.text.strip_suffix('s').unwrap_or(&part.text);
        let (_, parts) = FRACTIONS.into_iter().find(|(name, _)| *name == part)?;
        let count = match &*count.text {
            "two" => 2.0,
            "three" => 3.0,
            "four" => 4.0,
            _ => 1.0,
        };
        (of.text == "of").then_some(Figure { value: count / parts, is_loose: false })
    };
    terms.windows(3).filter_map(value).collect()
}

/// Numbers that no quantity covers: years, scores, labels.
fn years(document: &Document, span: Span, figures: &[Span]) -> Vec<Figure> {
    let tokens = document.segments.tokens_in(span).iter();
    let bare = tokens.filter(|t| t.kind == TokenKind::Number && !figures.iter().any(|f| f.overlaps(t.span)));
    let value = |word: &str| word.replace(',', "").parse().ok();
    bare.filter_map(|t| Some(Figure { value: value(t.span.of(document.text()))?, is_loose: false })).collect()
}
