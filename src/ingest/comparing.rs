//! The comparisons of stories, brought up to date.
//!
//! A comparison costs what its story costs, however large the archive is. It is no part of taking a report in: the stories that changed are marked, and compared
//! after a run or a round, or when somebody first looks at one.

use jiff::Timestamp;
use parallax_analysis::STAGES;
use parallax_archive::{Archive, Batch, Error, Fingerprint, NewComparison, StoryId};
use parallax_model::{Comparison, RawReport};
use rayon::prelude::*;

use super::Ingest;
use super::changes::changes;
use crate::report;

/// Of a larger story the reports that came last are compared. What two reports share is looked for in pairs, so the time grows faster than the story.
pub(crate) const MOST_COMPARED: usize = 80;
/// Stories that are compared before what was found is written.
const AT_ONCE: u32 = 16;

/// The comparison of a story as it is now.
pub(crate) struct Compared {
    pub(crate) story: StoryId,
    pub(crate) comparison: Comparison,
    /// How many reports were left out, because the story has more than are compared.
    pub(crate) left_out: usize,
    fingerprint: Fingerprint,
}

/// What is compared, as it is read from the archive.
struct Wanted {
    story: StoryId,
    fingerprint: Fingerprint,
    reports: Vec<RawReport>,
    left_out: usize,
}

/// Compares the reports of a story.
pub(crate) fn compare(archive: &Archive, story: StoryId) -> Result<Compared, Error> {
    Ok(Wanted::read(archive, story)?.compare())
}

impl Wanted {
    fn read(archive: &Archive, story: StoryId) -> Result<Self, Error> {
        // The fingerprint is taken first: what comes in while the reports are read makes it an old one.
        let fingerprint = archive.fingerprint(story, STAGES)?;
        let members = archive.members(story)?;
        let left_out = members.len().saturating_sub(MOST_COMPARED);
        let compared = members.iter().skip(left_out);
        let reports = compared.map(|member| archive.raw(member.report.id)).collect::<Result<_, _>>()?;
        Ok(Self { story, fingerprint, reports, left_out })
    }

    fn compare(self) -> Compared {
        let Self { story, fingerprint, reports, left_out } = self;
        Compared { story, comparison: parallax_analysis::compare(reports), left_out, fingerprint }
    }
}

impl Ingest {
    /// Compares the stories that changed since they were last compared; `tell` is told of each.
    pub(crate) fn compare_changed(
        &mut self,
        at: Timestamp,
        mut tell: impl FnMut(&Compared),
    ) -> anyhow::Result<()> {
        let mut after = None;
        loop {
            let stories = self.writer.stale_stories(AT_ONCE, after)?;
            let Some(last) = stories.last() else { return Ok(()) };
            after = Some(*last);
            let wanted = stories.iter().map(|story| Wanted::read(&self.writer, *story));
            let wanted = wanted.collect::<Result<Vec<_>, _>>()?;
            let compared: Vec<Compared> = wanted.into_par_iter().map(Wanted::compare).collect();
            let batch = self.writer.batch()?;
            compared.iter().try_for_each(|compared| keep(&batch, compared, at))?;
            batch.commit()?;
            compared.iter().for_each(&mut tell);
        }
    }
}

/// Keeps a comparison, and writes down what it shows that the one before did not.
fn keep(batch: &Batch<'_>, compared: &Compared, at: Timestamp) -> anyhow::Result<()> {
    let Compared { story, comparison, left_out, fingerprint } = compared;
    let document = report::wire::kept::write(comparison)?;
    let former = batch.comparison(*story)?.map(|kept| kept.document);
    for (kind, detail) in changes(former.as_deref(), &document)? {
        batch.log(*story, kind, &detail, at)?;
    }
    let made = NewComparison {
        fingerprint: *fingerprint,
        reports: amount(comparison.documents.len()),
        left_out: amount(*left_out),
        origins: amount(comparison.origins.len()),
        document: &document,
    };
    Ok(batch.keep_comparison(*story, &made, STAGES, at)?)
}

fn amount(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
