//! Annotated articles as the tagger reads them.

use std::fs;
use std::ops::Range;

use anyhow::Context;
use parallax_analysis::quotation::tagger::{
    BEGIN, CONTENT_BEGIN, CONTENT_END, CONTENT_INSIDE, CONTENT_UNIT, Features, INSIDE, OUTSIDE, Reading,
};
use parallax_analysis::segment::segment;
use parallax_model::Span;
use serde::Deserialize;

/// A line of the annotated corpus; offsets count characters.
#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    text: String,
    quotes: Vec<Quote>,
}

#[derive(Debug, Deserialize)]
struct Quote {
    quote: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    speaker: Vec<[usize; 2]>,
}

/// One article with its annotation.
pub(crate) struct Example {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) reading: Reading,
    /// The features of each item whatever the cue.
    pub(crate) items: Vec<Features>,
    pub(crate) attributions: Vec<Attribution>,
}

/// One annotated attribution, in items.
pub(crate) struct Attribution {
    pub(crate) cue: Range<usize>,
    pub(crate) speaker: Option<Range<usize>>,
    pub(crate) contents: Vec<Range<usize>>,
}

/// Reads a corpus.
pub(crate) fn examples(path: &str) -> anyhow::Result<Vec<Example>> {
    let lines = fs::read_to_string(path).with_context(|| format!("reading {path}"))?;
    lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| Ok(example(serde_json::from_str(line)?)))
        .collect()
}

fn example(row: Row) -> Example {
    let reading = Reading::new(&row.text, &segment(&row.text));
    let items = (0..reading.sentences()).flat_map(|s| reading.item_features(s)).collect();
    let offsets: Vec<usize> = row.text.char_indices().map(|(i, _)| i).chain([row.text.len()]).collect();
    let items_of = |spans: &[[usize; 2]]| -> Vec<Range<usize>> {
        let bytes = spans.iter().filter_map(|&[s, e]| Some(Span::new(*offsets.get(s)?, *offsets.get(e)?)));
        bytes.filter_map(|span| reading.items_in(span)).collect()
    };
    let attributions = row.quotes.iter().filter_map(|quote| {
        let contents = items_of(&quote.quote).into_iter().filter_map(|c| reading.trimmed(c)).collect();
        let cue = items_of(&quote.cue).into_iter().next()?;
        let cue = reading.trimmed(cue.clone()).unwrap_or(cue);
        Some(Attribution { cue, speaker: items_of(&quote.speaker).into_iter().next(), contents })
    });
    let attributions = attributions.collect();
    Example { id: row.id, reading, items, attributions, text: row.text }
}

/// The labels of a sentence for the first field.
pub(crate) fn cue_labels(example: &Example, sentence: usize) -> Vec<u8> {
    let range = example.reading.sentence(sentence);
    let mut labels = vec![OUTSIDE; range.len()];
    for attribution in &example.attributions {
        mark(&mut labels, &range, &attribution.cue, [BEGIN, INSIDE, INSIDE, BEGIN]);
    }
    labels
}

/// The labels within reach of a cue for the second field; all outside where nothing annotated has this cue.
pub(crate) fn span_labels(example: &Example, cue: &Range<usize>, range: &Range<usize>) -> Vec<u8> {
    let mut labels = vec![OUTSIDE; range.len()];
    let overlap = |a: &Attribution| a.cue.end.min(cue.end).saturating_sub(a.cue.start.max(cue.start));
    let Some(gold) = example.attributions.iter().filter(|a| overlap(a) > 0).max_by_key(|a| overlap(a)) else {
        return labels;
    };
    for content in &gold.contents {
        mark(&mut labels, range, content, [CONTENT_BEGIN, CONTENT_INSIDE, CONTENT_END, CONTENT_UNIT]);
    }
    if let Some(speaker) = &gold.speaker {
        mark(&mut labels, range, speaker, [BEGIN, INSIDE, INSIDE, BEGIN]);
    }
    labels
}

/// Labels a run of items that are free: first, inner, last, or the only one.
fn mark(labels: &mut [u8], range: &Range<usize>, items: &Range<usize>, [first, inner, last, only]: [u8; 4]) {
    let start = items.start.max(range.start);
    let end = items.end.min(range.end);
    if start >= end || labels[start - range.start..end - range.start].iter().any(|&l| l != OUTSIDE) {
        return;
    }
    for index in start..end {
        labels[index - range.start] = match (index == start, index + 1 == end) {
            (true, true) => only,
            (true, false) => first,
            (false, true) => last,
            (false, false) => inner,
        };
    }
}
