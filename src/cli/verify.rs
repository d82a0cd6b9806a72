//! `parallax verify`: whether an archive is whole.

use clap::Args;

use super::archive_file::ArchiveFile;
use super::outcome::{Outcome, say};
use super::progress;

const EXAMPLES: &str = "\
Examples:
  parallax verify --archive news.db && parallax backup news-monday.db --archive news.db

It looks at every page of the file, at the indices, whether each report and its article say what was
acquired, whether its words can be found, whether what was found in it lies in its text, and
whether comparisons, stories, the log of events, corrections and alerts are as they were written.
Others may read and write meanwhile.

Exit status: 0; 1 if something is not as it was written; 2 if the archive could not be read.";

/// Check an archive: the file, its indices, every text and every span
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Verify {
    #[command(flatten)]
    archive: ArchiveFile,
    /// Tell only of what is wrong
    #[arg(short, long)]
    quiet: bool,
}

impl Verify {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let archive = self.archive.open()?;
        let path = archive.path().display().to_string();
        let reports = archive.reports()?;
        let working = progress::working(
            "Checking",
            usize::try_from(reports).unwrap_or(usize::MAX),
            "reports",
            !self.quiet,
        );
        let mut faults = 0;
        archive.verify(
            |fault| {
                faults += 1;
                working.suspend(|| say(&format!("{path}: {}: {}", fault.place, fault.reason)));
            },
            |seen| working.set_position(seen),
        )?;
        working.finish_and_clear();
        if faults == 0 && !self.quiet {
            say(&format!("{path}: {reports} reports, all as they were written"));
        }
        Ok(if faults == 0 { Outcome::Complete } else { Outcome::Partial })
    }
}
