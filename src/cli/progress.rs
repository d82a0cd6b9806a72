//! Signs of life during long work, on standard error and only where a person watches.

use std::env;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use parallax_acquire::{Meter, size};

/// Fewer reports than this are done before a person wonders.
const LONG_WORK: usize = 200;

/// A line that shows that work goes on; nothing for short work or where standard error is not a terminal.
pub(super) fn working(on: &str, amount: usize) -> ProgressBar {
    working_on(on, amount, "reports")
}

/// The same for work on other things than reports.
pub(super) fn working_on(on: &str, amount: usize, what: &str) -> ProgressBar {
    if amount < LONG_WORK {
        return ProgressBar::hidden();
    }
    styled(
        ProgressBar::new_spinner().with_message(format!("{on} {amount} {what}")),
        "{spinner} {msg} ({elapsed})",
    )
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
        Some(size) => {
            styled(ProgressBar::new(size), "{wide_bar} {bytes} of {total_bytes}, {msg}, {eta} left")
        }
        None => styled(ProgressBar::new_spinner(), "{spinner} {bytes}, {msg} ({elapsed})"),
    }
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template);
    let bar = style.map(|style| bar.clone().with_style(style)).unwrap_or(bar);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
