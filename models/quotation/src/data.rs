//! Annotated articles as the tagger reads them.

use std::fs;
use std::ops::Range;

use anyhow::Context;
use parallax_analysis::quotation::tagger::Reading;
use parallax_analysis::segment::segment;
use parallax_model::Span;
use serde::Deserialize;

/// A line of the annotated corpus; offsets count characters.
#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) text: String,
    #[serde(default)]
    quotes: Vec<Quote>,
}

#[derive(Debug, Deserialize)]
struct Quote {
    quote: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    speaker: Vec<[usize; 2]>,
}

/// One article with its annotation.
pub(crate) struct Example<'t> {
    pub(crate) id: &'t str,
    pub(crate) reading: Reading<'t>,
    pub(crate) attributions: Vec<Attribution>,
}

/// One annotated attribution, in items.
pub(crate) struct Attribution {
    pub(crate) cue: Range<usize>,
    pub(crate) speaker: Option<Range<usize>>,
    pub(crate) contents: Vec<Range<usize>>,
}

/// Reads a corpus.
pub(crate) fn corpus(path: &str) -> anyhow::Result<Vec<Row>> {
    let lines = fs::read_to_string(path).with_context(|| format!("reading {path}"))?;
    lines.lines().filter(|line| !line.trim().is_empty()).map(|line| Ok(serde_json::from_str(line)?)).collect()
}

impl Row {
    /// The article as the tagger reads it.
    pub(crate) fn example(&self) -> Example<'_> {
        let reading = Reading::new(&self.text, &segment(&self.text));
        let offsets: Vec<usize> = self.text.char_indices().map(|(i, _)| i).chain([self.text.len()]).collect();
        let items_of = |spans: &[[usize; 2]]| -> Vec<Range<usize>> {
            let bytes =
                spans.iter().filter_map(|&[s, e]| Some(Span::new(*offsets.get(s)?, *offsets.get(e)?)));
            bytes.filter_map(|span| reading.items_in(span)).collect()
        };
        let attributions = self.quotes.iter().filter_map(|quote| {
            let contents = items_of(&quote.quote).into_iter().filter_map(|c| reading.trimmed(c)).collect();
            let cue = items_of(&quote.cue).into_iter().next()?;
            let cue = reading.trimmed(cue.clone()).unwrap_or(cue);
            Some(Attribution { cue, speaker: items_of(&quote.speaker).into_iter().next(), contents })
        });
        let attributions = attributions.collect();
        Example { id: &self.id, reading, attributions }
    }
}
