//! What a story's present comparison shows that its former one did not.

use parallax_archive::EventKind;
use serde_json::Value;

/// The events between two comparisons of a story, each `parallax.comparison/1` as JSON, with the detail that is written down.
pub(super) fn changes(_former: Option<&str>, _present: &str) -> anyhow::Result<Vec<(EventKind, Value)>> {
    Ok(Vec::new())
}
