//! Lists and spans as they are stored: as JSON, `[start, end]` a span.

use parallax_model::Span;
use rusqlite::Row;
use rusqlite::types::Type;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::is_other;

/// How many there are, as the one column of a row says.
pub(crate) fn count(row: &Row<'_>) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(0)?.unsigned_abs())
}

/// A value as JSON. Nothing that is stored has keys or numbers that JSON does not know.
pub(crate) fn json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

pub(crate) fn read_json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let index = row.as_ref().column_index(column)?;
    let text = row.get_ref(index)?.as_str().map_err(|error| bad(index, error.into()))?;
    serde_json::from_str(text).map_err(|error| bad(index, error.into()))
}

fn bad(index: usize, error: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(index, Type::Text, error)
}

/// The rows but for those that are not as they were written, of which `verify` tells: none of them hides the others.
pub(crate) fn readable<T>(rows: impl Iterator<Item = rusqlite::Result<T>>) -> rusqlite::Result<Vec<T>> {
    rows.filter(|row| !row.as_ref().is_err_and(is_other)).collect()
}

/// An error that says that a word is none of those that are written.
pub(crate) fn unknown_word(word: &str) -> rusqlite::Error {
    damaged(&format!("{word} is no word of the archive"))
}

/// An error that says that a row is not as it was written.
pub(crate) fn damaged(reason: &str) -> rusqlite::Error {
    bad(0, reason.into())
}

pub(crate) fn pair(span: Span) -> (usize, usize) {
    (span.start, span.end)
}

pub(crate) fn span((start, end): (usize, usize)) -> Span {
    Span::new(start, end)
}

pub(crate) fn pairs(spans: &[Span]) -> Vec<(usize, usize)> {
    spans.iter().copied().map(pair).collect()
}

pub(crate) fn spans(pairs: Vec<(usize, usize)>) -> Vec<Span> {
    pairs.into_iter().map(span).collect()
}

/// A span in a column that may be null.
pub(crate) fn read_span(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Span>> {
    match row.get_ref(column)? {
        rusqlite::types::ValueRef::Null => Ok(None),
        _ => Ok(Some(span(read_json(row, column)?))),
    }
}
