//! The command line: one file a command.

mod compare;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// One event, seen through many reports.
#[derive(Debug, Parser)]
#[command(name = "parallax", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Compare(compare::Compare),
}

/// Runs the command that was typed.
pub(crate) fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Compare(command) => command.run(),
    }
}
