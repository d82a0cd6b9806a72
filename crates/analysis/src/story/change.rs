//! Merges and splits: by what later reports show, and by people.

use super::event::{StoryEvent, StoryId};
use super::likeness::likeness;
use super::linkage::halves;
use super::model::{Model, probability};
use super::profile::Profile;
use super::record::StoryRecord;
use super::{JOIN, NEAR, Stories};

/// Two parts of a story with lower log-odds than this on average are two stories.
const SPLIT: f32 = JOIN;
/// Two stories with such log-odds on average are one. The gap to [`SPLIT`] keeps a story from being split and merged by turns.
const MERGE: f32 = JOIN + 0.5;

impl Stories {
    /// Says that two stories are one, on a person's word: all reports of `ended` go to `kept`, which it returns as an event. `None` where
    /// either is not in memory: [`Stories::wake`] brings it there.
    pub fn merge(&mut self, kept: StoryId, ended: StoryId) -> Option<StoryEvent> {
        let reason = "a person said that they are one".into();
        (kept != ended && self.record(kept).is_some()).then_some(())?;
        self.absorb(kept, ended)?;
        self.settle(kept);
        Some(StoryEvent::Merged { kept, ended, score: 1.0, reason })
    }

    /// Says that some reports of a story tell another one, on a person's word: they begin a new story, and the two are never merged by
    /// likeness again. Each report is given as its profile. `None` where the story is not in memory.
    pub fn split(&mut self, from: StoryId, reports: &[Profile]) -> Option<StoryEvent> {
        self.record(from)?;
        let new = self.begin();
        self.part(from, new, reports)?;
        self.settle(from);
        self.settle(new);
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
        self.settle(from);
        self.settle(to);
        Some(StoryEvent::Moved { report: report.report.clone(), from, to })
    }

    /// Merges the story that a report joined with another that it nearly fits, where the reports of both fit together on average, nearly
    /// so without the report too: one report that speaks of both binds them not.
    pub(super) fn merge_alike(&mut self, joined: StoryId, other: StoryId, by: &str) -> Option<StoryEvent> {
        let (one, two) = (self.record(joined)?, self.record(other)?);
        if one.apart.contains(&other) || two.apart.contains(&joined) {
            return None;
        }
        let before: Vec<Profile> = one.members.iter().filter(|member| member.report != by).cloned().collect();
        let log_odds = mean_log_odds(&self.model, &one.members, &two.members);
        if log_odds < MERGE || mean_log_odds(&self.model, &before, &two.members) < NEAR {
            return None;
        }
        let (kept, ended) = (joined.min(other), joined.max(other));
        self.absorb(kept, ended)?;
        let reason = "a report fits both, and so do their reports on average".into();
        Some(StoryEvent::Merged { kept, ended, score: probability(log_odds), reason })
    }

    /// Splits a young story whose reports fall into two parts that do not fit together. The part with its first report goes on.
    pub(super) fn split_apart(&mut self, story: StoryId) -> Option<StoryEvent> {
        let record = self.record(story).filter(|record| record.is_young() && !record.is_settled)?;
        let members = &record.members;
        let (_, leaving, log_odds) =
            halves(members.len(), |a, b| self.model.log_odds_of(&members[a], &members[b]))?;
        if log_odds >= SPLIT {
            return None;
        }
        let leaving: Vec<Profile> = leaving.into_iter().map(|member| members[member].clone()).collect();
        let reports: Vec<String> = leaving.iter().map(|member| member.report.clone()).collect();
        let (mut rest, new) = (record.clone(), self.begin());
        leaving.iter().for_each(|member| rest.let_go(member));
        self.keep(rest);
        self.keep(StoryRecord::of(new, leaving));
        let reason = "its reports fall into two parts that do not fit together".into();
        Some(StoryEvent::Split { from: story, new, reports, score: 1.0 - probability(log_odds), reason })
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
        let mut parted = self.record(to).cloned().unwrap_or_else(|| StoryRecord::of(to, Vec::new()));
        for report in reports {
            let kept = rest.members.iter().find(|member| member.report == report.report).unwrap_or(report);
            let kept = kept.kept(kept.crowd.clone());
            rest.let_go(&kept);
            let likenesses: Vec<_> = parted.members.iter().map(|member| likeness(&kept, member)).collect();
            parted.take_in(kept, &likenesses);
        }
        self.keep(rest);
        self.keep(parted);
        Some(())
    }

    /// Remembers that a person said what belongs to a story.
    fn settle(&mut self, story: StoryId) {
        if let Some(record) = self.record(story).cloned() {
            self.keep(StoryRecord { is_settled: true, ..record });
        }
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

/// The mean of the log-odds that a report of the one and a report of the other tell the same.
fn mean_log_odds(model: &Model, one: &[Profile], other: &[Profile]) -> f32 {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| model.log_odds_of(a, b)));
    pairs.sum::<f32>() / (one.len() * other.len()).max(1) as f32
}
