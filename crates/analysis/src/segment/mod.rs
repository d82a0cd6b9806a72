//! Text to paragraphs, sentences and words.
//!
//! A line feed ends a paragraph. Sentences end by rules on what stands before and after a full stop, in the manner of
//! Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary Detection" (2006), with the abbreviations of news text
//! given instead of learnt. A closing quotation mark stays with the sentence that it closes.

mod abbreviation;
mod mark;
mod paragraph;
mod sentence;
mod word;

use parallax_model::{Segmentation, Sentence, Span};

use paragraph::paragraphs;
use sentence::sentence_ends;
use word::push_words;

pub(crate) use word::is_ideograph;

/// Segments a text. Its units tile the text, except that a text of nothing but white space has none.
///
/// ```
/// use parallax_analysis::segment::segment;
/// let text = "“Go home!” the mayor said. Mr. Osei stayed.\nRiver keeps rising";
/// let segments = segment(text);
/// let sentences: Vec<&str> = segments.sentences.iter().map(|s| s.span.of(text)).collect();
/// assert_eq!(sentences, ["“Go home!” the mayor said.", "Mr. Osei stayed.", "River keeps rising"]);
/// assert_eq!(segments.paragraphs.len(), 2);
/// ```
pub fn segment(text: &str) -> Segmentation {
    let mut segments = Segmentation { paragraphs: paragraphs(text), ..Segmentation::default() };
    // Measured on news text: a sentence of 130 bytes and a token of 5 bytes are typical.
    segments.sentences.reserve(text.len() / 100);
    segments.tokens.reserve(text.len() / 5);
    for index in 0..segments.paragraphs.len() {
        segment_paragraph(text, index, &mut segments);
    }
    segments
}

/// Adds the sentences of the paragraph at `index` with their tokens.
fn segment_paragraph(text: &str, index: usize, segments: &mut Segmentation) {
    let paragraph = segments.paragraphs[index];
    let mut start = paragraph.start;
    for end in sentence_ends(paragraph.of(text)) {
        let tile = Span::new(start, paragraph.start + end);
        let span = tile.trimmed(text);
        let first_token = segments.tokens.len();
        push_words(text, span, &mut segments.tokens);
        let end_token = segments.tokens.len();
        segments.sentences.push(Sentence { span, tile, paragraph: index, first_token, end_token });
        start = tile.end;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_blank_text_has_no_units() {
        for text in ["", " ", "\n\n", "\t\r\n \u{a0}"] {
            assert_eq!(segment(text), Segmentation::default(), "{text:?}");
        }
    }

    /// Text with the marks that decide boundaries far denser than in any report.
    fn dense_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just(" "),
            Just("\n"),
            Just("."),
            Just("..."),
            Just("!"),
            Just("?"),
            Just("…"),
            Just("\""),
            Just("'"),
            Just("“"),
            Just("”"),
            Just("’"),
            Just("’s"),
            Just("("),
            Just(")"),
            Just("-"),
            Just("—"),
            Just("»"),
            Just("Mr"),
            Just("U.S"),
            Just("he"),
            Just("The"),
            Just("said"),
            Just("4.5bn"),
            Just("1,000"),
            Just("会议。"),
            Just("é"),
            Just("e\u{301}"),
            Just("👩‍👩‍👧"),
            Just("سلام"),
            Just("www.x.org"),
            Just("\r"),
            Just("\u{a0}"),
        ];
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    fn check_laws(text: &str) {
        let segments = segment(text);
        if text.trim().is_empty() {
            assert_eq!(segments, Segmentation::default());
            return;
        }
        let paragraphs: String = segments.paragraphs.iter().map(|p| p.of(text)).collect();
        assert_eq!(paragraphs, text);
        let tiles: String = segments.sentences.iter().map(|s| s.tile.of(text)).collect();
        assert_eq!(tiles, text);
        let mut next_token = 0;
        for sentence in &segments.sentences {
            assert!(segments.paragraphs[sentence.paragraph].contains(sentence.tile));
            assert!(sentence.tile.contains(sentence.span));
            assert_eq!(sentence.span.of(text), sentence.tile.of(text).trim());
            assert_eq!(sentence.first_token, next_token);
            assert!(sentence.end_token > sentence.first_token, "no token in {:?}", sentence.span.of(text));
            next_token = sentence.end_token;
        }
        assert_eq!(next_token, segments.tokens.len());
        for index in 0..segments.sentences.len() {
            let mut rest = segments.sentences[index].span;
            for token in segments.tokens_of(index) {
                assert!(rest.contains(token.span) && !token.span.is_empty());
                assert!(
                    Span::new(rest.start, token.span.start).of(text).trim().is_empty(),
                    "a token is missing"
                );
                rest.start = token.span.end;
            }
            assert!(rest.of(text).trim().is_empty(), "the last token is missing");
        }
    }

    proptest! {
        #[test]
        fn units_tile_and_nest(text in dense_text()) {
            check_laws(&text);
        }

        #[test]
        fn units_tile_and_nest_in_any_text(text in "\\PC*") {
            check_laws(&text);
        }
    }
}
