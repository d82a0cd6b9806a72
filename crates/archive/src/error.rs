//! Why an archive could not be read or written.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::Holder;

/// What went wrong with an archive. Its display names the file and says what became of it.
#[derive(Debug)]
pub struct Error {
    path: PathBuf,
    kind: ErrorKind,
}

/// What kind of thing went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such file.
    Missing,
    /// The file is something else.
    NotAnArchive,
    /// A newer program wrote it in a form that this one does not know.
    Newer,
    /// Another process holds it.
    Locked(Option<Holder>),
    /// It may not be written.
    ReadOnly,
    /// The disk is full.
    Full,
    /// The archive is as large as it was allowed to be.
    Limit,
    /// Bytes of it are not what was written.
    Damaged(String),
    /// The archive has nothing by this name.
    Unknown(String),
    /// What was asked for cannot be done as things stand.
    Impossible(String),
    /// The system refused.
    Io(std::io::Error),
    /// The database refused.
    Database(rusqlite::Error),
}

impl Error {
    /// What went wrong with the archive at `path`.
    pub fn new(path: &Path, kind: ErrorKind) -> Self {
        Self { path: path.to_owned(), kind }
    }

    pub(crate) fn database(path: &Path, error: rusqlite::Error) -> Self {
        Self::new(path, kind_of(error))
    }

    /// The archive.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether bytes are not what was written.
    pub fn is_damage(&self) -> bool {
        matches!(self.kind, ErrorKind::Damaged(_))
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }
}

fn kind_of(error: rusqlite::Error) -> ErrorKind {
    let message = match &error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        _ => error.to_string(),
    };
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => ErrorKind::NotAnArchive,
        Some(ErrorCode::DatabaseCorrupt) => ErrorKind::Damaged(message),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed) => {
            ErrorKind::Locked(None)
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => ErrorKind::ReadOnly,
        Some(ErrorCode::DiskFull) => ErrorKind::Full,
        None if is_other(&error) => ErrorKind::Damaged(message),
        _ => ErrorKind::Database(error),
    }
}

/// Whether what is stored is another than was written.
pub(crate) fn is_other(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{FromSqlConversionFailure, InvalidColumnType, Utf8Error};
    matches!(error, FromSqlConversionFailure(..) | InvalidColumnType(..) | Utf8Error(..))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.kind)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("no such archive; `parallax add` makes one"),
            Self::NotAnArchive => f.write_str("not an archive of Parallax"),
            Self::Newer => f.write_str("written by a newer version of Parallax; this one cannot read it"),
            Self::Locked(Some(holder)) => write!(f, "locked: {holder} is writing to it"),
            Self::Locked(None) => f.write_str("locked by another program"),
            Self::ReadOnly => f.write_str("may not be written"),
            Self::Full => f.write_str(
                "no room left on the disk; all that was acknowledged is kept, the rest is not in it",
            ),
            Self::Limit => f.write_str(
                "no room left: it is as large as it was allowed to be; all that was acknowledged is kept, the rest is not in it",
            ),
            Self::Damaged(what) => {
                write!(f, "damaged ({what}); `parallax verify` says where, a backup has what is lost")
            }
            Self::Unknown(name) => write!(f, "the archive has no {name}"),
            Self::Impossible(reason) => f.write_str(reason),
            Self::Io(error) => write!(f, "{error}"),
            Self::Database(error) => write!(f, "{error}"),
        }
    }
}

// What caused it stands in its display.
impl std::error::Error for Error {}
