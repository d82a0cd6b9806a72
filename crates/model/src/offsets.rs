//! From bytes inside to Unicode scalar values outside, and back.

use crate::Span;

/// Converts between offsets of one text in bytes and in Unicode scalar values, as what leaves the program counts them.
///
/// ```
/// use parallax_model::{Offsets, Span};
/// let offsets = Offsets::new("“Nein”, sagte er.");
/// let said = offsets.scalars(Span::new(3, 7));
/// assert_eq!(said, Span::new(1, 5));
/// assert_eq!(offsets.bytes(said), Span::new(3, 7));
/// ```
#[derive(Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    /// Scalar offset of every 64th byte; a look-up counts at most 63 bytes on.
    marks: Vec<usize>,
}

impl<'a> Offsets<'a> {
    const STRIDE: usize = 64;

    /// The offsets of `text`.
    pub fn new(text: &'a str) -> Self {
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

    /// A span in bytes as one in scalar values. Panics, like slicing, where it does not belong to the text.
    pub fn scalars(&self, span: Span) -> Span {
        Span::new(self.scalar(span.start), self.scalar(span.end))
    }

    /// A span in scalar values as one in bytes; what lies behind the text is its end.
    pub fn bytes(&self, span: Span) -> Span {
        Span::new(self.byte(span.start), self.byte(span.end))
    }

    fn scalar(&self, offset: usize) -> usize {
        let mark = offset / Self::STRIDE;
        let rest = &self.text.as_bytes()[mark * Self::STRIDE..offset];
        self.marks[mark] + rest.iter().filter(|b| starts_scalar(**b)).count()
    }

    fn byte(&self, scalar: usize) -> usize {
        let mark = self.marks.partition_point(|&scalars| scalars <= scalar).saturating_sub(1);
        let before = self.marks.get(mark).copied().unwrap_or_default();
        let from = mark * Self::STRIDE;
        let rest = self.text.as_bytes().iter().enumerate().skip(from);
        let mut starts = rest.filter(|(_, byte)| starts_scalar(**byte)).map(|(offset, _)| offset);
        starts.nth(scalar.saturating_sub(before)).unwrap_or(self.text.len())
    }
}

/// Whether a byte is the first of a character's encoding.
fn starts_scalar(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_go_there_and_back() {
        for text in ["", "plain", "“Nein”, sagte er.", "船は3隻。", &"aé船🚢".repeat(50)] {
            let offsets = Offsets::new(text);
            let places = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
            for (scalar, byte) in places.enumerate() {
                let (bytes, scalars) = (Span::new(0, byte), Span::new(0, scalar));
                assert_eq!(offsets.scalars(bytes), scalars, "{text:?}");
                assert_eq!(offsets.bytes(scalars), bytes, "{text:?}");
            }
        }
    }

    #[test]
    fn what_lies_behind_the_text_is_its_end() {
        assert_eq!(Offsets::new("été").bytes(Span::new(2, 90)), Span::new(3, 5));
    }
}
