//! Files that hold one report each: plain text and HTML pages.

use std::io::Read;
use std::path::Path;

use encoding_rs::Encoding;
use parallax_model::{Body, RawReport};

use crate::decode::{Decoded, decode};
use crate::event::{Found, Record};
use crate::format::Compression;
use crate::{Error, LARGEST_REPORT, Meter};

/// Reads a report of plain text.
pub(crate) fn read_text(path: &Path, compression: Compression, meter: &Meter) -> Record {
    let read = read(path, compression, meter).and_then(|bytes| decode(bytes, |_| None));
    record(path, read, Body::Text)
}

/// Reads a report that is an HTML page.
pub(crate) fn read_html(path: &Path, compression: Compression, meter: &Meter) -> Record {
    let read = read(path, compression, meter).and_then(|bytes| decode(bytes, declared));
    record(path, read, Body::Html)
}

fn record(path: &Path, read: Result<Decoded, Error>, body: fn(String) -> Body) -> Record {
    let place = path.display().to_string();
    let read = read.map(|Decoded { text, note }| {
        let report =
            RawReport { id: stem(path), place: place.clone(), body: body(text), ..RawReport::default() };
        Found { report, note }
    });
    Record { place, read }
}

/// Reads a listing of reports as text.
pub(crate) fn read_listing(path: &Path, compression: Compression, meter: &Meter) -> Result<Decoded, Error> {
    decode(read(path, compression, meter)?, declared)
}

/// All bytes of a file, unless they are too many.
fn read(path: &Path, compression: Compression, meter: &Meter) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    compression.open(path, meter)?.take(LARGEST_REPORT as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LARGEST_REPORT { Err(Error::TooLarge) } else { Ok(bytes) }
}

/// The file's name without the endings for its format and compression.
pub(crate) fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (name, _) = Compression::of(&name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// The encoding that the head of a page declares: `<meta charset="...">` or the older form with `content`; or that of XML, in its first line.
pub(crate) fn declared(page: &[u8]) -> Option<&'static Encoding> {
    let head = page.get(..2048).unwrap_or(page).to_ascii_lowercase();
    let name: &[u8] = if head.trim_ascii_start().starts_with(b"<?xml") { b"encoding=" } else { b"charset=" };
    let at = head.windows(name.len()).position(|window| window == name)?;
    let rest = head.get(at + name.len()..)?;
    let label: Vec<u8> = rest
        .iter()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))
        .copied()
        .collect();
    Encoding::for_label(&label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_declare_their_encoding() {
        let check = |page: &[u8], expected: Option<&str>| {
            assert_eq!(declared(page).map(Encoding::name), expected);
        };
        check(b"<meta charset=\"ISO-8859-2\">", Some("ISO-8859-2"));
        check(b"<META http-equiv=Content-Type content='text/html; charset=Shift_JIS'>", Some("Shift_JIS"));
        check(b"<?xml version='1.0' encoding='windows-1251'?><rss>", Some("windows-1251"));
        check(b"<meta charset=nonsense>", None);
        check(b"<p>charset", None);
    }

    #[test]
    fn stems_lose_all_endings() {
        let check = |path: &str, expected| assert_eq!(stem(Path::new(path)), expected);
        check("a/000_x.txt", "000_x");
        check("a.b.html.gz", "a.b");
        check("a", "a");
    }
}
