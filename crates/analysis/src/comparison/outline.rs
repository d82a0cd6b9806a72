//! Passages among so many reports that few of them are in memory at once.
//!
//! An [`Outline`] has what a report contributes to what is known of all: which lines its outlet repeats, how rare its words are, and to which
//! reports it is close. With that known, those that are close are read ([`read_quoted`]) and compared
//! ([`passages_between`](crate::reuse::passages_between)).

use parallax_model::{Article, Document};

use crate::boilerplate::{RepeatableLine, Repetitions, boilerplate_among, boilerplate_and_lines};
use crate::quotation::quoted_words;
use crate::reuse::Sketch;
use crate::segment::segment;

/// What is to be known of a report before it is compared with others.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The report.
    pub article: Article,
    /// What chooses the reports that it is compared with.
    pub sketch: Sketch,
    /// The lines that are furniture where other reports of its outlet have them.
    pub lines: Vec<RepeatableLine>,
}

/// Outlines an article by itself.
pub fn outline(article: Article) -> Outline {
    let segments = segment(&article.text);
    let (boilerplate, lines) = boilerplate_and_lines(&article, &segments);
    let document = Document { article, segments, boilerplate, ..Document::default() };
    Outline { sketch: Sketch::of(&document), lines, article: document.article }
}

/// Reads an article only for the passages that it shares with others: its words, its furniture, and which words stand between quotation marks.
pub fn read_quoted(article: Article, repetitions: &Repetitions) -> Document {
    let segments = segment(&article.text);
    let boilerplate = boilerplate_among(&article, &segments, repetitions);
    let document = Document { article, segments, boilerplate, ..Document::default() };
    Document { quotations: quoted_words(&document), ..document }
}
