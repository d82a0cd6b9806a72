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

/// The snippet in pieces, with a sign where the text goes on.
pub(crate) fn pieces(text: &str, snippet: &Snippet) -> Vec<HitPiece> {
    let (start, end) = (snippet.span.start, snippet.span.end);
    let sign = |rest: &str, sign: &str| {
        (!rest.trim().is_empty()).then(|| HitPiece { text: sign.to_owned(), is_mark: false })
    };
    let mut pieces = Vec::from_iter(sign(&text[..start], "… "));
    let mut at = start;
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
    piece(Span::new(at, end.max(at)), false);
    pieces.extend(sign(&text[end..], " …"));
    pieces
}
