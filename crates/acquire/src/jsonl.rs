//! Tables of reports: a JSON object a line.

use std::io::{self, BufRead, Read};

use parallax_model::{Body, RawReport};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::decode::decode;
use crate::{Acquired, Error, LARGEST_REPORT};

/// Reads all reports of a table that is called `name`. A line that gives none is a problem at `name:line`; the rest goes on.
pub(crate) fn read(mut table: impl BufRead, name: &str, acquired: &mut Acquired) {
    let mut line = Vec::new();
    let mut number = 0_usize;
    let mut found = false;
    loop {
        number += 1;
        let place = format!("{name}:{number}");
        match next_line(&mut table, &mut line) {
            Ok(Line::End) => break,
            Ok(Line::Blank) => continue,
            Ok(Line::TooLong) => acquired.problem(place, &Error::TooLarge),
            Ok(Line::Full) => add(std::mem::take(&mut line), place, acquired),
            Err(error) => {
                acquired.problem(place, &Error::Io(error));
                return;
            }
        }
        found = true;
    }
    if !found {
        acquired.problem(name.to_owned(), &Error::Empty);
    }
}

/// What reading a line came to.
enum Line {
    Full,
    Blank,
    TooLong,
    End,
}

/// Reads the next line into `line`. Of a line that is too long the rest is passed over without keeping it.
fn next_line(table: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    if table.by_ref().take(LARGEST_REPORT as u64 + 1).read_until(b'\n', line)? == 0 {
        return Ok(Line::End);
    }
    if line.len() > LARGEST_REPORT {
        if !line.ends_with(b"\n") {
            table.skip_until(b'\n')?;
        }
        line.clear();
        return Ok(Line::TooLong);
    }
    Ok(if line.iter().all(u8::is_ascii_whitespace) { Line::Blank } else { Line::Full })
}

/// Adds the report of one line.
fn add(line: Vec<u8>, place: String, acquired: &mut Acquired) {
    match parse(line, &place) {
        Ok((report, note)) => {
            acquired.reports.push(report);
            if let Some(note) = note {
                acquired.note(place, note);
            }
        }
        Err(error) => acquired.problem(place, &error),
    }
}

fn parse(line: Vec<u8>, place: &str) -> Result<(RawReport, Option<String>), Error> {
    let decoded = decode(line, |_| None)?;
    // Serde would take an array for the fields in order.
    if !decoded.text.trim_start().starts_with('{') {
        return Err(Error::NotAnObject);
    }
    let Record { id, text, html, source, title, published, url, lang } = serde_json::from_str(&decoded.text)?;
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
    let report =
        RawReport { id, place: place.to_owned(), source, title, published, url, language: lang, body };
    Ok((report, decoded.note))
}

/// A line of a table. Fields that are no text are as good as missing.
#[derive(Debug, Deserialize)]
struct Record {
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
    #[serde(default, deserialize_with = "text_or_number")]
    published: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    url: Option<String>,
    #[serde(default, alias = "language", deserialize_with = "text_or_number")]
    lang: Option<String>,
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}
