//! Times, resolved to the calendar.

use parallax_model::{Segmentation, TimeExpression};

/// Finds the times of a text; `published` (`YYYY-MM-DD`) anchors relative ones.
pub fn times(_text: &str, _segments: &Segmentation, _published: Option<&str>) -> Vec<TimeExpression> {
    Vec::new()
}
