//! Opening an archive to read it or to write.

use std::fs;
use std::ops::{ControlFlow, Deref};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::lock::{Holder, Lock, PAUSE, beside};
use crate::{Error, ErrorKind, schema};

/// How long SQLite itself waits where it locks the file for a moment, as at the end of a write-ahead log.
const BUSY: Duration = Duration::from_secs(5);
/// Statements that are kept prepared.
const PREPARED: usize = 128;
/// Pages in the write-ahead log from which on they are put into the file: 32 MiB.
const LOG_PAGES: u32 = 8192;

/// An archive that is read. Any number may be open at a time, in any number of processes, also while one writes; each answer is of one
/// moment, between two batches.
#[derive(Debug)]
pub struct Archive {
    pub(crate) connection: Connection,
    path: PathBuf,
    /// Whether it may not grow as large as the disk lets it.
    is_limited: bool,
}

/// An archive that is written. There is one at a time; all that an [`Archive`] reads, it reads too.
#[derive(Debug)]
pub struct Writer {
    archive: Archive,
    _lock: Lock,
}

/// What is written together: all of it is in the archive once [`Batch::commit`] has returned, and nothing of it if that does not happen.
/// Reading from it sees what was written so far.
#[derive(Debug)]
pub struct Batch<'a> {
    archive: &'a Archive,
    transaction: Transaction<'a>,
}

impl Archive {
    /// Opens the archive at `path` to read it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::new(path, ErrorKind::Missing));
        }
        let archive = Self::read_only(path)?;
        schema::check(&archive.connection, path)?;
        if archive.ask(schema::is_old)? {
            let reason = "has an older form; any command that writes to it brings it up to date, as `parallax reanalyse`";
            return Err(Error::new(path, ErrorKind::Impossible(reason.into())));
        }
        Ok(archive)
    }

    fn read_only(path: &Path) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags);
        if connection.as_ref().is_ok_and(has_no_place_for_a_log) {
            if fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0) {
                let reason = "its folder may not be written, and what was last added is still in the -wal file beside it; copy both to where they may be";
                return Err(Error::new(path, ErrorKind::Impossible(reason.into())));
            }
            connection = Connection::open_with_flags(as_it_lies(path), flags | OpenFlags::SQLITE_OPEN_URI);
        }
        Self::over(connection.map_err(|error| Error::database(path, error))?, path)
    }

    fn over(connection: Connection, path: &Path) -> Result<Self, Error> {
        let archive = Self { connection, path: path.to_owned(), is_limited: false };
        archive.ask(|connection| {
            connection.busy_timeout(BUSY)?;
            connection.set_prepared_statement_cache_capacity(PREPARED);
            connection.pragma_update(None, "cache_size", -32_768)
        })?;
        Ok(archive)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What tells this archive from all others: 32 hexadecimal digits, chosen at random when it was made.
    pub fn key(&self) -> Result<String, Error> {
        self.ask(|connection| {
            connection.query_row("SELECT lower(hex(key)) FROM identity", [], |row| row.get(0))
        })
    }

    /// A number that is another once another connection has written to the archive. It says nothing to any connection but this one.
    pub fn revision(&self) -> Result<i64, Error> {
        self.ask(|connection| connection.pragma_query_value(None, "data_version", |row| row.get(0)))
    }

    /// Asks the database; what fails, fails with the path.
    pub(crate) fn ask<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        ask(&self.connection).map_err(|error| self.failed(error))
    }

    /// Waits for programs that know nothing of our lock, until none of them writes.
    fn wait_for_others(&self, mut waiting: impl FnMut(&Holder) -> ControlFlow<()>) -> Result<(), Error> {
        self.ask(|connection| connection.busy_timeout(PAUSE))?;
        while let Err(error) = self.ask(|connection| connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK")) {
            if !matches!(error.kind(), ErrorKind::Locked(_)) || waiting(&Holder::unknown()).is_break() {
                return Err(error);
            }
        }
        self.ask(|connection| connection.busy_timeout(BUSY))
    }

    fn failed(&self, error: rusqlite::Error) -> Error {
        match Error::database(&self.path, error) {
            error if self.is_limited && matches!(error.kind(), ErrorKind::Full) => {
                Error::new(&self.path, ErrorKind::Limit)
            }
            error => error,
        }
    }

    /// The error that there is no such thing.
    pub(crate) fn unknown(&self, what: String) -> Error {
        Error::new(&self.path, ErrorKind::Unknown(what))
    }
}

/// Whether readers cannot agree with a writer: in a folder that may not be written there is no place for the files that they do it with.
fn has_no_place_for_a_log(connection: &Connection) -> bool {
    let form = connection.pragma_query_value(None, "user_version", |_| Ok(()));
    // A disk that may only be read gives the one, a folder of somebody else the other.
    let code = form.err().and_then(|error| error.sqlite_error_code());
    matches!(code, Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// The address of an archive that nothing writes to while it is read.
fn as_it_lies(path: &Path) -> PathBuf {
    // What a question mark begins in an address belongs to the path here.
    let name = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    PathBuf::from(format!("file:{name}?immutable=1"))
}

impl Writer {
    /// Opens the archive at `path` to write to it; where there is none, it is made. While another process writes, `waiting` is asked twenty times a second
    /// whether to go on waiting for it; [`keep_waiting`](crate::keep_waiting) does.
    pub fn open(path: &Path, mut waiting: impl FnMut(&Holder) -> ControlFlow<()>) -> Result<Self, Error> {
        // The system lets its administrator write to anything; that a file is marked as not to be written holds for a program all the same.
        if fs::metadata(path).is_ok_and(|data| data.permissions().readonly()) {
            return Err(Error::new(path, ErrorKind::ReadOnly));
        }
        if path.is_dir() {
            return Err(Error::new(path, ErrorKind::NotAnArchive));
        }
        let lock = Lock::take(path, &mut waiting)?;
        // A file without a byte is what a program leaves that was stopped before it wrote one.
        if fs::metadata(path).map_or(true, |data| data.len() == 0) {
            make(path)?;
        }
        let mut archive = writable(path)?;
        archive.wait_for_others(waiting)?;
        schema::check(&archive.connection, path)?;
        archive.ask(|connection| {
            // Readers go on while one writes; a batch that is committed is on the disk, whatever happens to the machine.
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
            connection.pragma_update(None, "cache_size", -65_536)
        })?;
        schema::bring_up_to_date(&mut archive.connection, path)?;
        Ok(Self { archive, _lock: lock })
    }

    /// Begins to write what belongs together.
    pub fn batch(&mut self) -> Result<Batch<'_>, Error> {
        let archive = &self.archive;
        let transaction = Transaction::new_unchecked(&archive.connection, TransactionBehavior::Immediate);
        let transaction = transaction.map_err(|error| archive.failed(error))?;
        Ok(Batch { archive, transaction })
    }

    /// Lets the archive grow to so many bytes and no further. What does not fit fails as on a full disk.
    pub fn limit(&mut self, bytes: u64) -> Result<(), Error> {
        self.archive.is_limited = true;
        self.ask(|connection| {
            let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
            let pages = i64::try_from(bytes).unwrap_or(i64::MAX) / page.max(1);
            connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
        })
    }
}

/// Makes an archive, which is there as a whole or not at all: half of one, left by a program that was stopped, could be read by nobody.
fn make(path: &Path) -> Result<(), Error> {
    let new = beside(path, "-new");
    let io = |error| Error::new(path, ErrorKind::Io(error));
    if new.exists() {
        fs::remove_file(&new).map_err(io)?;
    }
    let mut archive = writable(&new)?;
    let fail = |error| Error::database(path, error);
    archive.connection.pragma_update(None, "journal_mode", "MEMORY").map_err(fail)?;
    schema::bring_up_to_date(&mut archive.connection, path)?;
    drop(archive);
    fs::rename(&new, path).map_err(io)
}

fn writable(path: &Path) -> Result<Archive, Error> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        Connection::open_with_flags(path, flags).map_err(|error| Error::database(path, error))?;
    Archive::over(connection, path)
}

impl Batch<'_> {
    /// Writes it for good: when this returns, it outlasts the process and the machine.
    pub fn commit(self) -> Result<(), Error> {
        let archive = self.archive;
        self.transaction.commit().map_err(|error| archive.failed(error))
    }
}

impl Deref for Writer {
    type Target = Archive;

    fn deref(&self) -> &Archive {
        &self.archive
    }
}

impl Deref for Batch<'_> {
    type Target = Archive;

    fn deref(&self) -> &Archive {
        self.archive
    }
}
