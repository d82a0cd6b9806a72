//! `parallax reanalyse`: what a newer version of the program finds in the reports that are there.

use clap::Args;
use jiff::Timestamp;

use super::archive_file::{ArchiveFile, wait_and_say};
use super::compared::compare_changed;
use super::outcome::{Outcome, say};
use super::progress;
use crate::ingest::Ingest;

const EXAMPLES: &str = "\
Examples:
  parallax reanalyse                                after an update of the program
  parallax reanalyse --all --archive news.db        in any case

Only what an older version of the stages found is found again; reports stay in their stories, and what
people corrected stays right. Run it again after it was stopped, and it goes on. Others may read
meanwhile: they see each report as it was or as it is now.";

/// Read the reports of an archive again, where this version finds other things in them
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Reanalyse {
    #[command(flatten)]
    archive: ArchiveFile,
    /// Also what this version of the stages found itself
    #[arg(long)]
    all: bool,
    /// Leave the comparisons of stories to their first reader
    #[arg(long)]
    no_compare: bool,
    /// Show no progress and say nothing at the end
    #[arg(short, long)]
    quiet: bool,
}

impl Reanalyse {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        self.archive.ensure_there()?;
        let mut ingest = Ingest::open(&self.archive.path(), wait_and_say())?;
        if self.all {
            ingest.forget_stages()?;
        }
        let amount = ingest.read_otherwise()?;
        let working = progress::working(
            "Reading",
            usize::try_from(amount).unwrap_or(usize::MAX),
            "reports",
            !self.quiet,
        );
        let mut read = 0;
        ingest.reanalyse(|reports| {
            read += reports;
            working.set_message(format!("Read {read} of {amount} reports"));
        })?;
        working.finish_and_clear();
        if !self.no_compare {
            compare_changed(&mut ingest, self.quiet, Timestamp::now())?;
        }
        if !self.quiet {
            say(&format!("{read} reports read again in {}", ingest.archive().path().display()));
        }
        Ok(Outcome::Complete)
    }
}
