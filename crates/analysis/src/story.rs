//! Which articles tell the same story.

use parallax_model::{Document, Story};

/// Groups articles into stories.
pub fn stories(_documents: &[Document]) -> Vec<Story> {
    Vec::new()
}
