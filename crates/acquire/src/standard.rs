//! Standard input: JSONL or a web archive, told apart by the first bytes, compressed or not.

use std::io::{BufReader, Cursor, Read, stdin};

use crate::format::Compression;
use crate::warc::DICTIONARY_MAGIC;
use crate::{Error, Event, Source, jsonl, warc};

/// What standard input is called in messages.
const NAME: &str = "-";
/// Bytes that tell how the rest is compressed. Of a pipe that is slow to fill no more is waited for.
const FIRST: u64 = 6;
/// Compressed bytes that surely hold the first few.
const SAMPLE: u64 = 4 << 10;

/// The reports that come in on standard input.
pub(crate) fn open() -> Source {
    let opened = open_stream(stdin());
    opened.unwrap_or_else(|error| Box::new(std::iter::once(Event::problem(NAME.to_owned(), &error))))
}

fn open_stream(mut input: impl Read + Send + 'static) -> Result<Source, Error> {
    let mut first = Vec::new();
    input.by_ref().take(FIRST).read_to_end(&mut first)?;
    let compression = Compression::of_bytes(&first);
    if compression != Compression::None {
        input.by_ref().take(SAMPLE).read_to_end(&mut first)?;
    }
    let is_archive = is_archive(&first, compression);
    let input = BufReader::new(Cursor::new(first).chain(input));
    if is_archive {
        warc::open(Box::new(input), compression, NAME.to_owned())
    } else {
        Ok(jsonl::open(compression.undo(input)?, NAME.to_owned()))
    }
}

fn is_archive(first: &[u8], compression: Compression) -> bool {
    let mut head = Vec::new();
    // What cannot be decompressed is told of by the reader.
    let _ = compression.undo(Cursor::new(first.to_vec())).map(|plain| plain.take(5).read_to_end(&mut head));
    head.starts_with(b"WARC/") || first.starts_with(&DICTIONARY_MAGIC)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn archives_are_told_from_tables() {
        let archive = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n".as_slice();
        let table = br#"{"id": "a", "text": "Rain."}"#.as_slice();
        let gzip = |bytes: &[u8]| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).expect("in memory");
            encoder.finish().expect("in memory")
        };
        let zstandard = |bytes: &[u8]| zstd::encode_all(bytes, 1).expect("in memory");
        let check = |bytes: Vec<u8>, reports: usize| {
            let events = open_stream(Cursor::new(bytes)).expect("it can be read");
            assert_eq!(events.filter(|event| matches!(event, Event::Report(_))).count(), reports);
        };
        check(table.to_vec(), 1);
        check(gzip(table), 1);
        check(zstandard(table), 1);
        for archive in [archive.to_vec(), gzip(archive), zstandard(archive)] {
            assert!(is_archive(&archive, Compression::of_bytes(&archive)));
            check(archive, 0);
        }
        assert!(!is_archive(b"", Compression::None));
    }
}
