//! From bytes inside to Unicode scalar values outside.

use parallax_model::Span as Bytes;

use super::Span;

/// Converts byte offsets of one text to scalar offsets.
pub(crate) struct Offsets<'a> {
    text: &'a str,
    /// Scalar offset of every 64th byte; a look-up counts at most 63 bytes on.
    marks: Vec<usize>,
}

impl<'a> Offsets<'a> {
    const STRIDE: usize = 64;

    pub(crate) fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / Self::STRIDE + 1);
        let mut scalars = 0;
        for (offset, byte) in text.bytes().enumerate() {
            if offset % Self::STRIDE == 0 {
                marks.push(scalars);
            }
            scalars += usize::from(starts_scalar(byte));
        }
        if text.len().is_multiple_of(Self::STRIDE) {
            marks.push(scalars);
        }
        Self { text, marks }
    }

    fn scalar(&self, offset: usize) -> usize {
        let mark = offset / Self::STRIDE;
        let rest = &self.text.as_bytes()[mark * Self::STRIDE..offset];
        self.marks[mark] + rest.iter().filter(|b| starts_scalar(**b)).count()
    }

    pub(crate) fn span(&self, span: Bytes) -> Span {
        Span { start: self.scalar(span.start), end: self.scalar(span.end) }
    }
}

/// Whether a byte is the first of a character's encoding.
fn starts_scalar(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}
