//! How far a stage has come, and what each came to.

use std::io::{IsTerminal, stderr};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::manifest::Manifest;

/// Where nobody watches a terminal, a line of progress is written so often.
const BETWEEN_LINES: Duration = Duration::from_secs(15);

/// Tells of a stage's progress on standard error: rows done, rows a second, time left.
#[derive(Debug)]
pub struct Progress {
    stage: String,
    total: Option<u64>,
    begun: Instant,
    bar: ProgressBar,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    done: u64,
    told: Instant,
}

impl Progress {
    /// A stage that works on so many rows, if that is known.
    pub fn new(stage: &str, total: Option<u64>) -> Self {
        let bar = match total {
            _ if !stderr().is_terminal() => ProgressBar::hidden(),
            Some(total) => styled(
                ProgressBar::new(total),
                "{msg:12} {wide_bar} {human_pos}/{human_len} rows, {per_sec}, {eta} left",
            ),
            None => styled(ProgressBar::new_spinner(), "{msg:12} {spinner} {human_pos} rows, {per_sec}"),
        };
        bar.set_message(stage.to_owned());
        let state = Mutex::new(State { done: 0, told: Instant::now() });
        Self { stage: stage.to_owned(), total, begun: Instant::now(), bar, state }
    }

    /// So many more rows are done.
    pub fn add(&self, rows: u64) {
        self.bar.inc(rows);
        let Ok(mut state) = self.state.lock() else { return };
        state.done += rows;
        if self.bar.is_hidden() && state.told.elapsed() > BETWEEN_LINES {
            state.told = Instant::now();
            eprintln!("{}", line(&self.stage, state.done, self.total, self.begun.elapsed()));
        }
    }

    /// Takes the line away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template);
    bar.enable_steady_tick(Duration::from_millis(200));
    style.map_or(bar.clone(), |style| bar.with_style(style))
}

/// A line of progress.
fn line(stage: &str, done: u64, total: Option<u64>, elapsed: Duration) -> String {
    let pace = pace(done, elapsed.as_secs_f64());
    match total {
        Some(total) if done > 0 => {
            let left = elapsed.as_secs_f64() * total.saturating_sub(done) as f64 / done as f64;
            format!("{stage}: {done} of {total} rows, {pace:.0} rows/s, {left:.0} s left")
        }
        _ => format!("{stage}: {done} rows, {pace:.0} rows/s"),
    }
}

fn pace(rows: u64, seconds: f64) -> f64 {
    rows as f64 / seconds.max(0.001)
}

/// Whether a stage was worked on in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Now.
    Now,
    /// In an earlier run, by the same recipe.
    Before,
}

/// The table of what the stages came to.
pub fn summary(stages: &[(Done, Manifest)]) -> String {
    let mut lines = vec![format!(
        "{:<14}{:>14}{:>10}{:>12}{:>10}{:>12}",
        "table", "rows", "seconds", "rows/s", "MB", "problems"
    )];
    for (done, manifest) in stages {
        let megabytes = manifest.files.iter().map(|file| file.bytes).sum::<u64>() as f64 / 1e6;
        let (seconds, pace) = match done {
            Done::Now => {
                (format!("{:.1}", manifest.seconds), format!("{:.0}", pace(manifest.rows, manifest.seconds)))
            }
            Done::Before => ("before".to_owned(), String::new()),
        };
        let table = &manifest.recipe.table;
        let (rows, problems) = (manifest.rows, manifest.problems);
        lines.push(format!("{table:<14}{rows:>14}{seconds:>10}{pace:>12}{megabytes:>10.1}{problems:>12}"));
        lines.extend(manifest.notes.iter().map(|note| format!("  {note}")));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_pace_and_what_is_left() {
        let check = |done, total, expected: &str| {
            assert_eq!(line("extract", done, total, Duration::from_secs(10)), expected);
        };
        check(500, Some(2000), "extract: 500 of 2000 rows, 50 rows/s, 30 s left");
        check(500, None, "extract: 500 rows, 50 rows/s");
        check(0, Some(2000), "extract: 0 rows, 0 rows/s");
    }
}
