//! The finest units that figures and dates are written in.

use std::borrow::Cow;

use parallax_model::Span;

/// A run of digits, a run of letters, or a single mark. Finer than a token: "90-minute" is three pieces, "£3m" is three.
#[derive(Debug, Clone)]
pub(crate) struct Piece<'t> {
    /// Where in the article's text.
    pub(crate) span: Span,
    /// Its words.
    pub(crate) text: &'t str,
    /// Its words in lower case.
    pub(crate) lower: Cow<'t, str>,
    /// What it is made of.
    pub(crate) kind: PieceKind,
    /// Whether it follows the piece before it without a blank.
    pub(crate) glued: bool,
}

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// Digits with inner points and commas.
    Digits,
    /// Letters with inner apostrophes; a genitive ending is a piece of its own.
    Word,
    /// Anything else, one character each.
    Mark,
}

impl Piece<'_> {
    /// Whether it is this word or mark, in lower case.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.lower == word
    }

    /// Whether it is any of these words or marks, in lower case.
    pub(crate) fn is_any(&self, words: &[&str]) -> bool {
        words.contains(&&*self.lower)
    }

    /// Whether it starts with a capital letter.
    pub(crate) fn is_capitalised(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether it is a hyphen or a dash.
    pub(crate) fn is_hyphen(&self) -> bool {
        self.is_any(&["-", "‐", "‑", "–"])
    }

    /// Whether it is made of letters.
    pub(crate) fn is_word(&self) -> bool {
        self.kind == PieceKind::Word
    }
}

/// The pieces of the stretch `span` of `text`.
pub(crate) fn pieces(text: &str, span: Span) -> Vec<Piece<'_>> {
    let mut found: Vec<Piece<'_>> = Vec::new();
    let mut at = span.start;
    while let Some(first) = text.get(at..span.end).and_then(|rest| rest.chars().next()) {
        let (kind, length) = piece_at(&text[at..span.end], first);
        let piece = Span::new(at, at + length);
        at = piece.end;
        if first.is_whitespace() {
            continue;
        }
        let glued = found.last().is_some_and(|before| before.span.end == piece.start);
        found.push(Piece { span: piece, text: piece.of(text), lower: lower(piece.of(text)), kind, glued });
    }
    found
}

/// The kind and the length in bytes of the piece that `rest`, which begins with `first`, begins with.
fn piece_at(rest: &str, first: char) -> (PieceKind, usize) {
    if first.is_ascii_digit() {
        (PieceKind::Digits, run(rest, |c| c.is_ascii_digit(), |c| matches!(c, '.' | ',')))
    } else if first.is_alphabetic() {
        (
            PieceKind::Word,
            without_genitive(&rest[..run(rest, char::is_alphabetic, |c| matches!(c, '\'' | '’'))]),
        )
    } else {
        (PieceKind::Mark, first.len_utf8())
    }
}

/// The length of the run of characters of one class; a joint counts where the class goes on right after it.
fn run(rest: &str, class: impl Fn(char) -> bool, joint: impl Fn(char) -> bool) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let goes_on = class(c) || joint(c) && at > 0 && chars.peek().is_some_and(|&(_, next)| class(next));
        if !goes_on {
            return at;
        }
    }
    rest.len()
}

/// The length of `word` without a genitive ending.
fn without_genitive(word: &str) -> usize {
    ["'s", "’s"].iter().find_map(|ending| word.strip_suffix(ending)).map_or(word.len(), str::len)
}

fn lower(word: &str) -> Cow<'_, str> {
    if word.chars().any(char::is_uppercase) { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        pieces(text, Span::new(0, text.len())).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn finer_than_words() {
        assert_eq!(texts("a 90-minute call"), ["a", "90", "-", "minute", "call"]);
        assert_eq!(texts("£4.5bn, or 1,200."), ["£", "4.5", "bn", ",", "or", "1,200", "."]);
        assert_eq!(texts("the mayor’s o'clock"), ["the", "mayor", "’", "s", "o'clock"]);
    }

    proptest! {
        #[test]
        fn pieces_and_blanks_are_the_text(text in "\\PC{0,60}") {
            let joined: String = texts(&text).concat();
            let wanted: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(joined, wanted);
        }
    }
}
