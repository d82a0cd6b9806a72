//! `parallax`: one event, seen through many reports.

mod cli;
mod ingest;
mod pipeline;
mod report;
mod web;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    cli::run(cli::Cli::parse())
}
