//! Which archive a command works on: what the commands share.

use std::env;
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use parallax_archive::{Archive, Error, Holder};

use super::outcome::say;

/// Which archive a command works on.
#[derive(Debug, Args)]
pub(super) struct ArchiveFile {
    /// The archive [default: the file that PARALLAX_ARCHIVE names, else parallax.db]
    #[arg(short, long, value_name = "FILE")]
    archive: Option<PathBuf>,
}

impl ArchiveFile {
    /// Where it is.
    pub(super) fn path(&self) -> PathBuf {
        let named = || env::var_os("PARALLAX_ARCHIVE").filter(|name| !name.is_empty()).map(PathBuf::from);
        self.archive.clone().or_else(named).unwrap_or_else(|| "parallax.db".into())
    }

    /// Opens it to read it.
    pub(super) fn open(&self) -> Result<Archive, Error> {
        Archive::open(&self.path())
    }
}

/// Waits for another writer for as long as it takes, and says so once.
pub(super) fn wait_and_say() -> impl FnMut(&Holder) -> ControlFlow<()> {
    let mut is_said = false;
    move |holder| {
        if !is_said {
            say(&format!("waiting for another writer: {holder}"));
        }
        is_said = true;
        ControlFlow::Continue(())
    }
}
