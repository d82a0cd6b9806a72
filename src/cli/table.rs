//! What the commands that write a table share: inputs, where rows go, and work on all cores with the order kept.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use parallax_model::RawReport;
use rayon::prelude::*;
use serde::Serialize;

use super::outcome::{Outcome, tell};
use super::output::Destination;

/// Reports worked on before their rows are written: enough for all cores, few enough to hold in memory.
const BATCH: usize = 256;

/// What goes in and where the rows go.
#[derive(Debug, Args)]
pub(super) struct Table {
    /// Files or folders of reports; `-` for JSONL on standard input
    #[arg(required = true, value_name = "REPORTS")]
    reports: Vec<PathBuf>,
    /// Where to write the rows; `-` for standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

impl Table {
    /// Reads the reports, names what could not be read, and lets `write` write the rows of the rest.
    pub(super) fn write(
        self,
        write: impl FnOnce(Vec<RawReport>, &mut dyn Write) -> anyhow::Result<()>,
    ) -> anyhow::Result<Outcome> {
        let acquired = parallax_acquire::acquire(&self.reports);
        tell(&acquired.notes);
        tell(&acquired.problems);
        if acquired.reports.is_empty() {
            return Ok(Outcome::Nothing);
        }
        Destination::new(self.output).write(|out| write(acquired.reports, out))?;
        Ok(if acquired.problems.is_empty() { Outcome::Complete } else { Outcome::Partial })
    }
}

/// Works on each report on all cores, a batch at a time, and hands the results to `each` in the order of the reports.
pub(super) fn in_order<T: Send>(
    reports: Vec<RawReport>,
    work: impl Fn(RawReport) -> T + Sync,
    mut each: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut reports = reports.into_iter();
    loop {
        let batch: Vec<RawReport> = reports.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let worked: Vec<T> = batch.into_par_iter().map(&work).collect();
        worked.into_iter().try_for_each(&mut each)?;
    }
}

/// Writes a row, ended by a line feed.
pub(super) fn write_row(row: &impl Serialize, out: &mut dyn Write) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, row).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}
