//! `parallax compare`: the story behind the reports of one event.

use std::io::stdout;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::report;

/// Compare the reports of an event and show the story behind them
#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// Files or folders of reports; `-` for JSONL on standard input
    #[arg(required = true)]
    reports: Vec<PathBuf>,
}

impl Compare {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let acquired = parallax_acquire::acquire(&self.reports);
        let comparison = parallax_analysis::compare(acquired.reports);
        report::json::write(&comparison, &mut stdout().lock())?;
        Ok(ExitCode::SUCCESS)
    }
}
