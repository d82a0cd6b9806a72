//! The same saying across articles.

use parallax_model::{Document, Entity, Utterance};

/// Collates the quotations of many articles into utterances; `origin_of` gives for each article the index of its origin,
/// so that a reference is chosen by independent support.
pub fn collate(_documents: &[Document], _entities: &[Entity], _origin_of: &[usize]) -> Vec<Utterance> {
    Vec::new()
}
