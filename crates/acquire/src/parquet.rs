//! Parquet files: a report a row, columns by their names.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::reader::RowIter;
use ::parquet::record::{Field, Row};
use ::parquet::schema::types::Type;

use crate::columns::Columns;
use crate::event::{Found, Record};
use crate::{Error, Source};

/// The reports of the file at `path`, which is called `name`; ids of rows without one begin with `stem`. Only the columns that are needed are
/// read, a page at a time.
pub(crate) fn open(path: &Path, name: String, stem: String) -> Result<Source, Error> {
    let file = SerializedFileReader::new(File::open(path)?).map_err(reason)?;
    let schema = file.metadata().file_metadata().schema();
    let names: Vec<String> = schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
    let columns = Columns::find(names.iter().map(String::as_str))?;
    let needed = projection(schema, &columns).map_err(reason)?;
    let rows = RowIter::from_file_into(Box::new(file)).project(Some(needed)).map_err(reason)?;
    let records = Rows { rows, names, columns, name, stem, number: 0, is_done: false };
    Ok(Box::new(records.flat_map(Record::events)))
}

/// The schema with the needed columns alone.
fn projection(schema: &Type, columns: &Columns) -> Result<Type, ParquetError> {
    let fields =
        columns.places().filter_map(|place| schema.get_fields().get(place)).map(Arc::clone).collect();
    Type::group_type_builder(schema.name()).with_fields(fields).build()
}

struct Rows {
    rows: RowIter<'static>,
    /// Of all columns of the file.
    names: Vec<String>,
    columns: Columns,
    name: String,
    stem: String,
    /// Of the last row, from 1.
    number: usize,
    is_done: bool,
}

impl Iterator for Rows {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.is_done {
            return None;
        }
        let row = match self.rows.next() {
            Some(row) => row.map_err(reason),
            None if self.number > 0 => return None,
            None => Err(Error::Empty),
        };
        self.is_done = row.is_err();
        self.number += 1;
        let place = format!("{}: record {}", self.name, self.number);
        let read = row.and_then(|row| self.found(&row, &place));
        Some(Record { place, read })
    }
}

impl Rows {
    fn found(&self, row: &Row, place: &str) -> Result<Found, Error> {
        let cell = |at: usize| {
            let name = self.names.get(at)?;
            let (_, field) = row.get_column_iter().find(|(found, _)| *found == name)?;
            text(field)
        };
        let id = format!("{}-{}", self.stem, self.number);
        let report = self.columns.report(place.to_owned(), &id, cell)?;
        Ok(Found { report, note: None })
    }
}

fn text(field: &Field) -> Option<String> {
    match field {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => Some(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => None,
        field => Some(field.to_string()),
    }
}

fn reason(error: ParquetError) -> Error {
    Error::Undecodable(error.to_string())
}
