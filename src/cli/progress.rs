//! Signs of life during long work, on standard error and only where a person watches.

use std::env;
use std::io::stderr;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use parallax_acquire::{Meter, size};
use terminal_size::Width;

/// Fewer reports than this are done before a person wonders.
const LONG_WORK: usize = 200;

/// A line that shows that work goes on: "Comparing 500 reports"; nothing for short work and where nobody watches, as for [`reading`].
pub(super) fn working(doing: &str, amount: usize, what: &str, is_watched: bool) -> ProgressBar {
    if amount < LONG_WORK || !is_watched || is_plain() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_message(format!("{doing} {amount} {what}"));
    styled(bar, Line { wide: "{spinner} {msg} ({elapsed})", narrow: "{spinner} {wide_msg}" })
}

/// How far reading has come.
pub(super) struct Progress {
    bar: ProgressBar,
    meter: Meter,
}

/// A bar that fills as the bytes of the inputs are read, or a line that counts them where nobody can say how many there are; nothing where
/// nobody watches: if the caller says so, where standard error is not a terminal, and where NO_COLOR asks for plain output.
pub(super) fn reading(inputs: &[PathBuf], meter: &Meter, is_watched: bool) -> Progress {
    let bar = if is_watched && !is_plain() { bar(size(inputs)) } else { ProgressBar::hidden() };
    Progress { bar, meter: meter.clone() }
}

impl Progress {
    /// Shows that so many reports are done.
    pub(super) fn show(&self, reports: usize) {
        self.bar.set_position(self.meter.bytes());
        if reports < 64 || reports.is_multiple_of(64) {
            self.bar.set_message(format!("{reports} reports"));
        }
    }

    /// Says something that must not run into the line.
    pub(super) fn aside(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }

    /// Takes the line away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

fn is_plain() -> bool {
    env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

fn bar(size: Option<u64>) -> ProgressBar {
    match size {
        Some(size) => styled(
            ProgressBar::new(size),
            Line {
                wide: "{wide_bar} {bytes} of {total_bytes}, {msg}, {eta} left",
                narrow: "{percent:>3} % {wide_msg}",
            },
        ),
        None => styled(
            ProgressBar::new_spinner(),
            Line { wide: "{spinner} {bytes}, {msg} ({elapsed})", narrow: "{spinner} {wide_msg}" },
        ),
    }
}

/// What a line shows.
#[derive(Debug, Clone, Copy)]
struct Line {
    wide: &'static str,
    /// On terminals where that would wrap, which leaves a line behind each time it is drawn; cut off where even this is too long.
    narrow: &'static str,
}

impl Line {
    /// The longest wide line is "1023.99 MiB of 1023.99 GiB, 999999999 reports, 59 minutes left" and a bar that can be seen.
    const WIDE: u16 = 72;

    fn template(self, columns: Option<u16>) -> &'static str {
        if columns.is_some_and(|columns| columns < Self::WIDE) { self.narrow } else { self.wide }
    }
}

fn styled(bar: ProgressBar, line: Line) -> ProgressBar {
    let columns = terminal_size::terminal_size_of(stderr()).map(|(Width(columns), _)| columns);
    let style = ProgressStyle::with_template(line.template(columns));
    let bar = style.map(|style| bar.clone().with_style(style)).unwrap_or(bar);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_terminals_get_a_line_that_is_cut_off_before_it_wraps() {
        let line = Line { wide: "{bytes}", narrow: "{wide_msg}" };
        let check = |columns, expected: &str| assert_eq!(line.template(columns), expected, "{columns:?}");
        check(None, "{bytes}");
        check(Some(200), "{bytes}");
        check(Some(72), "{bytes}");
        check(Some(71), "{wide_msg}");
        check(Some(1), "{wide_msg}");
    }
}
