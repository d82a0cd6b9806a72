//! A copy of an archive as it is at one moment, while others read and write it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::{Archive, Error, ErrorKind};

impl Archive {
    /// Writes a copy to `target`, where nothing may be yet. It is there as a whole or not at all.
    pub fn back_up(&self, target: &Path) -> Result<(), Error> {
        let io = |error| Error::new(target, ErrorKind::Io(error));
        if target.exists() {
            let reason = "is there already; a backup takes the place of nothing".into();
            return Err(Error::new(target, ErrorKind::Impossible(reason)));
        }
        let part = beside(target);
        if part.exists() {
            // Of a backup that was stopped.
            fs::remove_file(&part).map_err(io)?;
        }
        let name = part.to_str().ok_or_else(|| {
            Error::new(target, ErrorKind::Impossible("its name is no text in Unicode".into()))
        })?;
        let copied = self.connection.execute("VACUUM INTO ?1", [name]);
        let copied = copied.map_err(|error| failed(target, error)).and_then(|_| {
            File::open(&part).and_then(|file| file.sync_all()).map_err(io)?;
            fs::rename(&part, target).map_err(io)
        });
        if copied.is_err() {
            let _ = fs::remove_file(&part);
        }
        copied
    }
}

fn failed(target: &Path, error: rusqlite::Error) -> Error {
    let error = Error::database(target, error);
    match error.kind() {
        ErrorKind::Full => {
            Error::new(target, ErrorKind::Impossible("no room on the disk for a copy; there is none".into()))
        }
        _ => error,
    }
}

fn beside(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".part");
    name.into()
}
