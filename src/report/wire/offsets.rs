//! Spans as they leave the program.

use parallax_model::Span as Bytes;

use super::Span;

/// Converts the spans of one text from bytes to scalar values.
pub(crate) struct Offsets<'a>(parallax_model::Offsets<'a>);

impl<'a> Offsets<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self(parallax_model::Offsets::new(text))
    }

    pub(crate) fn span(&self, span: Bytes) -> Span {
        let Bytes { start, end } = self.0.scalars(span);
        Span { start, end }
    }
}
