//! Quotations as JSON, an object a line.

use std::io;

use parallax_model::{Document, Quotation};
use serde::Serialize;

use crate::report::wire::{QuotedInRow, QuotingRow};

/// A line for each wanted quotation.
pub(crate) fn quotation_lines(
    document: &Document,
    is_wanted: impl Fn(&Quotation) -> bool,
) -> io::Result<Vec<u8>> {
    lines(&QuotedInRow::all(document, is_wanted))
}

/// One line for the article, with its wanted quotations and who says them.
pub(crate) fn article_line(
    document: &Document,
    is_wanted: impl Fn(&Quotation) -> bool,
) -> io::Result<Vec<u8>> {
    lines(&[QuotingRow::new(document, is_wanted)])
}

/// Each row on a line, ended by a line feed.
pub(super) fn lines(rows: &[impl Serialize]) -> io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut lines, row)?;
        lines.push(b'\n');
    }
    Ok(lines)
}
