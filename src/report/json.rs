//! `parallax.comparison/1` as JSON.

use std::io::{self, Write};

use parallax_model::Comparison;

use super::wire::ComparisonDocument;

/// Writes the comparison document, one line, ended by a line feed.
pub(crate) fn write(comparison: &Comparison, out: &mut dyn Write) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, &ComparisonDocument::new(comparison)).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}
