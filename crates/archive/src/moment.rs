//! Moments as they are stored: milliseconds since 1970 in UTC.

use jiff::Timestamp;
use rusqlite::Row;

pub(crate) fn stored(at: Timestamp) -> i64 {
    at.as_millisecond()
}

pub(crate) fn read(row: &Row<'_>, column: &str) -> rusqlite::Result<Timestamp> {
    // A number that is no moment was not written by us; any moment will do for it.
    Ok(Timestamp::from_millisecond(row.get(column)?).unwrap_or(Timestamp::UNIX_EPOCH))
}
