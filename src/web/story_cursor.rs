//! Where a list of stories goes on: after one of its stories, as it stood when it was shown.
//!
//! The moment is part of the cursor, so that a story that changes in between is not met twice and none is passed over.

use jiff::Timestamp;
use parallax_archive::{Archive, Story, StoryId};

use super::failure::Failure;

/// Stories that are read at a time.
const AT_ONCE: u32 = 160;

/// Which stories a list has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Of at least so many reports.
    pub(crate) reports: u32,
    /// Of at least so many origins.
    pub(crate) origins: u32,
}

/// At most so many stories that are wanted, behind one of them, and whether there are more.
pub(crate) fn wanted_stories(
    archive: &Archive,
    wanted: Wanted,
    most: usize,
    mut after: Option<Story>,
) -> Result<(Vec<Story>, bool), Failure> {
    let mut found = Vec::new();
    // Stories are filtered as they come, so that a page costs no more than what it passes over.
    while found.len() <= most {
        let some = archive.stories(wanted.reports.max(1), AT_ONCE, after.as_ref())?;
        let Some(last) = some.last() else { break };
        after = Some(last.clone());
        found.extend(some.into_iter().filter(|story| story.origins.unwrap_or(0) >= wanted.origins));
    }
    let has_more = found.len() > most;
    found.truncate(most);
    Ok((found, has_more))
}

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
