//! The file in which a run leaves word for the next one.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use parallax_acquire::online::{Ledger, Mark};

/// A file to which a line is added for each thing that is settled.
#[derive(Debug)]
pub(super) struct State {
    file: File,
    path: PathBuf,
}

impl State {
    /// Opens the file at `path`, made where it is not there yet, and reads what earlier runs have settled.
    pub(super) fn open(path: &Path) -> anyhow::Result<(Self, Ledger)> {
        let named = || path.display().to_string();
        let text = match fs::read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(named),
        };
        let mut file = OpenOptions::new().create(true).append(true).open(path).with_context(named)?;
        if !text.is_empty() && !text.ends_with('\n') {
            // The run before was killed while it wrote this line; what follows must not hang on it.
            file.write_all(b"\n").with_context(named)?;
        }
        Ok((Self { file, path: path.to_owned() }, Ledger::read(&text)))
    }

    /// Adds what is settled.
    pub(super) fn add(&mut self, mark: &Mark) -> anyhow::Result<()> {
        let line = mark.line() + "\n";
        self.file.write_all(line.as_bytes()).with_context(|| self.path.display().to_string())
    }
}
