//! Quotations as rows of CSV (RFC 4180), for a spreadsheet.

use std::io;

use csv::{IntoInnerError, Terminator, WriterBuilder};
use parallax_model::{Document, Quotation};

use crate::report::csv::guarded;
use crate::report::wire::{QuotedInRow, Span};

const COLUMNS: [&str; 16] = [
    "quotation",
    "article",
    "source",
    "title",
    "published",
    "url",
    "kind",
    "speech",
    "speaker",
    "speaker_text",
    "cue",
    "content",
    "start",
    "end",
    "rule",
    "confidence",
];

/// Between the parts of a quotation that the attribution interrupts.
const BREAK: &str = " … ";

/// The first line of the table.
pub(crate) fn csv_header() -> io::Result<Vec<u8>> {
    records([COLUMNS.map(str::to_owned)])
}

/// A line for each wanted quotation.
pub(crate) fn csv_rows(document: &Document, is_wanted: impl Fn(&Quotation) -> bool) -> io::Result<Vec<u8>> {
    let rows = QuotedInRow::all(document, is_wanted);
    records(rows.iter().map(|row| cells(row).map(guarded)))
}

fn cells(row: &QuotedInRow<'_>) -> [String; COLUMNS.len()] {
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let quoted = &row.quoted;
    let quotation = &quoted.quotation;
    let (start, end) = bounds(&quotation.spans);
    [
        quotation.id.clone(),
        quotation.article.to_owned(),
        owned(row.source),
        owned(row.title),
        owned(row.published),
        owned(row.url),
        quotation.kind.to_owned(),
        quoted.speech.to_string(),
        owned(quotation.speaker.name),
        owned(quoted.speaker_text),
        owned(quoted.cue_text),
        quoted.texts.join(BREAK),
        start.to_string(),
        end.to_string(),
        quotation.rule.to_owned(),
        quotation.confidence.to_string(),
    ]
}

/// From the start of the first span to the end of the last.
fn bounds(spans: &[Span]) -> (usize, usize) {
    let start = spans.first().map_or(0, |span| span.start);
    (start, spans.last().map_or(start, |span| span.end))
}

fn records(rows: impl IntoIterator<Item = [String; COLUMNS.len()]>) -> io::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(IntoInnerError::into_error)
}
