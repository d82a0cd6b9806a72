//! The part of a text that a search shows, cut where what was looked for begins and ends.

use parallax_archive::Snippet;
use parallax_model::Span;

/// A stretch of a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HitPiece {
    pub(crate) text: String,
    /// Whether it is what was looked for.
    pub(crate) is_mark: bool,
}

/// The snippet in pieces.
pub(crate) fn pieces(text: &str, snippet: &Snippet) -> Vec<HitPiece> {
    let mut pieces = Vec::new();
    let mut at = snippet.span.start;
    let mut piece = |span: Span, is_mark| {
        if !span.is_empty() {
            pieces.push(HitPiece { text: span.of(text).to_owned(), is_mark });
        }
    };
    for mark in &snippet.marks {
        piece(Span::new(at, mark.start.max(at)), false);
        piece(*mark, true);
        at = mark.end;
    }
    piece(Span::new(at, snippet.span.end.max(at)), false);
    pieces
}
