//! Where a list of stories goes on: after one of its stories, as it stood when it was shown.
//!
//! The moment is part of the cursor, so that a story that changes in between is not met twice and none is passed over.

use jiff::Timestamp;
use parallax_archive::{Archive, Story, StoryId};

use super::failure::Failure;

/// The cursor after a story.
pub(crate) fn write_cursor(story: &Story) -> String {
    format!("{}-{}", story.changed.as_millisecond(), story.id)
}

/// The story that a cursor stands after.
pub(crate) fn read_cursor(archive: &Archive, cursor: &str) -> Result<Story, Failure> {
    let parts = cursor.rsplit_once('-').and_then(|(moment, id)| {
        Some((Timestamp::from_millisecond(moment.parse().ok()?).ok()?, id.parse::<StoryId>().ok()?))
    });
    let (changed, id) =
        parts.ok_or_else(|| Failure::bad_request("The cursor is none that was given out."))?;
    Ok(Story { changed, ..archive.story(id)? })
}
