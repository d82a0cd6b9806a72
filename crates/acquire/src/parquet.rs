//! Parquet files: a report a row, columns by their names.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use ::parquet::basic::{LogicalType, TimeUnit};
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::reader::RowIter;
use ::parquet::record::{Field, Row};
use ::parquet::schema::types::Type;
use jiff::Timestamp;

use crate::columns::Columns;
use crate::event::{Found, Record};
use crate::{Error, Source};

/// The reports of the file at `path`, which is called `name`; ids of rows without one begin with `stem`. Only the columns that are needed are
/// read, a page at a time.
pub(crate) fn open(path: &Path, name: String, stem: String) -> Result<Source, Error> {
    let file = SerializedFileReader::new(File::open(path)?).map_err(reason)?;
    let schema = file.metadata().file_metadata().schema();
    let names: Vec<(String, Clock)> =
        schema.get_fields().iter().map(|field| (field.name().to_owned(), Clock::of(field))).collect();
    let columns = Columns::find(names.iter().map(|(name, _)| name.as_str()))?;
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
    /// Of all columns of the file, with how each tells moments.
    names: Vec<(String, Clock)>,
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
            let (name, clock) = self.names.get(at)?;
            let (_, field) = row.get_column_iter().find(|(found, _)| *found == name)?;
            text(field, *clock)
        };
        let id = format!("{}-{}", self.stem, self.number);
        let report = self.columns.report(place.to_owned(), &id, cell)?;
        Ok(Found { report, note: None })
    }
}

/// How a column tells moments, where it does.
#[derive(Debug, Clone, Copy, Default)]
struct Clock {
    /// Whether its whole numbers are nanoseconds since 1970, which the reader of rows does not tell.
    is_nanoseconds: bool,
    /// Whether they are the time of an unknown place.
    is_local: bool,
}

impl Clock {
    fn of(column: &Type) -> Self {
        match column.get_basic_info().logical_type_ref() {
            Some(LogicalType::Timestamp(stamp)) => Self {
                is_nanoseconds: matches!(stamp.unit, TimeUnit::NANOS),
                is_local: !stamp.is_adjusted_to_u_t_c,
            },
            _ => Self::default(),
        }
    }

    /// A moment as it is worded everywhere else: `2021-05-04T10:00:00Z`, or without the zone.
    fn worded(self, moment: Result<Timestamp, jiff::Error>) -> Option<String> {
        let worded = moment.ok()?.to_string();
        Some(if self.is_local { worded.trim_end_matches('Z').to_owned() } else { worded })
    }
}

fn text(field: &Field, clock: Clock) -> Option<String> {
    match field {
        Field::Null => None,
        Field::TimestampMillis(number) => clock.worded(Timestamp::from_millisecond(*number)),
        Field::TimestampMicros(number) => clock.worded(Timestamp::from_microsecond(*number)),
        Field::Long(number) if clock.is_nanoseconds => {
            clock.worded(Timestamp::from_nanosecond(i128::from(*number)))
        }
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => Some(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => None,
        field => Some(field.to_string()),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
fn reason(error: ParquetError) -> Error {
    Error::Undecodable(error.to_string())
}
