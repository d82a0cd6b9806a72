//! The command line: one file a command.

mod add;
mod alert;
mod archive_file;
mod backup;
mod changes;
mod compare;
mod compared;
mod correct;
mod corrections;
mod duplicates;
mod export;
mod extract;
mod feed;
mod fetch;
#[cfg(feature = "mcp")]
mod mcp;
mod online;
mod outcome;
mod output;
mod passages;
mod progress;
mod quotations;
mod reanalyse;
mod search;
mod serve;
mod signals;
mod stories;
mod story;
mod table;
mod verify;
mod watch;

use std::process::ExitCode;
use std::time::SystemTime;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};
use jiff::Timestamp;

/// One event, seen through many reports
///
/// Parallax reads several reports of one event and shows how many independent origins stand behind them, who said what
/// in which words, which quotations were altered on the way, and on which figures the reports agree. It works offline, but where an input is an address.
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
    Passages(passages::Passages),
    Stories(stories::Stories),
    Duplicates(duplicates::Duplicates),
    Extract(extract::Extract),
    Fetch(fetch::Fetch),
    Add(add::Add),
    Search(search::Search),
    Serve(serve::Serve),
    #[cfg(feature = "mcp")]
    Mcp(mcp::Mcp),
    Story(story::Story),
    Export(export::Export),
    Verify(verify::Verify),
    Backup(backup::Backup),
    Reanalyse(reanalyse::Reanalyse),
    Watch(watch::Watching),
    Changes(changes::Changes),
    Feed(feed::Feed),
    Alert(alert::Alerting),
    Correct(correct::Correct),
    Corrections(corrections::Corrections),
}

/// Runs the command that was typed.
pub(crate) fn run(cli: Cli) -> ExitCode {
    signals::outlast_file_limits();
    if !is_a_moment(SystemTime::now()) {
        outcome::say("the clock of this machine is set to a year that no report has, beyond 9999");
        return ExitCode::from(2);
    }
    outcome::settle(match cli.command {
        Command::Compare(command) => command.run(),
        Command::Quotations(command) => command.run(),
        Command::Passages(command) => command.run(),
        Command::Stories(command) => command.run(),
        Command::Duplicates(command) => command.run(),
        Command::Extract(command) => command.run(),
        Command::Fetch(command) => command.run(),
        Command::Add(command) => command.run(),
        Command::Search(command) => command.run(),
        Command::Serve(command) => command.run(),
        #[cfg(feature = "mcp")]
        Command::Mcp(command) => command.run(),
        Command::Story(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Reanalyse(command) => command.run(),
        Command::Watch(command) => command.run(),
        Command::Changes(command) => command.run(),
        Command::Feed(command) => command.run(),
        Command::Alert(command) => command.run(),
        Command::Correct(command) => command.run(),
        Command::Corrections(command) => command.run(),
    })
}

/// Whether what a clock says can be written down.
fn is_a_moment(now: SystemTime) -> bool {
    Timestamp::try_from(now).is_ok()
}

/// Ends the run over a command that was not understood.
fn usage_error(kind: ErrorKind, message: &str) -> ! {
    Cli::command().error(kind, message).exit()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_beyond_all_years_is_noticed() {
        let year = |year: u64| SystemTime::UNIX_EPOCH + Duration::from_secs((year - 1970) * 365 * 86_400);
        assert!(is_a_moment(year(2026)) && is_a_moment(year(9990)) && !is_a_moment(year(12_000)));
    }
}
