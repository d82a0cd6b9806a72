//! `parallax add`: reports into the archive.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use parallax_acquire::{Meter, stream_with};
use parallax_archive::Fate;

use super::alert::look_and_tell;
use super::archive_file::{ArchiveFile, wait_and_say};
use super::compared::compare_changed;
use super::online::OnlineInputs;
use super::outcome::{Account, Outcome, is_closed_pipe, say};
use super::output::Destination;
use super::progress;
use super::table::write_row;
use crate::alerts::Courier;
use crate::ingest::{Added, Ingest, Reader, Reading};
use crate::pipeline::{self, Step};
use crate::report::wire::AddedRow;

const EXAMPLES: &str = "\
Examples:
  parallax add reports/                             into parallax.db, which is made where it is not there
  parallax add articles.jsonl.gz --archive news.db
  parallax add https://paper.example/rss.xml --full-text
  parallax add monday.jsonl --list | jq -r .stories[]
  parallax search '\"dam breach\" speaker:reyle'

A report that is there as it is, by its address or else its id, changes nothing; with other words,
another outlet or day it becomes a new version, and what changed is kept. Run it again after it was
stopped at any moment, and it goes on: a report is in the archive with all that was found in it, or
not at all, and what --list or the last line told of is there for good. Where dated reports are
added, put the oldest first.

While it runs others may read; another that writes waits for its turn and says so.

Exit status: 0; 1 if something could not be read and the rest was added; 2 if nothing could be
read, or if the archive could not be written.";

/// Add reports to an archive, with their quotations, stories and words to search
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Add {
    /// Files or folders of reports, addresses of pages and feeds; `-` for JSONL or a web archive on standard input
    #[arg(required = true, value_name = "REPORTS")]
    reports: Vec<PathBuf>,
    #[command(flatten)]
    archive: ArchiveFile,
    /// Write a row for each report to standard output, once it is in the archive for good
    #[arg(long)]
    list: bool,
    /// Leave the comparisons of the stories that changed to their first reader
    #[arg(long)]
    no_compare: bool,
    /// Stop before the archive takes more than so many megabytes
    #[arg(long, value_name = "MB")]
    largest: Option<u64>,
    /// Show no progress and tell only of what could not be read
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    online: OnlineInputs,
}

impl Add {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let path = self.archive.path();
        let mut ingest = Ingest::open(&path, wait_and_say())?;
        if let Some(megabytes) = self.largest {
            ingest.limit(megabytes.saturating_mul(1_000_000))?;
        }
        let reader = Reader::open(&path)?;
        let meter = Meter::default();
        let mut account = Account::new(self.quiet, progress::reading(&self.reports, &meter, !self.quiet));
        let online = self.online.online();
        let events = stream_with(self.reports, &online, &meter);
        let mut counts = Counts::default();
        let mut list = self.list.then(List::default);
        for batch in pipeline::start(events, move |raw| reader.read(raw)) {
            let added = ingest.add(taken(batch, &mut account), Timestamp::now())?;
            counts.count(&added);
            list.iter_mut().try_for_each(|list| list.write(&added))?;
        }
        if !self.no_compare {
            compare_changed(&mut ingest, self.quiet, Timestamp::now())?;
        }
        if !self.quiet {
            account.aside(|| say(&format!("{} in {}", counts.told(), path.display())));
        }
        look_and_tell(&mut ingest, &mut Courier::new(path, online.policy))?;
        Ok(account.settle())
    }
}

/// The reports that were added, on standard output.
#[derive(Default)]
struct List {
    is_closed: bool,
}

impl List {
    /// Writes a row for each. Whoever closed the pipe early, as `head` does, has read enough; the reports are added all the same.
    fn write(&mut self, added: &[Added]) -> anyhow::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let rows =
            |out: &mut dyn Write| added.iter().try_for_each(|added| write_row(&AddedRow::new(added), out));
        match Destination::Standard.write(rows) {
            Err(error) if is_closed_pipe(&error) => {
                self.is_closed = true;
                say("nobody reads the list any more; the reports are added without it");
                Ok(())
            }
            written => written,
        }
    }
}

/// The reports of a batch; what could not be read is told.
fn taken(batch: Vec<Step<Reading>>, account: &mut Account) -> Vec<Reading> {
    let mut readings = Vec::new();
    for step in batch {
        match step {
            Step::Worked(reading) => {
                account.report();
                readings.push(reading);
            }
            Step::Problem(problem) => account.problem(&problem),
            Step::Note(note) => account.note(&note),
        }
    }
    readings
}

/// What became of the reports.
#[derive(Default)]
struct Counts {
    new: usize,
    updated: usize,
    unchanged: usize,
}

impl Counts {
    fn count(&mut self, added: &[Added]) {
        for added in added {
            match added.fate {
                Fate::New => self.new += 1,
                Fate::Updated | Fate::Amended => self.updated += 1,
                Fate::Unchanged => self.unchanged += 1,
            }
        }
    }

    fn told(&self) -> String {
        format!("{} new, {} updated, {} unchanged", self.new, self.updated, self.unchanged)
    }
}
