//! Dated events.

use parallax_model::{Document, Entity, Event};

/// Gathers the dated events of all articles in the order of time.
pub fn timeline(_documents: &[Document], _entities: &[Entity]) -> Vec<Event> {
    Vec::new()
}
