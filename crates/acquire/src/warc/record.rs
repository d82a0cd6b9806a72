//! The head of a record: a line with the version, then named fields, then an empty line.

use std::io::{BufRead, Read};

use crate::Error;

/// The longest head that is read. Heads of real records have less than two thousand bytes.
const LONGEST_HEAD: u64 = 64 << 10;

/// What the head of a record says, as far as it matters here.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) class: String,
    pub(super) target: Option<String>,
    pub(super) date: Option<String>,
    pub(super) content_type: String,
    pub(super) length: u64,
}

impl Head {
    /// Whether the block of the record is what a server answered.
    pub(super) fn is_answer(&self) -> bool {
        self.class.eq_ignore_ascii_case("response")
            && self.target.as_deref().is_some_and(|target| target.starts_with("http"))
            && (self.content_type.is_empty()
                || starts_with_ignoring_case(&self.content_type, "application/http"))
    }
}

/// Whether a line is the first of a record.
pub(super) fn is_version(line: &[u8]) -> bool {
    line.starts_with(b"WARC/")
}

/// Reads the fields of a head, up to the empty line, from after the version.
pub(super) fn read_fields(source: &mut impl BufRead) -> Result<Head, Error> {
    let mut source = source.take(LONGEST_HEAD);
    let (mut head, mut length) = (Head::default(), None);
    let mut field = String::new();
    loop {
        let mut line = Vec::new();
        source.read_until(b'\n', &mut line)?;
        if !line.ends_with(b"\n") {
            return Err(Error::Malformed(if source.limit() == 0 {
                "its head does not end"
            } else {
                "cut short in its head"
            }));
        }
        let line = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
        // A line that begins with white space goes on with the field before it.
        if line.starts_with([' ', '\t']) {
            field.push_str(&line);
            continue;
        }
        if let Some((name, value)) = field.split_once(':') {
            take(name, value.trim(), &mut head, &mut length);
        }
        if line.is_empty() {
            break;
        }
        field = line;
    }
    head.length = length.ok_or(Error::Malformed("its head gives no Content-Length"))?;
    Ok(head)
}

fn take(name: &str, value: &str, head: &mut Head, length: &mut Option<u64>) {
    let owned = || Some(value.to_owned());
    match name.trim().to_ascii_lowercase().as_str() {
        "warc-type" => head.class = value.to_owned(),
        // Some tools of 2010 and earlier put the address between angle brackets, as the standard's grammar had it.
        "warc-target-uri" => {
            head.target = Some(value.trim_start_matches('<').trim_end_matches('>').to_owned());
        }
        "warc-date" => head.date = owned(),
        "content-type" => head.content_type = value.to_owned(),
        "content-length" => *length = value.parse().ok(),
        _ => {}
    }
}

pub(super) fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}
