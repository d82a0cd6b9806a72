//! Formats, told by the ending of a file's name.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use crate::{Error, Meter};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// One report as plain text.
    Text(Compression),
    /// One report as a page.
    Html(Compression),
    /// A report a line.
    Jsonl(Compression),
    /// A feed, OPML or a sitemap.
    Listing(Compression),
    /// Reports as JSON: ninjs items, or rows as JSONL has them; or a listing.
    Json(Compression),
    /// News items as NewsML-G2, or a listing.
    Xml(Compression),
    /// A report a row, values separated.
    Separated(Compression),
    /// A report a row, in columns.
    #[cfg(feature = "parquet")]
    Parquet,
    /// The pages of a crawl.
    Warc(Compression),
}

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    None,
    Gzip,
    Zstandard,
}

impl Format {
    /// The format of the file at `path`.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        let (name, compression) = Compression::of(&name);
        match name.rsplit_once('.')?.1 {
            "txt" | "text" => Some(Self::Text(compression)),
            "html" | "htm" | "xhtml" => Some(Self::Html(compression)),
            "jsonl" | "ndjson" => Some(Self::Jsonl(compression)),
            "rss" | "atom" | "rdf" | "opml" => Some(Self::Listing(compression)),
            "json" | "ninjs" => Some(Self::Json(compression)),
            "xml" | "newsml" => Some(Self::Xml(compression)),
            "csv" | "tsv" | "tab" => Some(Self::Separated(compression)),
            #[cfg(feature = "parquet")]
            "parquet" if compression == Compression::None => Some(Self::Parquet),
            "warc" => Some(Self::Warc(compression)),
            _ => None,
        }
    }
}

/// Bytes at the start of a file that tell a listing from other things of the same ending.
const HEAD: u64 = 16 << 10;

/// Whether the file at `path` is a listing: by its name, or, where that may be of other things too, by how it begins.
pub(crate) fn is_listing(path: &Path) -> bool {
    match Format::of(path) {
        Some(Format::Listing(_)) => true,
        Some(Format::Json(compression)) => {
            head(path, compression).is_some_and(|h| h.contains("jsonfeed.org/"))
        }
        Some(Format::Xml(compression)) => head(path, compression)
            .is_some_and(|h| ["newsItem", "newsMessage"].iter().all(|root| !h.contains(root))),
        _ => false,
    }
}

fn head(path: &Path, compression: Compression) -> Option<String> {
    let mut head = Vec::new();
    let file = compression.open(path, &Meter::default()).ok()?;
    file.take(HEAD).read_to_end(&mut head).ok()?;
    Some(String::from_utf8_lossy(&head).into_owned())
}

impl Compression {
    /// The compression that a file's name tells of, and the name without it.
    pub(crate) fn of(name: &str) -> (&str, Self) {
        if let Some(name) = name.strip_suffix(".gz") {
            (name, Self::Gzip)
        } else if let Some(name) = name.strip_suffix(".zst") {
            (name, Self::Zstandard)
        } else {
            (name, Self::None)
        }
    }

    /// The compression that the first bytes of a stream tell of.
    pub(crate) fn of_bytes(first: &[u8]) -> Self {
        match first {
            [0x1f, 0x8b, ..] => Self::Gzip,
            // A frame of data, or one with the dictionary of a web archive.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x5d, 0x2a, 0x4d, 0x18, ..] => Self::Zstandard,
            _ => Self::None,
        }
    }

    /// Opens the file at `path` for reading what was compressed.
    pub(crate) fn open(self, path: &Path, meter: &Meter) -> Result<Box<dyn BufRead + Send>, Error> {
        self.undo(BufReader::new(meter.count(File::open(path)?)))
    }

    /// Reads what was compressed.
    pub(crate) fn undo(
        self,
        compressed: impl BufRead + Send + 'static,
    ) -> Result<Box<dyn BufRead + Send>, Error> {
        Ok(match self {
            Self::None => Box::new(compressed),
            Self::Gzip => Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(compressed))),
            Self::Zstandard => Box::new(BufReader::new(zstd::Decoder::with_buffer(compressed)?)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_formats() {
        let check = |name: &str, expected| assert_eq!(Format::of(Path::new(name)), expected, "{name}");
        check("a.txt", Some(Format::Text(Compression::None)));
        check("a.b/A.HTM", Some(Format::Html(Compression::None)));
        check("a.jsonl.gz", Some(Format::Jsonl(Compression::Gzip)));
        check("a.jsonl.zst", Some(Format::Jsonl(Compression::Zstandard)));
        check("a.opml", Some(Format::Listing(Compression::None)));
        check("a.warc.gz", Some(Format::Warc(Compression::Gzip)));
        check("a.tsv", Some(Format::Separated(Compression::None)));
        check("a.ninjs.json", Some(Format::Json(Compression::None)));
        check("a.xml.zst", Some(Format::Xml(Compression::Zstandard)));
        check("a.pdf", None);
        check("txt", None);
        check("..", None);
    }
}
