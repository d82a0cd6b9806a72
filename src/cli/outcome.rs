//! How a run ended, and what it had to say on standard error.

use std::io::{ErrorKind, Write, stderr};
use std::process::ExitCode;

use parallax_model::Problem;

use super::progress::Progress;

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

/// Whether something failed because the reader of our output closed it.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    causes.any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// Names each problem with its place.
pub(super) fn tell(problems: &[Problem]) {
    problems.iter().for_each(tell_one);
}

fn tell_one(Problem { place, reason }: &Problem) {
    say(&format!("{place}: {reason}"));
}

/// What a run over a stream of reports came to so far.
pub(super) struct Account {
    reports: usize,
    problems: usize,
    is_quiet: bool,
    progress: Progress,
}

impl Account {
    pub(super) fn new(is_quiet: bool, progress: Progress) -> Self {
        Self { reports: 0, problems: 0, is_quiet, progress }
    }

    /// Counts a report.
    pub(super) fn report(&mut self) {
        self.reports += 1;
        self.progress.show(self.reports);
    }

    /// Tells of something that could not be read, and counts it.
    pub(super) fn problem(&mut self, problem: &Problem) {
        self.problems += 1;
        self.progress.aside(|| tell_one(problem));
    }

    /// Tells of something that was read otherwise than it stands.
    pub(super) fn note(&self, note: &Problem) {
        if !self.is_quiet {
            self.progress.aside(|| tell_one(note));
        }
    }

    pub(super) fn reports(&self) -> usize {
        self.reports
    }

    pub(super) fn has_problems(&self) -> bool {
        self.problems > 0
    }

    /// Says something that must not run into the progress.
    pub(super) fn aside(&self, say: impl FnOnce()) {
        self.progress.aside(say);
    }

    /// Ends a run for which nothing to read is no failure.
    pub(super) fn settle_quietly(self) -> Outcome {
        self.progress.end();
        if self.problems == 0 { Outcome::Complete } else { Outcome::Partial }
    }

    /// Says how much was read, where not all of it was.
    pub(super) fn settle(self) -> Outcome {
        self.progress.end();
        if self.problems > 0 {
            say(&format!(
                "{}; {}",
                counted(self.reports, "report read", "reports read"),
                counted(self.problems, "problem", "problems")
            ));
        }
        match (self.reports, self.problems) {
            (0, _) => Outcome::Nothing,
            (_, 0) => Outcome::Complete,
            _ => Outcome::Partial,
        }
    }
}

fn counted(amount: usize, one: &str, many: &str) -> String {
    format!("{amount} {}", if amount == 1 { one } else { many })
}

/// Writes a line to standard error. Where nobody reads it, nothing is lost by going on.
pub(super) fn say(line: &str) {
    let line: String =
        line.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    let _ = writeln!(stderr().lock(), "parallax: {line}");
}
