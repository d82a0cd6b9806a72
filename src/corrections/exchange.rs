//! Corrections that come from another archive, in which stories have other numbers.

use std::collections::BTreeMap;

use anyhow::Context;
use jiff::Timestamp;
use parallax_archive::{Archive, Correction, CorrectionId, Right, StoryId};

use super::anchors;
use crate::ingest::Ingest;

/// Makes a correction, of whatever kind.
pub(crate) fn correct(
    ingest: &mut Ingest,
    who: &str,
    what: &Right,
    at: Timestamp,
) -> anyhow::Result<CorrectionId> {
    Ok(match what {
        Right::MergeStories { kept, ended, .. } => ingest.merge(number(kept)?, number(ended)?, who, at)?,
        Right::SplitStory { from, reports, .. } => ingest.split(number(from)?, reports, who, at)?.0,
        Right::MoveReport { report, from, to } => {
            ingest.move_report(report, number(from)?, number(to)?, who, at)?
        }
        Right::Speaker { saying: anchor, .. }
        | Right::SameSaying { one: anchor, .. }
        | Right::AnotherSaying { one: anchor, .. } => {
            let story = story_of(ingest.archive(), &anchor.report)?;
            ingest.set_right(story, who, what, at)?
        }
        _ => anyhow::bail!("this version knows no such correction"),
    })
}

/// Stories with names of reports by which they are known in another archive.
pub(crate) type Stories = BTreeMap<String, Vec<String>>;

/// So many reports are named of a story: some of them the other archive may not have.
const NAMED: usize = 20;

/// A correction that comes from another archive.
#[derive(Debug)]
pub(crate) struct Import<'a> {
    pub(crate) who: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) what: Right,
    /// The stories that it names by numbers of the other archive.
    pub(crate) stories: Stories,
}

/// The stories that a correction names, with reports that they have without it.
pub(crate) fn named_stories(archive: &Archive, what: &Right) -> anyhow::Result<Stories> {
    let (stories, moved) = match what {
        Right::MergeStories { kept, reports, .. } => (vec![kept], reports.as_slice()),
        Right::MoveReport { report, from, to } => (vec![from, to], std::slice::from_ref(report)),
        _ => return Ok(Stories::new()),
    };
    let named = stories.into_iter().map(|story| {
        let members = archive.members(going_on(archive, number(story)?)?)?;
        let names = members.into_iter().map(|member| member.report.name);
        let own = names.filter(|name| !moved.contains(name)).take(NAMED);
        Ok((story.clone(), own.collect()))
    });
    named.collect()
}

/// The story, or the one that it became part of.
fn going_on(archive: &Archive, story: StoryId) -> anyhow::Result<StoryId> {
    let mut story = archive.story(story)?;
    while let Some(into) = story.merged_into {
        story = archive.story(into)?;
    }
    Ok(story.id)
}

/// A correction that was exported, in the words of this archive: a story is the one that has the reports here. `None` where the archive has
/// the correction already, or where its stories are so without it; an error where it has not the reports.
pub(crate) fn imported(archive: &Archive, import: &Import<'_>) -> anyhow::Result<Option<Right>> {
    let Import { who, at, what, stories } = import;
    let is_same = |known: &Correction| {
        known.who == *who && known.at.as_millisecond() == at.as_millisecond() && is_alike(&known.what, what)
    };
    if archive.corrections(None)?.iter().any(is_same) {
        return Ok(None);
    }
    match what {
        Right::MergeStories { kept, reports, .. } => {
            let kept = known_story(archive, kept, stories)?;
            let ended = story_of_any(archive, reports)?;
            let (kept, ended, reports) = (kept.to_string(), ended.to_string(), reports.clone());
            Ok((kept != ended).then_some(Right::MergeStories { kept, ended, reports }))
        }
        Right::SplitStory { reports, .. } => {
            let from = story_of_any(archive, reports)?;
            let members = archive.members(from)?;
            let is_in = |name: &&String| members.iter().any(|member| member.report.name == **name);
            let reports: Vec<String> = reports.iter().filter(is_in).cloned().collect();
            let is_all = reports.len() == members.len();
            Ok((!is_all).then(|| Right::SplitStory { from: from.to_string(), new: String::new(), reports }))
        }
        Right::MoveReport { report, from, to } => moved(archive, report, from, to, stories),
        words => {
            anchors(words).iter().try_for_each(|anchor| archive.report(&anchor.report).map(drop))?;
            Ok(Some(words.clone()))
        }
    }
}

/// That a report belongs to another story: it leaves the one that is named, or else the one in which it is here.
fn moved(
    archive: &Archive,
    report: &str,
    from: &str,
    to: &str,
    stories: &Stories,
) -> anyhow::Result<Option<Right>> {
    let own = archive.stories_of(archive.report(report)?.id)?;
    let own: Vec<StoryId> = own.into_iter().map(|(story, _)| story).collect();
    let to = known_story(archive, to, stories)?;
    let named = known_story(archive, from, stories).ok().filter(|from| own.contains(from));
    let from = named.or_else(|| own.iter().copied().find(|_| !own.contains(&to)));
    let right = |from: StoryId| Right::MoveReport {
        report: report.to_owned(),
        from: from.to_string(),
        to: to.to_string(),
    };
    Ok(from.filter(|from| *from != to).map(right))
}

/// The story that is known here by the reports that it has there.
fn known_story(archive: &Archive, there: &str, stories: &Stories) -> anyhow::Result<StoryId> {
    let reports = stories.get(there).map(Vec::as_slice).unwrap_or_default();
    story_of_any(archive, reports).with_context(|| format!("which story {there} is here cannot be told"))
}

fn number(story: &str) -> anyhow::Result<StoryId> {
    story.parse().map_err(anyhow::Error::msg)
}

/// Whether two corrections say the same of the same reports, whatever the stories are called.
fn is_alike(one: &Right, other: &Right) -> bool {
    match (one, other) {
        (Right::MergeStories { reports: a, .. }, Right::MergeStories { reports: b, .. })
        | (Right::SplitStory { reports: a, .. }, Right::SplitStory { reports: b, .. }) => a == b,
        _ => one == other,
    }
}

/// The story of the first of the reports that the archive has.
fn story_of_any(archive: &Archive, reports: &[String]) -> anyhow::Result<StoryId> {
    let known = reports.iter().find(|name| archive.report(name).is_ok());
    story_of(archive, known.context("the archive has none of its reports")?)
}

fn story_of(archive: &Archive, report: &str) -> anyhow::Result<StoryId> {
    let stories = archive.stories_of(archive.report(report)?.id)?;
    let (story, _) = stories.first().with_context(|| format!("{report} is in no story"))?;
    Ok(*story)
}
