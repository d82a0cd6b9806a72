//! A text as the writer's own words, with everything between quotation marks folded into one item.
//!
//! `“We hold,” said Ada Voss. “Now.”` is read as `Q said Ada Voss . Q`, so that what attributes a quotation stands next to
//! it however long it is.

use std::borrow::Cow;
use std::ops::Range;

use parallax_model::{Segmentation, Span, TokenKind};

use super::lexicon::{Classes, CueVerb, Known, known};
use super::marks::Quoted;

/// A word, a mark, or a whole stretch between quotation marks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item<'t> {
    pub(super) span: Span,
    pub(super) kind: ItemKind,
    /// The word in small letters, as most are written; empty for a quoted stretch.
    lower: Cow<'t, str>,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
    /// The small words it is one of.
    pub(super) classes: Classes,
    /// The verb of saying that its word may be a form of.
    pub(super) verb: Option<CueVerb>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    Word,
    Number,
    Mark,
    /// The stretch at this index.
    Quoted(usize),
}

impl Item<'_> {
    pub(super) fn lower(&self) -> &str {
        &self.lower
    }

    pub(super) fn is_mark(&self, mark: &str) -> bool {
        self.kind == ItemKind::Mark && self.lower() == mark
    }

    pub(super) fn is_word(&self) -> bool {
        self.kind == ItemKind::Word
    }

    pub(super) fn quoted(&self) -> Option<usize> {
        if let ItemKind::Quoted(index) = self.kind { Some(index) } else { None }
    }
}

/// A whole text in items, divided into sentences and paragraphs.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line<'t> {
    pub(super) items: Vec<Item<'t>>,
    /// The items of each sentence of the writer's, in order.
    pub(super) sentences: Vec<Sentence>,
}

impl Line<'_> {
    /// The index of the sentence that holds the item at `item`.
    pub(super) fn sentence_of(&self, item: usize) -> Option<usize> {
        let index = self.sentences.partition_point(|s| s.items.end <= item);
        (index < self.sentences.len()).then_some(index)
    }
}

/// One sentence of the writer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) items: Range<usize>,
    /// Index of its paragraph.
    pub(super) paragraph: usize,
}

/// A longer run without an end is no sentence, and is cut so that the work on it stays in proportion.
const LONGEST_SENTENCE: usize = 500;

/// Folds the quoted stretches of a text.
pub(super) fn fold<'t>(text: &'t str, segments: &Segmentation, quoted: &[Quoted]) -> Line<'t> {
    let items = items(text, segments, quoted);
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut start = 0;
    for end in 1..=items.len() {
        if end == items.len() || end - start == LONGEST_SENTENCE || is_boundary(text, segments, &items, end) {
            let paragraph = paragraph_at(segments, items[start].span.start);
            sentences.push(Sentence { items: start..end, paragraph });
            start = end;
        }
    }
    Line { items, sentences }
}

fn items<'t>(text: &'t str, segments: &Segmentation, quoted: &[Quoted]) -> Vec<Item<'t>> {
    let mut items = Vec::with_capacity(segments.tokens.len());
    let mut next = 0;
    for token in &segments.tokens {
        while let Some(q) = quoted.get(next).filter(|q| q.outer.start <= token.span.start) {
            items.push(quoted_item(q.outer, next));
            next += 1;
        }
        let inside =
            next.checked_sub(1).and_then(|i| quoted.get(i)).is_some_and(|q| q.outer.overlaps(token.span));
        if !inside {
            items.push(word_item(text, token.span, token.kind));
        }
    }
    items.extend((next..quoted.len()).map(|i| quoted_item(quoted[i].outer, i)));
    items
}

fn quoted_item<'t>(span: Span, index: usize) -> Item<'t> {
    Item {
        span,
        kind: ItemKind::Quoted(index),
        lower: Cow::Borrowed(""),
        capital: false,
        classes: Classes::default(),
        verb: None,
    }
}

fn word_item(text: &str, span: Span, kind: TokenKind) -> Item<'_> {
    let word = span.of(text);
    let lower = in_small_letters(word);
    let kind = match kind {
        TokenKind::Word => ItemKind::Word,
        TokenKind::Number => ItemKind::Number,
        TokenKind::Mark => ItemKind::Mark,
    };
    let Known { classes, verb } = known(&lower);
    let verb = verb.filter(|_| kind == ItemKind::Word);
    Item { span, kind, capital: word.starts_with(char::is_uppercase), classes, verb, lower }
}

fn in_small_letters(word: &str) -> Cow<'_, str> {
    let is_small = |c: char| c.is_lowercase() || c.is_ascii() && !c.is_ascii_uppercase() || c == '’';
    if word.chars().all(is_small) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

fn paragraph_at(segments: &Segmentation, offset: usize) -> usize {
    segments.paragraphs.partition_point(|p| p.end <= offset)
}

/// Whether a sentence of the writer's ends before the item at `index`.
fn is_boundary(text: &str, segments: &Segmentation, items: &[Item], index: usize) -> bool {
    let (before, after) = (&items[index - 1], &items[index]);
    if paragraph_at(segments, before.span.start) != paragraph_at(segments, after.span.start) {
        return true;
    }
    let same =
        segments.sentence_at(before.span.end.saturating_sub(1)) == segments.sentence_at(after.span.start);
    if before.quoted().is_some() {
        return quotation_ends_sentence(text, items, index);
    }
    if after.quoted().is_some() && before.is_word() {
        return false;
    }
    !same
}

/// Whether the sentence ends with the quotation before the item at `index`, rather than going on to its attribution.
fn quotation_ends_sentence(text: &str, items: &[Item], index: usize) -> bool {
    let last = items[index - 1].span.of(text).trim_end_matches(|c: char| !c.is_alphanumeric() && !is_end(c));
    let after = &items[index];
    let continues = after.is_word() && !after.capital || after.kind == ItemKind::Mark;
    let asked = last.ends_with(['?', '!']) && attribution_follows(&items[index..]);
    last.ends_with(is_end) && !continues && !asked
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Whether a name with a verb of saying and no clause comes next: `“Why?” Ada Voss asked reporters on Monday.`
fn attribution_follows(items: &[Item]) -> bool {
    let name = items.iter().take(5).take_while(|i| i.is_word() && i.capital).count();
    let says = items.get(name).is_some_and(|i| i.verb.is_some());
    let rest = items.get(name + 1..).unwrap_or_default();
    name > 0
        && says
        && (rest.first().is_none_or(|i| !i.is_word() || i.classes.is_preposition()) || no_clause(rest))
}

/// Whether the words up to the sentence's end say whom, when and where, but not what.
fn no_clause(items: &[Item]) -> bool {
    const LONGEST: usize = 10;
    let end = items.iter().take(LONGEST + 1).take_while(|i| !i.is_mark(".") && i.quoted().is_none()).count();
    end <= LONGEST
        && items.iter().take(end).all(|i| {
            i.verb.is_none()
                && !i.classes.is_auxiliary()
                && !i.classes.is_subject_pronoun()
                && i.lower() != "that"
                && !i.is_mark(":")
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotation::marks::quoted;
    use crate::segment::segment;

    fn check(text: &str, expected: &[&str]) {
        let segments = segment(text);
        let stretches = quoted(text, &segments);
        let line = fold(text, &segments, &stretches);
        let shown = |item: &Item| if item.quoted().is_some() { "Q" } else { item.span.of(text) }.to_owned();
        let sentences: Vec<String> = line
            .sentences
            .iter()
            .map(|s| line.items[s.items.clone()].iter().map(shown).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(sentences, expected);
    }

    #[test]
    fn quoted_stretches_fold_into_their_sentence() {
        check("“We hold. It stays,” said Ada Voss. “Now.”", &["Q said Ada Voss .", "Q"]);
        check("“Why?” Voss asked. Nobody spoke.", &["Q Voss asked .", "Nobody spoke ."]);
        check(
            "“Why now?” Voss asked reporters on Monday. “Who pays?”",
            &["Q Voss asked reporters on Monday .", "Q"],
        );
        check("“Why now?” Voss said the dam was old.", &["Q", "Voss said the dam was old ."]);
        check("She said: “Wait. Stop.” He left.", &["She said : Q", "He left ."]);
    }
}
