//! The units of an article's text.

use crate::Span;

/// Paragraphs, sentences and words of one text. Paragraphs tile the text, sentences tile the paragraphs,
/// and tokens lie inside sentences, all in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Segmentation {
    /// Paragraphs with the blank lines that follow them; joined they are the text.
    pub paragraphs: Vec<Span>,
    /// Sentences, in order; headings and captions count as sentences.
    pub sentences: Vec<Sentence>,
    /// Words, numbers and punctuation marks, in order.
    pub tokens: Vec<Token>,
}

/// One sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence without the white space around it.
    pub span: Span,
    /// The sentence with the white space that follows (and, at the start of the text, precedes) it: tiles the text.
    pub tile: Span,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Index of its first token.
    pub first_token: usize,
    /// Index after its last token.
    pub end_token: usize,
}

/// One word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word, with inner apostrophes and hyphens ("it’s", "pre-2014"); a genitive ending is split off as a word.
    Word,
    /// A number with its inner points and commas.
    Number,
    /// A single mark or symbol.
    Mark,
}

impl Segmentation {
    /// The tokens of the sentence at `index`.
    pub fn tokens_of(&self, index: usize) -> &[Token] {
        let sentence = &self.sentences[index];
        &self.tokens[sentence.first_token..sentence.end_token]
    }

    /// The index of the sentence whose tile holds the byte at `offset`.
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        let index = self.sentences.partition_point(|s| s.tile.end <= offset);
        (index < self.sentences.len()).then_some(index)
    }

    /// The tokens that lie wholly inside `span`.
    pub fn tokens_in(&self, span: Span) -> &[Token] {
        let first = self.tokens.partition_point(|t| t.span.start < span.start);
        let end = self.tokens.partition_point(|t| t.span.end <= span.end);
        &self.tokens[first..end.max(first)]
    }
}
