//! A comparison as one self-contained page.

use std::io::Write;

use parallax_model::Comparison;

/// Writes the page.
pub(crate) fn write(_comparison: &Comparison, _out: &mut dyn Write) -> anyhow::Result<()> {
    anyhow::bail!("not there yet")
}
