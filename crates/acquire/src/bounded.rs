//! A bound on what one record may take, for readers that would gather it whole.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

use crate::LARGEST_REPORT;

/// Bytes that a reader may take ahead of the record it is at.
const AHEAD: u64 = 64 << 10;

/// A source that fails where a record is larger than any report.
pub(crate) struct Bounded<R> {
    source: R,
    left: Left,
}

/// What the present record may still take, and what was read last.
#[derive(Debug, Clone)]
pub(crate) struct Left {
    bytes: Arc<AtomicU64>,
    /// The last byte that is no white space.
    last: Arc<AtomicU8>,
    has_ended: Arc<AtomicBool>,
}

impl<R> Bounded<R> {
    pub(crate) fn new(source: R) -> (Self, Left) {
        let left = Left { bytes: Arc::default(), last: Arc::default(), has_ended: Arc::default() };
        left.begin();
        (Self { source, left: left.clone() }, left)
    }
}

impl Left {
    /// Another record begins.
    pub(crate) fn begin(&self) {
        self.bytes.store(LARGEST_REPORT as u64 + AHEAD, Ordering::Relaxed);
    }

    /// Whether the present record was too large.
    pub(crate) fn is_used_up(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) == 0
    }

    /// Whether all was read, and what was read last but for white space is another byte than `byte`.
    pub(crate) fn has_ended_without(&self, byte: u8) -> bool {
        self.has_ended.load(Ordering::Relaxed) && self.last.load(Ordering::Relaxed) != byte
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.bytes.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.source.read(buffer)?;
        self.left.bytes.store(left.saturating_sub(read as u64), Ordering::Relaxed);
        self.left.has_ended.fetch_or(read == 0 && !buffer.is_empty(), Ordering::Relaxed);
        let taken = buffer.get(..read).unwrap_or_default();
        if let Some(last) = taken.iter().rfind(|byte| !byte.is_ascii_whitespace()) {
            self.left.last.store(*last, Ordering::Relaxed);
        }
        Ok(read)
    }
}
