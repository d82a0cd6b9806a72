//! One writer at a time.
//!
//! SQLite lets one connection write at a time, for a transaction. A run that adds reports knows which stories there are and goes
//! on from batch to batch, so it must be alone for longer. It holds a lock of the system on a file beside the archive, which the system
//! gives free when the process ends in whatever way. Readers take no notice of it.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use crate::{Error, ErrorKind};

/// How long to wait before asking again.
pub(crate) const PAUSE: Duration = Duration::from_millis(50);

/// The process that writes, as far as it said who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    process: Option<u32>,
}

impl Holder {
    /// One that did not say who it is.
    pub(crate) fn unknown() -> Self {
        Self { process: None }
    }

    /// The number of the process.
    pub fn process(&self) -> Option<u32> {
        self.process
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.process {
            Some(process) => write!(f, "process {process}"),
            None => f.write_str("another process"),
        }
    }
}

/// Waits for another writer for as long as it takes.
pub fn keep_waiting(_: &Holder) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Held by the one writer.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the archive at `path`. While another holds it, `waiting` is asked twenty times a second whether to go on.
    pub(crate) fn take(
        path: &Path,
        mut waiting: impl FnMut(&Holder) -> ControlFlow<()>,
    ) -> Result<Self, Error> {
        let io = |error| Error::new(path, ErrorKind::Io(error));
        let mut options = OpenOptions::new();
        let mut file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(beside(path, "-writer"))
            .map_err(io)?;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) => {
                    let holder = holder(&mut file);
                    if waiting(&holder).is_break() {
                        return Err(Error::new(path, ErrorKind::Locked(Some(holder))));
                    }
                    sleep(PAUSE);
                }
                Err(TryLockError::Error(error)) => return Err(io(error)),
            }
        }
        // Who holds it is only told; that this cannot be written takes nothing from the lock.
        let _ = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| write!(file, "{}", std::process::id()));
        Ok(Self { _file: file })
    }
}

fn holder(file: &mut File) -> Holder {
    let mut text = String::new();
    let _ = file.rewind().and_then(|()| file.read_to_string(&mut text));
    Holder { process: text.trim().parse().ok() }
}

/// The file beside the archive whose name is longer by an ending.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
