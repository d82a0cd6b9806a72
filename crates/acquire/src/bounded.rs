//! A bound on what one record may take, for readers that would gather it whole.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::LARGEST_REPORT;

/// Bytes that a reader may take ahead of the record it is at.
const AHEAD: u64 = 64 << 10;

/// A source that fails where a record is larger than any report.
pub(crate) struct Bounded<R> {
    source: R,
    left: Left,
}

/// What the present record may still take.
#[derive(Debug, Clone)]
pub(crate) struct Left(Arc<AtomicU64>);

impl<R> Bounded<R> {
    pub(crate) fn new(source: R) -> (Self, Left) {
        let left = Left(Arc::new(AtomicU64::new(0)));
        left.begin();
        (Self { source, left: left.clone() }, left)
    }
}

impl Left {
    /// Another record begins.
    pub(crate) fn begin(&self) {
        self.0.store(LARGEST_REPORT as u64 + AHEAD, Ordering::Relaxed);
    }

    /// Whether the present record was too large.
    pub(crate) fn is_used_up(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.0.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.source.read(buffer)?;
        self.left.0.store(left.saturating_sub(read as u64), Ordering::Relaxed);
        Ok(read)
    }
}
