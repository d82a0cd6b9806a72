//! Why something could not be read.

use std::{fmt, io};

use crate::LARGEST_REPORT;

/// What to say of a file of another format.
const KNOWN_FORMATS: &str = "unknown format; known are .txt, .html, .jsonl, .json, .csv, .tsv, .xml, .warc, .rss, .atom and .opml, also with .gz or .zst";

/// Why an input, or a line of it, gives no report. Its display is the reason, without the place.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The system refused.
    Io(io::Error),
    /// Nothing is there, or only white space.
    Empty,
    /// It is no text in any encoding.
    Binary,
    /// It is larger than [`LARGEST_REPORT`].
    TooLarge,
    /// The ending of the file's name is that of no known format.
    UnknownFormat,
    /// A folder holds no report.
    NoReports,
    /// What stands at an address, or in a file that looked like one, is no page and no listing.
    NoPage,
    /// A file is none of the listings that are known.
    NoListing,
    /// A listing names something that is no address.
    NoAddress(String),
    /// An address is none of the web.
    OtherScheme,
    /// An item of a listing has neither text nor address.
    NoContent,
    /// A listing in a listing in a listing, and so on.
    TooDeep,
    /// What was fetched is broken.
    Fetch(String),
    /// A line of JSONL is no object.
    NotAnObject,
    /// A line of JSONL is broken.
    Json(serde_json::Error),
    /// A report lacks a field.
    MissingField(&'static str),
    /// A table lacks a column.
    MissingColumn(&'static str),
    /// A row has another number of cells than the table has columns.
    WrongCells {
        /// As many as there are columns.
        expected: u64,
        /// As many as there are in the row.
        found: u64,
    },
    /// A record is not as its format has it.
    Malformed(&'static str),
    /// An XML item is broken.
    Xml(String),
    /// What is compressed or encoded cannot be read.
    Undecodable(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) if error.kind() == io::ErrorKind::NotFound => {
                f.write_str("no such file or folder")
            }
            Self::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                f.write_str("may not be read")
            }
            Self::Io(error) => write!(f, "cannot be read: {error}"),
            Self::Empty => f.write_str("empty: there is no text"),
            Self::Binary => f.write_str("binary data, not text"),
            Self::TooLarge => write!(f, "larger than {} MiB, which no report is", LARGEST_REPORT >> 20),
            Self::UnknownFormat => f.write_str(KNOWN_FORMATS),
            Self::NoReports => f.write_str("the folder holds no report"),
            Self::NoPage => f.write_str("no page and no feed"),
            Self::NoListing => f.write_str("no feed, OPML or sitemap"),
            Self::NoAddress(text) => write!(f, "no address: {text}"),
            Self::OtherScheme => f.write_str("only addresses that begin with http or https are read"),
            Self::NoContent => f.write_str("an item with neither text nor address"),
            Self::TooDeep => f.write_str("lists of lists are not followed any deeper"),
            Self::Fetch(reason) => f.write_str(reason),
            Self::NotAnObject => f.write_str("not a JSON object"),
            Self::Json(error) => write!(f, "broken JSON at column {}: {}", error.column(), plain(error)),
            Self::MissingField(field) => write!(f, "the field {field} is missing"),
            Self::MissingColumn(column) => write!(f, "no column is called {column}, or anything like it"),
            Self::WrongCells { expected, found } => {
                write!(f, "{found} cells in a table of {expected} columns")
            }
            Self::Malformed(reason) => f.write_str(reason),
            Self::Xml(reason) => write!(f, "broken XML: {reason}"),
            Self::Undecodable(reason) => write!(f, "cannot be decoded: {reason}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Json(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

/// The words of a JSON error without its position, which counts lines from that of the table.
fn plain(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.rsplit_once(" at line ").map_or(words.as_str(), |(reason, _)| reason).to_owned()
}
