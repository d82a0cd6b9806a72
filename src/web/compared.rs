//! The comparison of a story, as pages and answers show it.

use std::sync::{Arc, Mutex, PoisonError};

use parallax_archive::{Archive, StoryId};
use parallax_model::Comparison;

use super::failure::Failure;
use super::site::Site;
use crate::ingest;
use crate::report::wire::kept;

/// Comparisons that are kept, since the pages of one story are read one after the other.
const KEPT: usize = 24;

/// The reports of a story, compared.
pub(crate) struct Compared {
    pub(crate) comparison: Comparison,
    /// How many reports of the story are too many to be compared.
    pub(crate) left_out: usize,
}

/// Comparisons that were made lately, the last used at the end.
#[derive(Default)]
pub(crate) struct Comparisons(Mutex<Vec<Kept>>);

struct Kept {
    story: StoryId,
    revision: u64,
    compared: Arc<Compared>,
}

impl Comparisons {
    fn get(&self, story: StoryId, revision: u64) -> Option<Arc<Compared>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|kept| kept.revision == revision);
        let place = kept.iter().position(|kept| kept.story == story)?;
        let found = kept.remove(place);
        let compared = Arc::clone(&found.compared);
        kept.push(found);
        Some(compared)
    }

    fn keep(&self, story: StoryId, revision: u64, compared: &Arc<Compared>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(Kept { story, revision, compared: Arc::clone(compared) });
    }
}

impl Site {
    /// The comparison of a story.
    pub(crate) fn compared(&self, archive: &Archive, story: StoryId) -> Result<Arc<Compared>, Failure> {
        let revision = self.answers.revision();
        if let Some(compared) = self.comparisons.get(story, revision) {
            return Ok(compared);
        }
        let compared = Arc::new(compare(archive, story)?);
        self.comparisons.keep(story, revision, &compared);
        Ok(compared)
    }
}

/// The comparison as it is kept, where that still holds; else made now.
fn compare(archive: &Archive, story: StoryId) -> Result<Compared, Failure> {
    if archive.story(story)?.reports == 0 {
        return Err(Failure::not_found(format!("Story {story} has no reports.")));
    }
    if let Some(kept) = archive.comparison(story)?
        && kept.fingerprint == archive.fingerprint(story, parallax_analysis::STAGES)?
        && let Some(comparison) = kept::read(&kept.document)
    {
        return Ok(Compared { comparison, left_out: kept.left_out as usize });
    }
    let ingest::Compared { comparison, left_out, .. } = ingest::compare(archive, story)?;
    Ok(Compared { comparison, left_out })
}
