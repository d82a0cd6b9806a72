//! Which archive a command works on: what the commands share.

use std::env;
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use parallax_archive::{Archive, Error, ErrorKind, Holder};

use super::outcome::say;

/// Which archive a command works on.
#[derive(Debug, Args)]
pub(super) struct ArchiveFile {
    /// The archive [default: the file that PARALLAX_ARCHIVE names, else parallax.db]
    #[arg(short, long, value_name = "FILE", global = true)]
    archive: Option<PathBuf>,
}

impl ArchiveFile {
    /// Where it is.
    pub(super) fn path(&self) -> PathBuf {
        self.archive.clone().unwrap_or_else(usual_path)
    }

    /// Opens it to read it.
    pub(super) fn open(&self) -> Result<Archive, Error> {
        Archive::open(&self.path())
    }

    /// Fails where nothing is there; a command that writes would make an archive.
    pub(super) fn ensure_there(&self) -> Result<(), Error> {
        let path = self.path();
        if path.exists() { Ok(()) } else { Err(Error::new(&path, ErrorKind::Missing)) }
    }
}

/// The archive where none is named.
pub(super) fn usual_path() -> PathBuf {
    let named = env::var_os("PARALLAX_ARCHIVE").filter(|name| !name.is_empty());
    named.map_or_else(|| "parallax.db".into(), PathBuf::from)
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
