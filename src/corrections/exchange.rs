//! Corrections that come from another archive, in which stories have other numbers.

use anyhow::Context;
use jiff::Timestamp;
use parallax_archive::{Archive, Correction, CorrectionId, Right, StoryId};

use crate::ingest::Ingest;

/// Makes a correction, of whatever kind.
pub(crate) fn correct(
    ingest: &mut Ingest,
    who: &str,
    what: &Right,
    at: Timestamp,
) -> anyhow::Result<CorrectionId> {
    let story = |name: &str| name.parse::<StoryId>().map_err(anyhow::Error::msg);
    Ok(match what {
        Right::MergeStories { kept, ended, .. } => ingest.merge(story(kept)?, story(ended)?, who, at)?,
        Right::SplitStory { from, reports, .. } => ingest.split(story(from)?, reports, who, at)?.0,
        Right::MoveReport { report, from, to } => {
            ingest.move_report(report, story(from)?, story(to)?, who, at)?
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

/// A correction that was exported, in the words of this archive: a story is the one that has the reports here. `None` where the archive has
/// the correction already, or where its stories are so without it.
pub(crate) fn imported(
    archive: &Archive,
    who: &str,
    at: Timestamp,
    what: Right,
) -> anyhow::Result<Option<Right>> {
    let is_same = |known: &Correction| {
        known.who == who && known.at.as_millisecond() == at.as_millisecond() && is_alike(&known.what, &what)
    };
    if archive.corrections(None)?.iter().any(is_same) {
        return Ok(None);
    }
    Ok(match what {
        Right::MergeStories { kept, reports, .. } => {
            let ended = story_of_any(archive, &reports)?.to_string();
            (kept != ended).then_some(Right::MergeStories { kept, ended, reports })
        }
        Right::SplitStory { reports, .. } => {
            let from = story_of_any(archive, &reports)?;
            let members = archive.members(from)?;
            let is_in = |name: &String| members.iter().any(|member| member.report.name == *name);
            let reports: Vec<String> = reports.into_iter().filter(is_in).collect();
            let is_all = reports.len() == members.len();
            (!is_all).then(|| Right::SplitStory { from: from.to_string(), new: String::new(), reports })
        }
        other => Some(other),
    })
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
