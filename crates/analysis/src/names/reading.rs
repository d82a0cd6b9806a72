//! The text as this step reads it: words with their shape, and what the text itself says about capitals.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use parallax_model::{Segmentation, Span, TokenKind};

use super::lexicon::LEXICON;

/// Abbreviations whose point belongs to them.
const ABBREVIATIONS: [&str; 24] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gov", "Sen", "Rep", "Lt", "Gen", "Col", "Sgt", "Capt", "Maj", "Rev",
    "St", "Jr", "Sr", "Inc", "Corp", "Ltd", "Co", "Hon", "Adm",
];

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// No capital.
    Lower,
    /// A capital somewhere, usually the first letter.
    Capital,
    /// Capitals only, two at least.
    Acronym,
    /// "'s", or the apostrophe alone after a plural.
    Genitive,
    /// Digits.
    Number,
    /// A mark or symbol.
    Mark,
}

/// One token.
#[derive(Debug, Clone)]
pub(super) struct Word<'t> {
    /// Its letters.
    pub(super) text: &'t str,
    /// Its letters in lower case.
    pub(super) lower: Cow<'t, str>,
    /// Where.
    pub(super) span: Span,
    /// Index of its sentence.
    pub(super) sentence: usize,
    /// What it looks like.
    pub(super) shape: Shape,
    /// Whether a capital says nothing here: at the start of a sentence or a quotation, in a headline.
    pub(super) capital_is_free: bool,
}

impl Word<'_> {
    /// Whether it has a capital.
    pub(super) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Acronym)
    }

    /// Whether it is the word or mark `text`.
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }
}

/// A segmented text, ready to look for names in.
pub(super) struct Reading<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// Its tokens.
    pub(super) words: Vec<Word<'t>>,
    /// What it writes in lower case that no list has.
    lower: HashSet<&'t str>,
    /// What it sets in capitals and in parentheses: "(NWA)".
    acronyms: HashSet<&'t str>,
}

impl<'t> Reading<'t> {
    /// Reads a segmented text.
    pub(super) fn new(text: &'t str, segments: &Segmentation) -> Self {
        let mut words = Vec::with_capacity(segments.tokens.len());
        for sentence in 0..segments.sentences.len() {
            push_sentence(text, segments, sentence, &mut words);
        }
        let is_own = |w: &&Word| w.shape == Shape::Lower && !LEXICON.is_common(w.text);
        let lower = words.iter().filter(is_own).map(|w| w.text).collect();
        let words = apart(words);
        let parenthesised =
            words.windows(3).filter(|w| w[0].is("(") && w[1].shape == Shape::Acronym && w[2].is(")"));
        let acronyms = parenthesised.map(|w| w[1].text).collect();
        Self { text, words, lower, acronyms }
    }

    /// The word at `index`.
    pub(super) fn get(&self, index: usize) -> Option<&Word<'t>> {
        self.words.get(index)
    }

    /// The word before `index`, in the same sentence.
    pub(super) fn before(&self, index: usize) -> Option<&Word<'t>> {
        let before = self.words.get(index.checked_sub(1)?)?;
        let same = self.words.get(index).is_none_or(|word| word.sentence == before.sentence);
        same.then_some(before)
    }

    /// The word at `index` where it is of the same sentence as the word before it.
    pub(super) fn after(&self, index: usize) -> Option<&Word<'t>> {
        let after = self.words.get(index)?;
        let before = self.words.get(index.checked_sub(1)?)?;
        (before.sentence == after.sentence).then_some(after)
    }

    /// Where the words of `range` stand.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        match (self.words.get(range.start), self.words.get(range.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if range.start < range.end => {
                Span::new(first.span.start, last.span.end)
            }
            (Some(first), _) => Span::new(first.span.start, first.span.start),
            _ => Span::new(self.text.len(), self.text.len()),
        }
    }

    /// The text of the words of `range`.
    pub(super) fn slice(&self, range: &Range<usize>) -> &'t str {
        self.span(range).of(self.text)
    }

    /// Whether the text introduces the acronym in parentheses after the words that it stands for.
    pub(super) fn defines_acronym(&self, word: &str) -> bool {
        self.acronyms.contains(word)
    }

    /// Whether the word is an everyday one, by the lists or by this text's own use.
    pub(super) fn is_common(&self, word: &Word) -> bool {
        LEXICON.is_common(&word.lower) || self.lower.contains(word.lower.as_ref())
    }
}

/// Takes two names joined by a hyphen apart where the text has both by themselves: "the Osei-Varga talks".
fn apart(words: Vec<Word>) -> Vec<Word> {
    if !words.iter().any(|w| w.is_capital() && w.text.contains('-')) {
        return words;
    }
    let names: HashSet<&str> = words.iter().filter(|w| w.is_capital()).map(|w| w.text).collect();
    let halves = |word: &Word| {
        let (first, second) = word.text.split_once('-').filter(|_| word.is_capital())?;
        (names.contains(first) && names.contains(second)).then_some(first.len())
    };
    if !words.iter().any(|word| halves(word).is_some()) {
        return words;
    }
    words
        .iter()
        .flat_map(|word| match halves(word) {
            Some(at) => split_at_hyphen(word, at),
            None => vec![word.clone()],
        })
        .collect()
}

/// The two names and the hyphen, which stands `at` bytes into the word.
fn split_at_hyphen<'t>(word: &Word<'t>, at: usize) -> Vec<Word<'t>> {
    let part = |from: usize, to: usize, shape| Word {
        text: word.text.get(from..to).unwrap_or_default(),
        lower: in_lower_case(word.text.get(from..to).unwrap_or_default()),
        span: Span::new(word.span.start + from, word.span.start + to),
        shape,
        ..word.clone()
    };
    vec![part(0, at, word.shape), part(at, at + 1, Shape::Mark), part(at + 1, word.text.len(), word.shape)]
}

/// Adds the tokens of one sentence.
fn push_sentence<'t>(text: &'t str, segments: &Segmentation, sentence: usize, words: &mut Vec<Word<'t>>) {
    let first = words.len();
    for token in segments.tokens_of(sentence) {
        let word = token.span.of(text);
        if word == "." && words.len() > first && fuses(words.last(), token.span) {
            if let Some(last) = words.last_mut() {
                last.span = last.span.join(token.span);
                last.text = last.span.of(text);
            }
            continue;
        }
        words.push(Word {
            text: word,
            lower: in_lower_case(word),
            span: token.span,
            sentence,
            shape: shape(word, token.kind, words.get(first..).and_then(<[Word]>::last), token.span),
            capital_is_free: false,
        });
    }
    unfuse_full_stop(text, first, words);
    free_capitals(&mut words[first..]);
}

/// A word in lower case, which most are.
fn in_lower_case(word: &str) -> Cow<'_, str> {
    let is_small = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_small { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// Whether the point at `point` belongs to the word before it: "U.S.", "Mr.", "F.".
fn fuses(word: Option<&Word>, point: Span) -> bool {
    word.is_some_and(|word| {
        let initial = word.text.chars().count() == 1 && word.shape == Shape::Capital;
        let dotted = word.text.contains('.') && word.text.len() <= 6 && word.is_capital();
        word.span.end == point.start && (initial || dotted || ABBREVIATIONS.contains(&word.text))
    })
}

/// A single letter at the end of the sentence is no initial: "she wrote on X."
fn unfuse_full_stop(text: &str, first: usize, words: &mut [Word]) {
    let Some(last) = words.get_mut(first..).and_then(<[Word]>::last_mut) else { return };
    if last.text.len() == 2 && last.text.ends_with('.') {
        last.span.end -= 1;
        last.text = last.text.trim_end_matches('.');
        debug_assert!(last.span.end <= text.len());
    }
}

/// The shape of `word` at `span`, after `before`: an apostrophe after a plural is a genitive, any other a quotation mark.
fn shape(word: &str, kind: TokenKind, before: Option<&Word>, span: Span) -> Shape {
    let follows_plural = || before.is_some_and(|w| w.span.end == span.start && w.text.ends_with('s'));
    match kind {
        TokenKind::Number => Shape::Number,
        TokenKind::Mark if matches!(word, "'" | "’") && follows_plural() => Shape::Genitive,
        TokenKind::Mark => Shape::Mark,
        TokenKind::Word if matches!(word, "'s" | "’s" | "'S" | "’S") => Shape::Genitive,
        TokenKind::Word => word_shape(word),
    }
}

fn word_shape(word: &str) -> Shape {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    match capitals {
        0 => Shape::Lower,
        _ if capitals > 1 && capitals == letters().count() => Shape::Acronym,
        _ if word.starts_with(char::is_uppercase) || has_inner_capital(word) => Shape::Capital,
        _ => Shape::Lower,
    }
}

/// "al-Assad", "iPhone"; not "pre-Brexit", which only speaks of a name, or two sentences glued together.
fn has_inner_capital(word: &str) -> bool {
    match word.split_once('-') {
        Some((before, _)) => LEXICON.is_particle(before),
        None => {
            let glued = word.find(char::is_uppercase).and_then(|at| word.get(..at));
            glued.is_none_or(|before| before.len() < 3 || !LEXICON.is_common(before))
        }
    }
}

/// Marks the places of one sentence where a capital says nothing.
fn free_capitals(words: &mut [Word]) {
    let headline = is_headline(words);
    let mut opening = true;
    for word in words {
        word.capital_is_free = headline || opening;
        opening = match word.shape {
            Shape::Mark => {
                opening || matches!(word.text, "\"" | "“" | "‘" | ":" | "*" | "•" | "|" | "…" | "(")
            }
            Shape::Genitive => opening,
            _ => false,
        };
    }
}

/// Whether the sentence is set like a headline: no full stop, and most longer words with a capital, though common.
fn is_headline(words: &[Word]) -> bool {
    let longer =
        || words.iter().filter(|w| w.text.len() >= 4 && !matches!(w.shape, Shape::Mark | Shape::Number));
    let (all, capital) = (longer().count(), longer().filter(|w| w.is_capital()).count());
    let common = longer().filter(|w| w.is_capital() && LEXICON.is_common(&w.lower)).count();
    let shouted = words.iter().filter(|w| w.shape == Shape::Acronym).count();
    let many_shouted = shouted >= 4 && 2 * shouted > words.len();
    let closed = words.last().is_some_and(|w| w.is("."));
    many_shouted || (!closed && all >= 3 && 3 * capital >= 2 * all && 4 * common >= all)
}
