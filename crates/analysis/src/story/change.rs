//! Merges and splits: by what later reports show, and by people.

use super::Stories;
use super::event::{StoryEvent, StoryId};
use super::likeness::Match;
use super::profile::Profile;
use super::record::StoryRecord;

/// Two stories that a report both fits are one from this likeness of the stories on.
const ONE: f32 = 0.8;
/// Two parts of a story that are less alike than this are two stories.
const TWO: f32 = 0.05;
/// A story is looked over for parts when it has so many reports.
const LOOKED_OVER: [u32; 3] = [4, 8, 12];

impl Stories {
    /// Says that two stories are one, on a person's word: all reports of `ended` go to `kept`, which it returns as an event. `None` where
    /// either is not in memory: [`Stories::wake`] brings it there.
    pub fn merge(&mut self, kept: StoryId, ended: StoryId) -> Option<StoryEvent> {
        let reason = "a person said that they are one".into();
        (kept != ended && self.record(kept).is_some()).then_some(())?;
        self.absorb(kept, ended)?;
        Some(StoryEvent::Merged { kept, ended, score: 1.0, reason })
    }

    /// Says that some reports of a story tell another one, on a person's word: they begin a new story, and the two are never merged by
    /// likeness again. Each report is given as its profile. `None` where the story is not in memory.
    pub fn split(&mut self, from: StoryId, reports: &[Profile]) -> Option<StoryEvent> {
        self.record(from)?;
        let new = self.begin();
        self.part(from, new, reports)?;
        self.keep_apart(from, new);
        let reports = reports.iter().map(|profile| profile.report.clone()).collect();
        let reason = "a person said that they are two".into();
        Some(StoryEvent::Split { from, new, reports, score: 1.0, reason })
    }

    /// Takes a merge back, on a person's word: the reports, each given as its profile, leave `from` for the story that had ended, which goes on
    /// under its own number. The two are never merged by likeness again. `None` where `from` is not in memory.
    pub fn revive(&mut self, ended: StoryId, from: StoryId, reports: &[Profile]) -> Option<StoryEvent> {
        (ended != from && self.record(ended).is_none()).then_some(())?;
        self.part(from, ended, reports)?;
        self.keep_apart(from, ended);
        let reports = reports.iter().map(|profile| profile.report.clone()).collect();
        let reason = "a person said that they are two after all".into();
        Some(StoryEvent::Split { from, new: ended, reports, score: 1.0, reason })
    }

    /// Puts a report into another story, on a person's word. `None` where either story is not in memory.
    pub fn move_report(&mut self, report: &Profile, from: StoryId, to: StoryId) -> Option<StoryEvent> {
        (from != to && self.record(to).is_some()).then_some(())?;
        self.part(from, to, std::slice::from_ref(report))?;
        Some(StoryEvent::Moved { report: report.report.clone(), from, to })
    }

    /// Merges the story that a report joined with the next best that it fits, where the stories as wholes are alike too.
    pub(super) fn merge_alike(&mut self, joined: StoryId, second: StoryId) -> Option<StoryEvent> {
        let (one, other) = (self.record(joined)?, self.record(second)?);
        let score = one.likeness(other);
        if score < ONE || one.apart.contains(&second) || other.apart.contains(&joined) {
            return None;
        }
        let (kept, ended) = (joined.min(second), joined.max(second));
        self.absorb(kept, ended)?;
        let reason = "a report fits both, and they are alike as wholes".into();
        Some(StoryEvent::Merged { kept, ended, score: score.min(1.0), reason })
    }

    /// Splits a young story whose reports fall into two parts that have little in common.
    pub(super) fn split_apart(&mut self, story: StoryId) -> Option<StoryEvent> {
        let record = self.record(story)?;
        if !record.is_young() || !LOOKED_OVER.contains(&record.reports) {
            return None;
        }
        let (leaving, between) = parts(&record.members)?;
        let new = self.begin();
        self.part(story, new, &leaving)?;
        let reports = leaving.into_iter().map(|profile| profile.report).collect();
        let reason = "its reports fall into two parts that share little".into();
        Some(StoryEvent::Split { from: story, new, reports, score: 1.0 - between, reason })
    }

    fn absorb(&mut self, kept: StoryId, ended: StoryId) -> Option<()> {
        let mut record = self.record(kept)?.clone();
        record.absorb(self.active.take(ended)?);
        self.keep(record);
        Some(())
    }

    /// Moves reports from one story to another.
    fn part(&mut self, from: StoryId, to: StoryId, reports: &[Profile]) -> Option<()> {
        let mut rest = self.record(from)?.clone();
        let mut parted = self.record(to).cloned().unwrap_or_else(|| StoryRecord::new(to));
        for report in reports {
            rest.let_go(report);
            parted.take_in(report);
        }
        self.keep(rest);
        self.keep(parted);
        Some(())
    }

    fn keep_apart(&mut self, one: StoryId, other: StoryId) {
        for (story, stranger) in [(one, other), (other, one)] {
            if let Some(mut record) = self.record(story).cloned() {
                record.apart.push(stranger);
                self.keep(record);
            }
        }
    }
}

/// The reports of the later of two parts with the parts' mean likeness, where reports are alike within the parts and not between: the
/// parts gather around the two reports that are least alike.
fn parts(members: &[Profile]) -> Option<(Vec<Profile>, f32)> {
    let pairs = (0..members.len()).flat_map(|a| (0..a).map(move |b| (b, a)));
    let alike = |a: usize, b: usize| members[a].cosine(&members[b]);
    let (a, b) = pairs.min_by(|x, y| alike(x.0, x.1).total_cmp(&alike(y.0, y.1)))?;
    let (later, earlier): (Vec<usize>, Vec<usize>) =
        (0..members.len()).partition(|&m| alike(m, b) > alike(m, a));
    let between = later.iter().flat_map(|&x| earlier.iter().map(move |&y| alike(x, y)));
    let mean = between.sum::<f32>() / (later.len() * earlier.len()).max(1) as f32;
    let is_apart = later.len() > 1 && earlier.len() > 1 && mean < TWO;
    is_apart.then(|| (later.into_iter().map(|m| members[m].clone()).collect(), mean))
}

/// Whether the second best match is good enough to ask whether the stories are one.
pub(super) fn second<'a>(matches: &[Match<'a>], least: f32) -> Option<Match<'a>> {
    matches.get(1).copied().filter(|second| second.score >= least)
}
