//! How a run ended, and what it had to say on standard error.

use std::io::{ErrorKind, Write, stderr};
use std::process::ExitCode;

use parallax_model::Problem;

/// How a run that wrote its output ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Everything was read.
    Complete,
    /// Something could not be read; the rest was written.
    Partial,
    /// Nothing could be read.
    Nothing,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Complete => Self::SUCCESS,
            Outcome::Partial => Self::from(1),
            Outcome::Nothing => Self::from(2),
        }
    }
}

/// The exit status of a run. A reader that closed the pipe early, as `head` does, has what it wanted.
pub(super) fn settle(outcome: anyhow::Result<Outcome>) -> ExitCode {
    match outcome {
        Ok(outcome) => outcome.into(),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    causes.any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// Names each problem with its place.
pub(super) fn tell(problems: &[Problem]) {
    for Problem { place, reason } in problems {
        say(&format!("{place}: {reason}"));
    }
}

/// Writes a line to standard error. Where nobody reads it, nothing is lost by going on.
fn say(line: &str) {
    let line: String =
        line.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    let _ = writeln!(stderr().lock(), "parallax: {line}");
}
