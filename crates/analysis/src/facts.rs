//! What the articles report, and whether they agree.

use parallax_model::{Document, Entity, Fact, Passage, Utterance};

/// Matches what the articles report into facts; `origin_of` gives for each article the index of its origin.
pub fn facts(
    _documents: &[Document],
    _entities: &[Entity],
    _passages: &[Passage],
    _utterances: &[Utterance],
    _origin_of: &[usize],
) -> Vec<Fact> {
    Vec::new()
}
