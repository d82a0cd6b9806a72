//! `parallax`: one event, seen through many reports.

mod alerts;
mod changes;
mod cli;
mod corrections;
mod ingest;
mod pipeline;
mod report;
mod watch;
mod web;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    cli::run(cli::Cli::parse())
}
