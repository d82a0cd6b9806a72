//! The command line: one file a command.

mod compare;
mod outcome;
mod output;
mod progress;
mod quotations;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// One event, seen through many reports
///
/// Parallax reads several reports of one event and shows how many independent origins stand behind them, who said what
/// in which words, which quotations were altered on the way, and on which figures the reports agree. It works offline.
#[derive(Debug, Parser)]
#[command(name = "parallax", version, arg_required_else_help = true, subcommand_required = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Compare(compare::Compare),
    Quotations(quotations::Quotations),
}

/// Runs the command that was typed.
pub(crate) fn run(cli: Cli) -> ExitCode {
    outcome::settle(match cli.command {
        Command::Compare(command) => command.run(),
        Command::Quotations(command) => command.run(),
    })
}
