//! How a report matches the stories that share words with it.

use super::crowd::Crowd;
use super::event::StoryId;
use super::likeness::{FEATURES, Likeness, features, likeness};
use super::model::{MOST, Model};
use super::profile::Profile;
use super::record::StoryRecord;

/// From this likeness on two reports have the same words.
const SAME_WORDS: f32 = 0.97;

/// A story that a report may join.
#[derive(Debug, Clone)]
pub(super) struct Match<'a> {
    pub(super) story: &'a StoryRecord,
    /// The mean of the log-odds that the report and each known report of the story tell the same.
    pub(super) log_odds: f32,
    /// How alike the report is to each known report of the story.
    pub(super) likenesses: Vec<Likeness>,
}

/// How the report matches each story, best first; and the crowd around it.
pub(super) fn matches<'a>(
    model: &Model,
    profile: &Profile,
    stories: &[&'a StoryRecord],
) -> (Vec<Match<'a>>, Crowd) {
    let alike = |story: &&'a StoryRecord| -> Vec<Likeness> {
        story.members.iter().map(|member| likeness(profile, member)).collect()
    };
    let likenesses: Vec<Vec<Likeness>> = stories.iter().map(alike).collect();
    let crowd = Crowd::of(likenesses.iter().flatten().map(|likeness| likeness.all).collect());
    let report = Profile { crowd, ..bare(profile) };
    let mut matches: Vec<Match<'a>> = stories
        .iter()
        .zip(likenesses)
        .map(|(story, likenesses)| Match {
            story,
            log_odds: mean(model, &report, story, &likenesses),
            likenesses,
        })
        .collect();
    matches.sort_by(|a, b| b.log_odds.total_cmp(&a.log_odds).then(a.story.id.cmp(&b.story.id)));
    (matches, report.crowd)
}

/// The report of a story that is nearest.
pub(super) fn nearest<'a>(found: &Match<'a>) -> Option<&'a Profile> {
    let pairs = found.story.members.iter().zip(&found.likenesses);
    pairs.reduce(|best, next| if next.1.all > best.1.all { next } else { best }).map(|(member, _)| member)
}

/// What the model looks at in a report and each report of the stories that share words with it, by the other's id.
pub(super) fn evidence(
    profile: &Profile,
    stories: &[&StoryRecord],
) -> Vec<(StoryId, String, [f32; FEATURES.len()])> {
    let (matches, crowd) = matches(&Model::default(), profile, stories);
    let report = Profile { crowd, ..bare(profile) };
    let pairs = matches.iter().flat_map(|found| {
        found.story.members.iter().zip(&found.likenesses).map(|pair| (found.story.id, pair))
    });
    pairs
        .map(|(story, (member, alike))| (story, member.report.clone(), features(&report, member, *alike)))
        .collect()
}

/// What features need of a profile, but for its crowd.
fn bare(profile: &Profile) -> Profile {
    let Profile { day, length, weekdays, .. } = *profile;
    Profile { day, length, weekdays, ..Profile::default() }
}

/// The mean of the log-odds over the story's known reports; where one of them has the same words, that decides. A person may have put reports together that are not alike: of a story that a
/// person settled, the half that fits better counts.
fn mean(model: &Model, report: &Profile, story: &StoryRecord, likenesses: &[Likeness]) -> f32 {
    if likenesses.iter().any(|likeness| likeness.all >= SAME_WORDS) {
        return MOST;
    }
    let pairs = story.members.iter().zip(likenesses);
    let mut fits: Vec<f32> =
        pairs.map(|(member, alike)| model.log_odds(&features(report, member, *alike))).collect();
    if story.is_settled {
        fits.sort_by(|a, b| b.total_cmp(a));
        fits.truncate(fits.len().div_ceil(2));
    }
    fits.iter().sum::<f32>() / fits.len().max(1) as f32
}
