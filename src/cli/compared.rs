//! Bringing the comparisons of an archive's stories up to date, with signs of life.

use jiff::Timestamp;

use super::outcome::say;
use super::progress;
use crate::ingest::{Ingest, MOST_COMPARED};

/// Compares the stories that changed. Where a story has more reports than are compared, it says so.
pub(super) fn compare_changed(ingest: &mut Ingest, is_quiet: bool, at: Timestamp) -> anyhow::Result<()> {
    let amount = usize::try_from(ingest.archive().count_stale()?).unwrap_or(usize::MAX);
    let working = progress::working("Comparing", amount, "stories", !is_quiet);
    let mut done = 0;
    ingest.compare_changed(at, |compared| {
        done += 1;
        working.set_message(format!("Compared {done} of {amount} stories"));
        if compared.left_out > 0 && !is_quiet {
            let left_out = compared.left_out;
            let story = compared.story;
            working.suspend(|| {
                say(&format!(
                    "{story}: the last {MOST_COMPARED} reports are compared, {left_out} before them are not"
                ));
            });
        }
    })?;
    working.finish_and_clear();
    Ok(())
}
