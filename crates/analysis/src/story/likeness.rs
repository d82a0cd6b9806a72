//! How likely a report belongs to a story.

use super::profile::Profile;
use super::record::StoryRecord;

/// From this likeness on a report joins a story. Chosen on half of the topics of an event-coreference corpus.
pub(super) const JOIN: f32 = 0.3;
/// After so many days without news of it a story is half as likely to be meant.
const HALF_LIFE: f32 = 30.0;

/// A story that a report may join.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match<'a> {
    pub(super) story: &'a StoryRecord,
    pub(super) score: f32,
    /// The report of the story that is nearest.
    pub(super) nearest: &'a Profile,
}

/// How a report matches a story; `None` for a story without known reports.
pub(super) fn matching<'a>(profile: &Profile, story: &'a StoryRecord) -> Option<Match<'a>> {
    let alike = story.members.iter().map(|member| (profile.cosine(member), member));
    let (alike, nearest) = alike.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    let score = f32::midpoint(alike, story.cosine(profile)) * freshness(profile, story);
    Some(Match { story, score: score.min(1.0), nearest })
}

/// 1 for a report near in time or without a date, less the longer the story has rested.
fn freshness(profile: &Profile, story: &StoryRecord) -> f32 {
    let (Some(day), Some((first, last))) = (profile.day, story.days) else { return 1.0 };
    let gap = (first - day).max(day - last).max(0);
    (-(gap as f32) / HALF_LIFE).exp2()
}
