//! Figures with their units.

use parallax_model::{Quantity, Segmentation};

/// Finds the figures of a text.
pub fn quantities(_text: &str, _segments: &Segmentation) -> Vec<Quantity> {
    Vec::new()
}
