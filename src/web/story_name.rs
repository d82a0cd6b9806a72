//! Stories by their names in addresses.

use parallax_archive::StoryId;

use super::failure::Failure;

/// The story that an address names.
pub(crate) fn story_id(name: &str) -> Result<StoryId, Failure> {
    name.parse().map_err(|_| {
        Failure::not_found(format!("There is no story {name}; stories are called s1, s2 and so on."))
    })
}
