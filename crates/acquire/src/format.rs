//! Formats, told by the ending of a file's name.

use std::fs::File;
use std::io::{BufRead, BufReader};
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
            "rss" | "atom" | "rdf" | "opml" | "xml" | "json" => Some(Self::Listing(compression)),
            _ => None,
        }
    }
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

    /// Opens the file at `path` for reading what was compressed.
    pub(crate) fn open(self, path: &Path, meter: &Meter) -> Result<Box<dyn BufRead + Send>, Error> {
        let file = BufReader::new(meter.count(File::open(path)?));
        Ok(match self {
            Self::None => Box::new(file),
            Self::Gzip => Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(file))),
            Self::Zstandard => Box::new(BufReader::new(zstd::Decoder::with_buffer(file)?)),
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
        check("sitemap.xml.gz", Some(Format::Listing(Compression::Gzip)));
        check("a.opml", Some(Format::Listing(Compression::None)));
        check("a.pdf", None);
        check("txt", None);
        check("..", None);
    }
}
