//! How far reading has come.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use walkdir::WalkDir;

/// Counts the bytes read from files, as they lie there: compressed where they are compressed; and those of pages and feeds, decompressed. Clones count together, so one can be kept
/// to look at while another thread reads.
///
/// ```
/// let meter = parallax_acquire::Meter::default();
/// let events = parallax_acquire::stream(vec!["reports.jsonl.gz".into()], &meter);
/// assert_eq!(meter.bytes(), 0); // Nothing is opened before the first event is asked for.
/// # drop(events);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// The bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Counts what came otherwise than from a file.
    pub(crate) fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// Counts what is read from `source`.
    pub(crate) fn count<R: Read>(&self, source: R) -> Metered<R> {
        Metered { source, meter: self.clone() }
    }
}

/// A source of bytes that are counted.
pub(crate) struct Metered<R> {
    source: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.meter.0.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// The bytes that the inputs hold, as [`Meter`] counts them; `None` where one is no file or folder, so that nobody can say.
pub fn size(inputs: &[PathBuf]) -> Option<u64> {
    inputs.iter().map(|input| size_of(input)).sum()
}

fn size_of(input: &Path) -> Option<u64> {
    let data = fs::metadata(input).ok()?;
    if data.is_file() {
        return Some(data.len());
    }
    let inside = || WalkDir::new(input).into_iter().filter_map(Result::ok);
    data.is_dir().then(|| {
        inside()
            .filter_map(|entry| entry.metadata().ok())
            .filter(fs::Metadata::is_file)
            .map(|d| d.len())
            .sum()
    })
}
