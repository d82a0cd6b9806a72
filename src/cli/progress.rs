//! Signs of life during long work, on standard error and only where a person watches.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Fewer reports than this are done before a person wonders.
const LONG_WORK: usize = 200;

/// A line that shows that work goes on; nothing for short work or where standard error is not a terminal.
pub(super) fn working(on: &str, amount: usize) -> ProgressBar {
    if amount < LONG_WORK {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_message(format!("{on} {amount} reports"));
    let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
    let bar = style.map(|style| bar.clone().with_style(style)).unwrap_or(bar);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
