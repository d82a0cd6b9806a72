//! What the commands that write a table share: inputs, where rows go, and what is told on the way.

use std::io::{self, IsTerminal, Write, stdout};
use std::path::PathBuf;

use clap::Args;
use parallax_acquire::{Event, Meter, Source, stream_with};
use parallax_model::RawReport;
use serde::Serialize;

use super::online::OnlineInputs;
use super::outcome::{Account, Outcome};
use super::output::Destination;
use super::progress;
use crate::pipeline::{self, Step};

/// What goes in and where the rows go.
#[derive(Debug, Args)]
pub(super) struct Table {
    /// Files or folders of reports, addresses of pages and feeds; `-` for JSONL or a web archive on standard input
    #[arg(required = true, value_name = "REPORTS")]
    reports: Vec<PathBuf>,
    /// Where to write the rows; `-` for standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Show no progress and tell only of what could not be read
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    online: OnlineInputs,
}

impl Table {
    /// Lets `write` write the rows of the reports. What could not be read is told as it comes and counted at the end; where nothing
    /// could be, nothing is written.
    pub(super) fn write(
        self,
        write: impl FnOnce(Reports<'_>, &mut dyn Write) -> anyhow::Result<()>,
    ) -> anyhow::Result<Outcome> {
        let destination = self.destination();
        let meter = Meter::default();
        let progress = progress::reading(&self.reports, &meter, self.is_watched());
        let mut account = Account::new(self.quiet, progress);
        let mut events = stream_with(self.reports, &self.online.online(), &meter);
        let Some(first) = first_report(&mut events, &mut account) else { return Ok(account.settle()) };
        let events = Box::new(std::iter::once(Event::Report(first)).chain(events));
        destination.write(|out| write(Reports { events, account: &mut account }, out))?;
        Ok(account.settle())
    }

    /// Whether no inputs were given, where a command can do without.
    pub(super) fn is_without_reports(&self) -> bool {
        self.reports.is_empty()
    }

    /// Whether progress is shown. Rows that run over the terminal are a sign of life themselves.
    pub(super) fn is_watched(&self) -> bool {
        !self.quiet && (self.destination().path().is_some() || !stdout().is_terminal())
    }

    /// Where the rows go.
    pub(super) fn destination(&self) -> Destination {
        Destination::new(self.output.clone())
    }
}

fn first_report(events: &mut Source, account: &mut Account) -> Option<RawReport> {
    for event in events {
        match event {
            Event::Report(report) => return Some(report),
            Event::Problem(problem) => account.problem(&problem),
            Event::Note(note) => account.note(&note),
        }
    }
    None
}

/// The reports of the inputs, as they are read.
pub(super) struct Reports<'a> {
    events: Source,
    account: &'a mut Account,
}

impl Reports<'_> {
    /// Works on each report on all cores, and hands the results to `each` in the order of the reports, with where rows go.
    pub(super) fn in_order<T: Send + 'static>(
        self,
        out: &mut dyn Write,
        work: impl Fn(RawReport) -> T + Send + Sync + 'static,
        mut each: impl FnMut(T, &mut dyn Write) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        self.in_order_with(out, work, |result, out, _| each(result, out))
    }

    /// The same for work that may find a problem.
    pub(super) fn in_order_with<T: Send + 'static>(
        self,
        out: &mut dyn Write,
        work: impl Fn(RawReport) -> T + Send + Sync + 'static,
        mut each: impl FnMut(T, &mut dyn Write, &mut Account) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        for batch in pipeline::start(self.events, work) {
            for step in batch {
                match step {
                    Step::Worked(result) => {
                        self.account.report();
                        each(result, out, self.account)?;
                    }
                    Step::Problem(problem) => self.account.problem(&problem),
                    Step::Note(note) => self.account.note(&note),
                }
            }
            out.flush()?;
        }
        Ok(())
    }
}

/// Writes a row of JSONL, ended by a line feed.
pub(super) fn write_row(row: &impl Serialize, out: &mut dyn Write) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, row).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}
