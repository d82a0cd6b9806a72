//! Tables of reports: a JSON object a line.

use std::io::{self, BufRead, Read};

use parallax_model::{Body, RawReport};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::decode::decode;
use crate::event::{Found, Record};
use crate::{Error, LARGEST_REPORT, Source};

/// The reports of a table that is called `name`. A line that gives none is a problem at `name:line`; the rest goes on.
pub(crate) fn open(table: impl BufRead + Send + 'static, name: String) -> Source {
    Box::new(records(table, name).flat_map(Record::events))
}

/// What each line of a table that is called `name` came to.
pub(crate) fn records(table: impl BufRead, name: String) -> impl Iterator<Item = Record> {
    Lines { table, name, number: 0, found: false, is_done: false }
}

/// The lines of a table, as far as it was read.
struct Lines<R> {
    table: R,
    name: String,
    /// Of the last line, from 1.
    number: usize,
    /// Whether a line was not blank.
    found: bool,
    is_done: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        while !self.is_done {
            self.number += 1;
            let place = format!("{}:{}", self.name, self.number);
            let read = match next_line(&mut self.table) {
                Ok(Line::Blank) => continue,
                Ok(Line::End) => {
                    self.is_done = true;
                    return (!self.found)
                        .then(|| Record { place: self.name.clone(), read: Err(Error::Empty) });
                }
                Ok(Line::TooLong) => Err(Error::TooLarge),
                Ok(Line::Full(line)) => parse(line, &place),
                Err(error) => {
                    self.is_done = true;
                    Err(Error::Io(error))
                }
            };
            self.found = true;
            return Some(Record { place, read });
        }
        None
    }
}

/// What reading a line came to.
enum Line {
    Full(Vec<u8>),
    Blank,
    TooLong,
    End,
}

/// Reads the next line. Of a line that is too long the rest is passed over without keeping it.
fn next_line(table: &mut impl BufRead) -> io::Result<Line> {
    let mut line = Vec::new();
    if table.by_ref().take(LARGEST_REPORT as u64 + 1).read_until(b'\n', &mut line)? == 0 {
        return Ok(Line::End);
    }
    if line.len() > LARGEST_REPORT {
        if !line.ends_with(b"\n") {
            table.skip_until(b'\n')?;
        }
        return Ok(Line::TooLong);
    }
    Ok(if line.iter().all(u8::is_ascii_whitespace) { Line::Blank } else { Line::Full(line) })
}

pub(crate) fn parse(line: Vec<u8>, place: &str) -> Result<Found, Error> {
    let decoded = decode(line, |_| None)?;
    // Serde would take an array for the fields in order.
    if !decoded.text.trim_start().starts_with('{') {
        return Err(Error::NotAnObject);
    }
    let Fields { id, text, html, source, title, headline, published, url, lang, authors, credit } =
        serde_json::from_str(decoded.text.trim_end())?;
    let id = id.filter(|id| !id.trim().is_empty()).ok_or(Error::MissingField("id"))?;
    let body = match (text, html) {
        (Some(text), _) => Body::Text(text),
        (None, Some(html)) => Body::Html(html),
        (None, None) => return Err(Error::MissingField("text")),
    };
    let (Body::Text(words) | Body::Html(words)) = &body;
    if words.trim().is_empty() {
        return Err(Error::Empty);
    }
    let report = RawReport {
        id,
        place: place.to_owned(),
        source,
        title: headline.or(title),
        published,
        url,
        language: lang,
        authors,
        credit,
        body,
        ..RawReport::default()
    };
    Ok(Found { report, note: decoded.note })
}

/// A line of a table. Fields that are no text are as good as missing.
#[derive(Debug, Deserialize)]
struct Fields {
    #[serde(default, deserialize_with = "text_or_number")]
    id: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    text: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    html: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    source: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    title: Option<String>,
    /// The title without what its outlet adds.
    #[serde(default, deserialize_with = "text_or_number")]
    headline: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    published: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    url: Option<String>,
    #[serde(default, alias = "language", deserialize_with = "text_or_number")]
    lang: Option<String>,
    #[serde(default, alias = "author", deserialize_with = "texts")]
    authors: Vec<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    credit: Option<String>,
}

/// A text, or a list of them.
fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let values = match Value::deserialize(deserializer)? {
        Value::Array(values) => values,
        value => vec![value],
    };
    let texts = values.into_iter().filter_map(|value| value.as_str().map(|text| text.trim().to_owned()));
    Ok(texts.filter(|text| !text.is_empty()).collect())
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}
