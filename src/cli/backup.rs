//! `parallax backup`: a copy of an archive as it is now.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::archive_file::ArchiveFile;
use super::outcome::{Outcome, say};

const EXAMPLES: &str = "\
Examples:
  parallax backup news-monday.db --archive news.db
  parallax verify --archive news-monday.db          a backup is an archive like any other

The copy is of one moment, also while others write; it is compact, and is there as a whole or not at all.";

/// Copy an archive as it is now, also while others write
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Backup {
    /// Where the copy goes; nothing may be there yet
    #[arg(value_name = "FILE")]
    target: PathBuf,
    #[command(flatten)]
    archive: ArchiveFile,
    /// Say nothing
    #[arg(short, long)]
    quiet: bool,
}

impl Backup {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        self.archive.open()?.back_up(&self.target)?;
        if !self.quiet {
            let bytes = fs::metadata(&self.target).map_or(0, |data| data.len());
            say(&format!("{} MB in {}", bytes.div_ceil(1_000_000), self.target.display()));
        }
        Ok(Outcome::Complete)
    }
}
