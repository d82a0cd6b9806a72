//! A sentence as the judge reads it.

use parallax_model::{Document, MentionForm, Span, TokenKind};

use super::super::unit::{Role, Word};
use super::amount::Amounts;
use super::verb;
use crate::embedding::WordId;
use crate::extract::{month, weekday};
use crate::names::is_common;
use crate::reuse::unit::stem_hash;
use crate::wordlist::entries;

/// A sentence with its words, names and what it counts.
#[derive(Debug)]
pub(crate) struct Statement {
    pub(super) terms: Vec<Term>,
    pub(super) amounts: Amounts,
}

/// One word.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub(super) word: Word,
    /// In small letters.
    pub(super) text: String,
    /// The stem of its base: of "lost" that of "lose".
    pub(super) lemma: u64,
    pub(super) is_name: bool,
    pub(super) has_capital: bool,
    /// Whether it is a few capitals.
    pub(super) is_acronym: bool,
    /// Whether a figure covers it.
    pub(super) is_figure: bool,
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
            let text = printed.to_lowercase().replace('’', "'");
            let opens = token.span.start == span.start;
            let is_name = has_capital
                && (is_named(document, token.span)
                    || weekday(&text).is_some()
                    || !opens && (is_uncommon(printed, word) || month(&text).is_some()));
            Term {
                word: Word { quoted: false, ..word },
                lemma: verb::base(&text).map_or(word.stem, stem_hash),
                text,
                is_name: is_name || word.role == Role::Name,
                has_capital,
                is_acronym: is_acronym(printed),
                is_figure: word.role == Role::Figure
                    || figures.iter().any(|figure| is_numeral(figure.span, token.span, document)),
            }
        });
        Self { terms: terms.collect(), amounts: Amounts::of(document, span, &figures) }
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
    /// Whether both are forms of one word.
    pub(super) fn is_form_of(&self, other: &Self) -> bool {
        let is_ended =
            |long: &str, short: &str| long.strip_prefix(short).is_some_and(|end| ENDINGS.contains(&end));
        let (mine, theirs) = (&*self.text, &*other.text);
        self.word.stem == other.word.stem
            || self.lemma == other.lemma
            || is_ended(mine, theirs)
            || is_ended(theirs, mine)
    }

    /// Whether it names a day of the week or a month.
    pub(super) fn is_of_calendar(&self) -> bool {
        weekday(&self.text).is_some() || month(&self.text).is_some()
    }
}

/// Endings that leave a word what it is. Those of short words are not in their stems.
const ENDINGS: [&str; 5] = ["d", "ed", "es", "ing", "s"];

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
