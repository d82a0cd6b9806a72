//! Who and what an article speaks of.

use parallax_model::{Document, Entity, Names, Segmentation};

/// Finds the names of one article and gathers them into chains.
pub fn names(_text: &str, _segments: &Segmentation) -> Names {
    Names::default()
}

/// Links the chains of many articles into entities.
pub fn link(_documents: &[Document]) -> Vec<Entity> {
    Vec::new()
}
