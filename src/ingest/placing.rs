//! Which story a report belongs to: the clustering, bound to the stories of the archive.
//!
//! The clustering counts stories from 0, the archive from 1; both write the first as `s1`.

use std::collections::BTreeSet;

use jiff::Timestamp;
use parallax_analysis::story::{self, ACTIVE, Placement, Profile, Stories, StoryEvent, StoryRecord};
use parallax_archive::{Archive, Batch, Error, EventKind, Membership, ReportId, StoryId};
use parallax_model::Document;
use serde_json::{Value, json};

use super::reading;

/// So many reports of a story are read again where what is kept of it is damaged: more than it remembers one by one.
const READ_AGAIN: usize = 32;

/// The clustering as it stands after what was placed so far.
pub(super) struct Placing {
    pub(super) stories: Stories,
    /// Stories of which other things are to be kept than the archive has.
    to_keep: BTreeSet<story::StoryId>,
    /// That of the archive when the two were last the same.
    placements: i64,
}

impl Placing {
    /// The clustering as the archive has it: what is known, unless another process placed reports since.
    pub(super) fn up_to_date(known: Option<Self>, archive: &Archive) -> Result<Self, Error> {
        let placements = archive.placements()?;
        match known {
            Some(known) if known.placements == placements => Ok(known),
            _ => Self::restore(archive, placements),
        }
    }

    fn restore(archive: &Archive, placements: i64) -> Result<Self, Error> {
        let mut to_keep = BTreeSet::new();
        let mut records = Vec::new();
        for kept in archive.story_records(u32::try_from(ACTIVE).unwrap_or(u32::MAX))? {
            records.push(match kept.record {
                Some(bytes) => bytes,
                None => {
                    to_keep.insert(counted(kept.story));
                    made_again(archive, kept.story, kept.changed)?.to_bytes()
                }
            });
        }
        let records = records.iter().filter_map(|bytes| StoryRecord::from_bytes(bytes));
        let stories = Stories::restore(story::StoryId(archive.last_story()?), records);
        Ok(Self { stories, to_keep, placements })
    }

    /// Places a new report, and tells the archive what this changes; returns the stories that the report belongs to.
    pub(super) fn place(
        &mut self,
        batch: &Batch<'_>,
        report: ReportId,
        document: &Document,
        profile: &Profile,
        at: Timestamp,
    ) -> Result<Vec<StoryId>, Error> {
        let placement = self.stories.place(profile);
        self.to_keep.extend(placement.changed());
        for event in &placement.events {
            tell(batch, event, document, at)?;
        }
        for membership in &placement.memberships {
            batch.join(report, kept(membership.story), &kept_membership(membership), at)?;
        }
        Ok(stories_of(&placement))
    }

    /// Notes that something happened to stories.
    pub(super) fn changed(&mut self, event: &StoryEvent) {
        self.to_keep.extend(event.stories());
    }

    /// Keeps what the clustering needs to go on from here.
    pub(super) fn keep(&mut self, batch: &Batch<'_>) -> Result<(), Error> {
        for story in std::mem::take(&mut self.to_keep) {
            let record = self.stories.record(story).map(|record| (record.changed(), record.to_bytes()));
            let record = record.as_ref().map(|(changed, bytes)| (*changed, bytes.as_slice()));
            batch.keep_story_record(kept(story), record)?;
        }
        self.placements = batch.placements()?;
        Ok(())
    }
}

/// What the clustering knows of a story, read out of its latest reports. One that belongs to it by a section alone leaves nothing there.
fn made_again(archive: &Archive, story: StoryId, changed: u64) -> Result<StoryRecord, Error> {
    let mut members = archive.members(story)?;
    members.retain(|member| member.membership.section.is_none());
    let latest = members.iter().skip(members.len().saturating_sub(READ_AGAIN));
    let profiles = latest.map(|member| Ok(reading::profile(archive.raw(member.report.id)?)));
    let profiles = profiles.collect::<Result<Vec<_>, Error>>()?;
    let reports = u32::try_from(members.len()).unwrap_or(u32::MAX);
    Ok(StoryRecord::made_again(counted(story), changed, reports, &profiles))
}

/// Tells the archive what happened to stories when a report was placed.
pub(super) fn tell(
    batch: &Batch<'_>,
    event: &StoryEvent,
    document: &Document,
    at: Timestamp,
) -> Result<(), Error> {
    match event {
        StoryEvent::Began { story } => {
            batch.begin_story(kept(*story), &headline(document), at)?;
            log(batch, *story, EventKind::StoryBegan, &json!({"report": document.article.id}), at)
        }
        StoryEvent::Joined { story } => {
            log(batch, *story, EventKind::NewReport, &json!({"report": document.article.id}), at)
        }
        StoryEvent::Merged { kept: goes_on, ended, score, reason } => {
            batch.merge_story(kept(*ended), kept(*goes_on), at)?;
            let detail = json!({"ended": ended.to_string(), "score": score, "reason": reason});
            log(batch, *goes_on, EventKind::Merged, &detail, at)?;
            let detail = json!({"into": goes_on.to_string(), "score": score, "reason": reason});
            log(batch, *ended, EventKind::Merged, &detail, at)
        }
        StoryEvent::Split { from, new, reports, score, reason } => {
            let detail =
                json!({"new": new.to_string(), "reports": reports, "score": score, "reason": reason});
            log(batch, *from, EventKind::Split, &detail, at)?;
            // The report that is placed here joins its story afterwards.
            let names = reports.iter().filter(|name| **name != document.article.id);
            let reports = names.map(|name| batch.report(name)).collect::<Result<Vec<_>, _>>()?;
            let title = reports.first().and_then(|report| report.title.clone());
            batch.begin_story(kept(*new), &title.unwrap_or_else(|| headline(document)), at)?;
            let reports: Vec<ReportId> = reports.iter().map(|report| report.id).collect();
            batch.move_reports(&reports, kept(*from), kept(*new), at)
        }
        StoryEvent::Moved { report, from, to } => {
            batch.move_reports(&[batch.report(report)?.id], kept(*from), kept(*to), at)
        }
        _ => Ok(()),
    }
}

fn log(
    batch: &Batch<'_>,
    story: story::StoryId,
    kind: EventKind,
    detail: &Value,
    at: Timestamp,
) -> Result<(), Error> {
    batch.log(kept(story), kind, detail, at).map(drop)
}

fn stories_of(placement: &Placement) -> Vec<StoryId> {
    placement.memberships.iter().map(|membership| kept(membership.story)).collect()
}

/// A story of the clustering, as the archive calls it.
pub(super) fn kept(story: story::StoryId) -> StoryId {
    StoryId::new(u32::try_from(story.0 + 1).unwrap_or(u32::MAX))
}

/// A story of the archive, as the clustering counts it.
pub(super) fn counted(story: StoryId) -> story::StoryId {
    story::StoryId(story.number().saturating_sub(1))
}

fn kept_membership(membership: &story::Membership) -> Membership {
    Membership {
        score: membership.score,
        rule: membership.rule.to_owned(),
        reason: membership.reason.clone(),
        section: membership.section,
        is_pinned: false,
    }
}

/// The headline of a report, or else its first words.
fn headline(document: &Document) -> String {
    let sentences = document.segments.sentences.iter().map(|sentence| sentence.span);
    let mut body = sentences.filter(|span| !document.is_boilerplate(*span));
    let title = document.article.title.as_deref();
    let words = title.or_else(|| body.next().map(|span| span.of(document.text()))).unwrap_or("untitled");
    brief(words)
}

/// The first words of a text, by which a story can be called.
pub(super) fn brief(words: &str) -> String {
    words.split_whitespace().take(40).collect::<Vec<_>>().join(" ")
}
