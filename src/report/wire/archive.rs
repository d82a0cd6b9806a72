//! The rows of the commands that work on an archive.

use parallax_archive::{Fate, Hit};
use serde::Serialize;

use super::{Offsets, Span};
use crate::ingest::Added;

/// What became of a report that was added.
#[derive(Debug, Serialize)]
pub(crate) struct AddedRow<'a> {
    report: &'a str,
    was: &'static str,
    stories: Vec<String>,
}

impl<'a> AddedRow<'a> {
    pub(crate) fn new(added: &'a Added) -> Self {
        let was = match added.fate {
            Fate::New => "new",
            Fate::Updated => "updated",
            Fate::Unchanged => "unchanged",
        };
        Self { report: &added.name, was, stories: added.stories.iter().map(ToString::to_string).collect() }
    }
}

/// A report that was found.
#[derive(Debug, Serialize)]
pub(crate) struct HitRow<'a> {
    report: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<&'a str>,
    url: Option<&'a str>,
    stories: Vec<String>,
    score: f64,
    snippet: SnippetRow<'a>,
}

/// The part of a text that shows why it was found; places in the article's text, in code points.
#[derive(Debug, Serialize)]
struct SnippetRow<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    marks: Vec<Span>,
}

impl<'a> HitRow<'a> {
    pub(crate) fn new(hit: &'a Hit) -> Self {
        let offsets = Offsets::new(&hit.text);
        let Span { start, end } = offsets.span(hit.snippet.span);
        let marks = hit.snippet.marks.iter().map(|mark| offsets.span(*mark)).collect();
        Self {
            report: &hit.report.name,
            title: hit.report.title.as_deref(),
            outlet: hit.report.outlet.as_deref(),
            published: hit.report.published.as_deref(),
            url: hit.report.url.as_deref(),
            stories: hit.stories.iter().map(ToString::to_string).collect(),
            score: hit.score,
            snippet: SnippetRow { text: hit.snippet.span.of(&hit.text), start, end, marks },
        }
    }
}
