//! Tables of separated values, CSV and TSV: a report a row, columns by the names in the first row.

use std::io::{BufRead, BufReader, Chain, Cursor, Read};

use crate::bounded::{Bounded, Left};
use crate::columns::Columns;
use crate::decode::{Decoded, decode, is_binary};
use crate::event::{Found, Record};
use crate::{Error, LARGEST_REPORT, Source};
use csv::{ByteRecord, ErrorKind, Position, Reader, ReaderBuilder};

/// The first row of a table is shorter than this.
const LONGEST_HEADER: u64 = 64 << 10;
/// What may stand between values.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The reports of a table that is called `name`; ids of rows without one begin with `stem`.
pub(crate) fn open(table: impl BufRead + Send + 'static, name: String, stem: String) -> Source {
    Box::new(records(table, name, stem).flat_map(Record::events))
}

/// What each row of a table came to.
pub(crate) fn records(table: impl BufRead, name: String, stem: String) -> impl Iterator<Item = Record> {
    Rows { state: State::New(table), name, stem, number: 0 }
}

struct Rows<R: Read> {
    state: State<R>,
    name: String,
    stem: String,
    /// Of the last row, from 1, without the names of the columns.
    number: u64,
}

enum State<R: Read> {
    New(R),
    Open(Box<Table<R>>),
    Ended,
}

/// A table with its first row put back.
type WithHeader<R> = BufReader<Chain<Cursor<Vec<u8>>, R>>;

/// A table whose first row was read.
struct Table<R: Read> {
    rows: Reader<Bounded<WithHeader<R>>>,
    left: Left,
    columns: Columns,
}

impl<R: BufRead> Table<R> {
    /// Whether the last of a row's values ends where the row does. One that was opened by a quotation mark and never closed takes in all lines
    /// up to the end of the table.
    fn is_closed(&self, row: &ByteRecord) -> bool {
        let has_lines = row.iter().next_back().is_some_and(|value| value.contains(&b'\n'));
        !has_lines || !self.left.has_ended_without(b'"')
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if let State::New(_) = self.state
            && let Err(error) = self.open_table()
        {
            return Some(Record { place: format!("{}:1", self.name), read: Err(error) });
        }
        let State::Open(table) = &mut self.state else { return None };
        table.left.begin();
        let mut row = ByteRecord::new();
        let begin = table.rows.position().clone();
        let read = match table.rows.read_byte_record(&mut row) {
            Ok(true) => Ok(table.is_closed(&row)),
            Ok(false) if self.number > 0 => return None,
            Ok(false) => {
                self.state = State::Ended;
                return Some(Record { place: self.name.clone(), read: Err(Error::Empty) });
            }
            Err(error) => Err(error),
        };
        self.number += 1;
        let place = self.place(row.position().unwrap_or(&begin));
        let read = read.map_err(|error| self.explain(error));
        let read = read.and_then(|is_closed| match is_closed {
            true => self.report(&row, &place),
            false => Err(Error::Malformed(
                "a quotation mark that opens in it is never closed: all that follows is lost in it",
            )),
        });
        Some(Record { place, read })
    }
}

impl<R: BufRead> Rows<R> {
    /// Reads the names of the columns.
    fn open_table(&mut self) -> Result<(), Error> {
        let State::New(mut table) = std::mem::replace(&mut self.state, State::Ended) else { return Ok(()) };
        let mut header = Vec::new();
        table.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut header)?;
        if header.trim_ascii().is_empty() {
            return Err(Error::Empty);
        }
        let separator = separator(&header);
        let (source, left) = Bounded::new(BufReader::new(Cursor::new(header).chain(table)));
        let mut rows = ReaderBuilder::new().delimiter(separator).from_reader(source);
        let names = rows.byte_headers().map_err(reason)?.clone();
        let columns = Columns::find(names.iter().map(|name| std::str::from_utf8(name).unwrap_or_default()))?;
        self.state = State::Open(Box::new(Table { rows, left, columns }));
        Ok(())
    }

    fn report(&self, row: &ByteRecord, place: &str) -> Result<Found, Error> {
        let State::Open(table) = &self.state else { return Err(Error::Empty) };
        let (row, note) = decoded(row)?;
        let id = format!("{}-{}", self.stem, self.number);
        let cell = |at: usize| row.get(at).cloned();
        let report = table.columns.report(place.to_owned(), &id, cell)?;
        Ok(Found { report, note })
    }

    /// Why a row cannot be read. After what is no row of the wrong length, nothing more can be.
    fn explain(&mut self, error: csv::Error) -> Error {
        if matches!(error.kind(), ErrorKind::UnequalLengths { .. }) {
            return reason(error);
        }
        let State::Open(table) = std::mem::replace(&mut self.state, State::Ended) else {
            return reason(error);
        };
        if table.left.is_used_up() { Error::TooLarge } else { reason(error) }
    }

    fn place(&self, at: &Position) -> String {
        format!("{}:{}: record {} at byte {}", self.name, at.line(), self.number, at.byte())
    }
}

fn reason(error: csv::Error) -> Error {
    match error.into_kind() {
        ErrorKind::Io(error) => Error::Io(error),
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            Error::WrongCells { expected: expected_len, found: len }
        }
        _ => Error::Malformed("no row of separated values"),
    }
}

/// What stands between the values: what the first row has the most of.
fn separator(header: &[u8]) -> u8 {
    let count = |separator: u8| header.iter().filter(|byte| **byte == separator).count();
    // Of equally many the first counts.
    SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// The cells as text. The encoding is told by the whole row, since a single cell has little to tell it by.
fn decoded(row: &ByteRecord) -> Result<(Vec<String>, Option<String>), Error> {
    if row.as_slice().len() > LARGEST_REPORT {
        return Err(Error::TooLarge);
    }
    if is_binary(row.as_slice()) {
        return Err(Error::Binary);
    }
    if let Ok(row) = csv::StringRecord::from_byte_record(row.clone()) {
        return Ok((row.iter().map(str::to_owned).collect(), None));
    }
    let joined = row.iter().collect::<Vec<_>>().join(&0x1f);
    let Decoded { text, note } = decode(joined, |_| None)?;
    Ok((text.split('\u{1f}').map(str::to_owned).collect(), note))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_what_the_first_row_has_most_of() {
        let check = |header: &[u8], expected: u8| assert_eq!(separator(header), expected, "{header:?}");
        check(b"id,title,text\n", b',');
        check(b"id;title;text, whole\n", b';');
        check(b"id\ttext\n", b'\t');
        check(b"id|text", b'|');
        check(b"text\n", b',');
    }
}
