//! The comparisons of stories, brought up to date.
//!
//! A comparison costs what its story costs, however large the archive is. It is no part of taking a report in: the stories that changed are marked, and compared
//! after a run or a round, or when somebody first looks at one.

use std::ops::ControlFlow;

use jiff::Timestamp;
use parallax_analysis::STAGES;
use parallax_archive::{Archive, Batch, Correction, Error, Fingerprint, Member, NewComparison, StoryId};
use parallax_model::{Comparison, RawReport};
use rayon::prelude::*;

use super::Ingest;
use super::placing::brief;
use crate::changes::{Kept, News, changes};
use crate::report::reading::headlines;
use crate::{corrections, report};

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
    corrections: Vec<Correction>,
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
        let corrections = corrections_of(archive, &members)?;
        Ok(Self { story, fingerprint, reports, left_out, corrections })
    }

    fn compare(self) -> Compared {
        let Self { story, fingerprint, reports, left_out, corrections } = self;
        let decide = |documents: &mut [_]| corrections::decide(documents, &corrections);
        let comparison = parallax_analysis::compare_decided(reports, decide);
        Compared { story, comparison, left_out, fingerprint }
    }
}

/// What people corrected about quotations of these reports, in whichever story they were then.
fn corrections_of(archive: &Archive, members: &[Member]) -> Result<Vec<Correction>, Error> {
    let mut corrections = archive.corrections(None)?;
    corrections.retain(|correction| {
        members.iter().any(|member| corrections::holds_in(correction, &member.report.name))
    });
    Ok(corrections)
}

impl Ingest {
    /// Compares the stories that changed since they were last compared; `tell` is told of each.
    pub(crate) fn compare_changed(
        &mut self,
        at: Timestamp,
        mut tell: impl FnMut(&Compared),
    ) -> anyhow::Result<()> {
        self.compare_while(at, |compared| {
            tell(compared);
            ControlFlow::Continue(())
        })
    }

    /// The same, for as long as `tell` wants to go on.
    pub(crate) fn compare_while(
        &mut self,
        at: Timestamp,
        mut tell: impl FnMut(&Compared) -> ControlFlow<()>,
    ) -> anyhow::Result<()> {
        let mut after = None;
        loop {
            let stories = self.writer.stale_stories(AT_ONCE, after)?;
            let Some(last) = stories.last() else { return Ok(self.settle_single_reports()?) };
            after = Some(*last);
            let wanted = stories.iter().map(|story| Wanted::read(&self.writer, *story));
            let wanted = wanted.collect::<Result<Vec<_>, _>>()?;
            let compared: Vec<Compared> = wanted.into_par_iter().map(Wanted::compare).collect();
            let batch = self.writer.batch()?;
            compared.iter().try_for_each(|compared| keep(&batch, compared, at))?;
            batch.commit()?;
            if compared.iter().try_for_each(&mut tell).is_break() {
                return Ok(());
            }
        }
    }
}

impl Ingest {
    fn settle_single_reports(&mut self) -> Result<(), Error> {
        let batch = self.writer.batch()?;
        batch.settle_single_reports()?;
        batch.commit()
    }
}

/// Keeps a comparison, and writes down what it shows that the one before did not.
fn keep(batch: &Batch<'_>, compared: &Compared, at: Timestamp) -> anyhow::Result<()> {
    let Compared { story, comparison, left_out, fingerprint } = compared;
    let document = report::wire::kept::write(comparison)?;
    for news in news(batch, *story, &document)? {
        batch.log(*story, news.kind, &news.detail(), at)?;
    }
    let made = NewComparison {
        fingerprint: *fingerprint,
        reports: amount(comparison.documents.len()),
        left_out: amount(*left_out),
        origins: amount(comparison.origins.len()),
        document: &document,
    };
    batch.keep_comparison(*story, &made, STAGES, at)?;
    // The story is called in lists as on its own page.
    if let Some(headline) = headlines(comparison).first() {
        batch.title_story(*story, &brief(headline))?;
    }
    Ok(batch.mark_told(*story)?)
}

/// What changed since the story was last compared. When it is compared for the first time, what its first report says is taken as known.
fn news(batch: &Batch<'_>, story: StoryId, document: &str) -> anyhow::Result<Vec<News>> {
    // One that cannot be read counts as none. What was told of then is not told again, since it is noted of each report whether it was.
    let former = batch.comparison(story)?.and_then(|kept| Kept::read(&kept.document).ok());
    let mut arrived = batch.untold(story)?;
    if former.is_none()
        && let Some(first) = batch.members(story)?.first()
    {
        arrived.remove(&first.report.name);
    }
    Ok(changes(former.as_ref(), &Kept::read(document)?, &arrived))
}

fn amount(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
