//! Statements beside the words of their sentences.
//!
//! A statement may begin or end within a sentence: "and the first since 2015". It says little by itself, so readers are shown some words of the
//! sentence before and after it, apart from it.

use parallax_model::{Comparison, Document, Event, Fact, Place, Span};

use super::Reading;

/// The longest stretch before a statement, in characters.
const BEFORE: usize = 70;
/// The longest stretch after it.
const AFTER: usize = 50;

/// A statement, with the words before and after it in its sentence where there are some, cut off at a word where there are many.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    pub(crate) before: String,
    pub(crate) words: String,
    pub(crate) after: String,
}

impl Reading<'_> {
    /// What a fact states.
    pub(crate) fn stated(&self, fact: &Fact) -> Stated {
        stated(self.comparison, &fact.statement, fact.reports.iter().map(|report| report.place))
    }

    /// What happened on the day of an event.
    pub(crate) fn happened(&self, event: &Event) -> Stated {
        stated(self.comparison, &event.statement, event.reports.iter().copied())
    }
}

/// The statement in the first of the places where its words stand.
fn stated(comparison: &Comparison, statement: &str, mut places: impl Iterator<Item = Place>) -> Stated {
    let found = places.find_map(|place| {
        let document = comparison.documents.get(place.article)?;
        Some((document, stands_at(document, statement, place.span)?))
    });
    let Some((document, span)) = found else {
        return Stated { words: statement.to_owned(), ..Stated::default() };
    };
    let text = document.text();
    let (first, last) =
        (sentence_at(document, span.start), sentence_at(document, span.end.saturating_sub(1)));
    let before = first.map_or("", |sentence| Span::new(sentence.start, span.start).of(text));
    let after = last.map_or("", |sentence| Span::new(span.end, sentence.end).of(text));
    let (before, after) = (last_words(before), next_words(after));
    // A mark that opens is said only with what closes it.
    let is_mark = after.is_empty() && !before.contains(char::is_alphanumeric);
    Stated { before: if is_mark { String::new() } else { before }, words: statement.to_owned(), after }
}

/// Where a statement stands: the place has its words, or, as with a figure, lies in a sentence that has.
fn stands_at(document: &Document, statement: &str, place: Span) -> Option<Span> {
    if in_one_line(place.of(document.text())) == statement {
        return Some(place);
    }
    let sentence = sentence_at(document, place.start)?;
    let start = sentence.start + sentence.of(document.text()).find(statement)?;
    Some(Span::new(start, start + statement.len()))
}

fn sentence_at(document: &Document, at: usize) -> Option<Span> {
    let index = document.segments.sentence_at(at)?;
    let sentence = document.segments.sentences[index].span;
    // White space before a sentence is of its tile.
    (sentence.start <= at && at < sentence.end).then_some(sentence)
}

/// The end of a stretch, with a space where it had one.
fn last_words(text: &str) -> String {
    let line = in_one_line(text);
    let space = if text.ends_with(char::is_whitespace) && !line.is_empty() { " " } else { "" };
    let cut_off = line.chars().count().saturating_sub(BEFORE);
    if cut_off == 0 {
        return line + space;
    }
    let kept: String = line.chars().skip(cut_off).collect();
    let kept = kept.split_once(' ').map_or(&*kept, |(_, words)| words);
    format!("… {kept}{space}")
}

/// The beginning of a stretch, nothing where it has no word.
fn next_words(text: &str) -> String {
    if !text.contains(char::is_alphanumeric) {
        return String::new();
    }
    let space = if text.starts_with(char::is_whitespace) { " " } else { "" };
    format!("{space}{}", cut(text, AFTER))
}

/// The first words of a text, cut at a word where it is long.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let text = in_one_line(text);
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    let kept = &text[..end];
    let kept = kept.rsplit_once(' ').map_or(kept, |(words, _)| words);
    format!("{} …", kept.trim_end_matches([',', ';', ':', '.']))
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use parallax_model::{Article, Body, RawReport};

    use super::*;

    #[test]
    fn a_statement_has_the_words_of_its_sentence_beside_it() {
        let check = |text: &str, statement: &str, before: &str, after: &str| {
            let body = Body::Text(text.into());
            let raw = RawReport { id: "a".into(), place: "a".into(), body, ..RawReport::default() };
            let comparison = parallax_analysis::compare(vec![raw]);
            let start = text.find(statement).unwrap_or_else(|| panic!("{text}"));
            let place = Place { article: 0, span: Span::new(start, start + statement.len()) };
            let expected = Stated { before: before.into(), words: statement.into(), after: after.into() };
            assert_eq!(stated(&comparison, statement, [place].into_iter()), expected, "{text}");
        };
        check("The dam broke at dawn.", "The dam broke at dawn", "", "");
        check("Water came. The dam broke, and two died there.", "two died", "The dam broke, and ", " there.");
        check(
            "Finch and Kolm had agreed that each would visit the other’s town before the winter, the first visits since 2015 by either of the two mayors to the other side of the river.",
            "the first visits since 2015",
            "… had agreed that each would visit the other’s town before the winter, ",
            " by either of the two mayors to the other side of …",
        );
        check("“We saw it,” she said.", "We saw it", "“", ",” she said.");
        check("“We saw it.”", "We saw it", "", "");
    }

    #[test]
    fn a_statement_around_its_figure_is_found_in_the_sentence() {
        let text = "It rained. On Monday two people died, the mayor said.";
        let segments = parallax_analysis::segment::segment(text);
        let article = Article { text: text.into(), ..Article::default() };
        let document = Document { article, segments, ..Document::default() };
        let start = text.find("two").unwrap_or_default();
        let figure = Span::new(start, start + 3);
        let found = stands_at(&document, "two people died", figure).map(|span| span.of(text));
        assert_eq!(found, Some("two people died"));
        assert_eq!(stands_at(&document, "It rained", figure), None);
    }

    #[test]
    fn a_statement_that_stands_nowhere_stands_alone() {
        let alone = Stated { words: "It rained".into(), ..Stated::default() };
        assert_eq!(stated(&Comparison::default(), "It rained", std::iter::empty()), alone);
    }

    #[test]
    fn long_texts_are_cut_at_a_word() {
        for (text, most, expected) in [
            ("The river  fell", 40, "The river fell"),
            ("The river fell, then rose", 17, "The river fell …"),
            ("洪水が町を襲う", 3, "洪水が …"),
            ("", 3, ""),
        ] {
            assert_eq!(cut(text, most), expected);
        }
    }
}
