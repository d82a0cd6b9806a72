//! The page that a server answered with, out of the block of a record.

use parallax_model::{Body, RawReport};

use super::record::{Head, starts_with_ignoring_case};
use crate::decode::{Decoded, decode_as};
use crate::event::Found;
use crate::fetch::body;
use crate::file::declared;
use crate::{Error, LARGEST_REPORT};

/// A page of an archive.
#[derive(Debug)]
pub(super) struct Page {
    target: String,
    date: Option<String>,
    decoded: Decoded,
}

impl Page {
    pub(super) fn into_found(self, place: String) -> Found {
        let report = RawReport {
            id: self.target.clone(),
            place,
            url: Some(self.target),
            body: Body::Html(self.decoded.text),
            fetched: self.date,
            ..RawReport::default()
        };
        Found { report, note: self.decoded.note }
    }
}

/// Whether the block of a record, or the first part of it, is an answer that gives a page: no redirect, no error, no picture.
pub(super) fn is_page(block: &[u8]) -> Result<bool, Error> {
    Answer::read(block).map(|(answer, body)| answer.status == 200 && answer.is_page(body))
}

/// The page in the block of a record.
pub(super) fn read(head: &Head, block: &[u8]) -> Result<Page, Error> {
    let (answer, body) = Answer::read(block)?;
    let body = if answer.is_chunked { joined(body).unwrap_or_else(|| body.to_vec()) } else { body.to_vec() };
    let body = decompressed(body, &answer.encoding)?;
    let decoded = decode_as(body, answer.charset(), declared)?;
    Ok(Page { target: head.target.clone().unwrap_or_default(), date: head.date.clone(), decoded })
}

/// What the head of an answer says, as far as it matters here.
#[derive(Debug, Default)]
struct Answer {
    status: u16,
    content_type: String,
    encoding: String,
    is_chunked: bool,
}

impl Answer {
    /// Reads the head of an answer; the body is what follows.
    fn read(block: &[u8]) -> Result<(Self, &[u8]), Error> {
        let (head, body) = split(block).ok_or(Error::Malformed("the head of the answer does not end"))?;
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines();
        let status = lines.next().filter(|line| line.starts_with("HTTP/"));
        let status = status.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        let status = status.ok_or(Error::Malformed("the answer does not begin with a status"))?;
        let mut answer = Self { status, ..Self::default() };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            answer.take(name, value.trim());
        }
        Ok((answer, body))
    }

    fn take(&mut self, name: &str, value: &str) {
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => value.clone_into(&mut self.content_type),
            "content-encoding" => value.clone_into(&mut self.encoding),
            "transfer-encoding" => self.is_chunked = value.to_ascii_lowercase().contains("chunked"),
            _ => {}
        }
    }

    /// Whether the body is a page, by its type or, where the server gave none, by its first bytes.
    fn is_page(&self, body: &[u8]) -> bool {
        let is = |class| starts_with_ignoring_case(&self.content_type, class);
        if self.content_type.is_empty() {
            return body.trim_ascii_start().starts_with(b"<");
        }
        is("text/html") || is("application/xhtml+xml")
    }

    /// The name of the encoding, as the server gave it.
    fn charset(&self) -> Option<&str> {
        let at = self.content_type.to_ascii_lowercase().find("charset=")?;
        let label = self.content_type.get(at + "charset=".len()..)?.split(';').next()?;
        Some(label.trim().trim_matches(['"', '\'']))
    }
}

/// Head and body, parted at the first empty line.
fn split(block: &[u8]) -> Option<(&[u8], &[u8])> {
    let end_of = |mark: &[u8]| {
        block.windows(mark.len()).position(|window| window == mark).map(|at| (at, at + mark.len()))
    };
    let (end, start) = [end_of(b"\r\n\r\n"), end_of(b"\n\n")].into_iter().flatten().min()?;
    Some((block.get(..end)?, block.get(start..)?))
}

/// A body that was sent in chunks, put together; `None` where it is not in chunks, since many crawlers keep it put together and the head as
/// it was. Of a body that was cut the chunks are kept that came.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    let mut is_first = true;
    loop {
        let end = body.iter().position(|byte| *byte == b'\n');
        let size = end.and_then(|end| size_of_chunk(body.get(..end)?));
        let (Some(end), Some(size)) = (end, size) else {
            return (!is_first).then_some(joined);
        };
        if size == 0 {
            return Some(joined);
        }
        let chunk = body.get(end + 1..).unwrap_or_default();
        joined.extend_from_slice(chunk.get(..size).unwrap_or(chunk));
        body = chunk.get(size..).unwrap_or_default();
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
        is_first = false;
    }
}

fn size_of_chunk(line: &[u8]) -> Option<usize> {
    let size = line.split(|byte| *byte == b';').next()?.trim_ascii();
    let size = std::str::from_utf8(size).ok().filter(|size| size.len() <= 8)?;
    usize::from_str_radix(size, 16).ok()
}

/// The body without the compression that the server chose. Crawlers that keep it decompressed often keep the head as it was, so what is plainly
/// no compressed data is taken as it is.
fn decompressed(body: Vec<u8>, encoding: &str) -> Result<Vec<u8>, Error> {
    if encoding.is_empty() || body.trim_ascii_start().starts_with(b"<") {
        return Ok(body);
    }
    body::decoded(body, encoding, LARGEST_REPORT).map_err(|failure| Error::Undecodable(failure.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_put_together() {
        let check = |body: &str, expected: Option<&str>| {
            assert_eq!(joined(body.as_bytes()), expected.map(|body| body.as_bytes().to_vec()), "{body:?}");
        };
        check("5\r\n<html\r\n1;note=x\r\n>\r\n0\r\n\r\n", Some("<html>"));
        check("5\n<html\n0\n\n", Some("<html"));
        check("ff\r\n<html>", Some("<html>"));
        check("5\r\n<html\r\nno size", Some("<html"));
        check("<html>\n", None);
        check("", None);
        check("fffffffffffffffff\r\n<", None);
    }

    #[test]
    fn the_head_of_an_answer_is_read() {
        let block = b"HTTP/1.1 200 OK\r\nContent-Type: text/HTML; charset=\"ISO-8859-2\"\r\nX: y\r\n\r\n<p>";
        let (answer, body) = Answer::read(block).expect("it is an answer");
        assert_eq!((answer.status, body), (200, b"<p>".as_slice()));
        assert!(answer.is_page(body));
        assert_eq!(answer.charset(), Some("ISO-8859-2"));
        for broken in ["", "HTTP/1.1 200 OK\r\n", "<html>\r\n\r\n", "HTTP/1.1\r\n\r\n"] {
            assert!(Answer::read(broken.as_bytes()).is_err(), "{broken:?}");
        }
    }
}
