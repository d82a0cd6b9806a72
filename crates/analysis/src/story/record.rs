//! What is kept of a story: enough to place the next report, and little enough to keep a million.

use super::crowd::Crowd;
use super::event::StoryId;
use super::likeness::{Likeness, likeness};
use super::profile::{Profile, heaviest};

/// So many words of a story are kept, the heaviest.
const TERMS: usize = 120;
/// So many of its reports are kept, the latest.
const MEMBERS: usize = 16;
/// So many of its heaviest words find it.
const KEYS: usize = 40;

/// A story as the clusterer keeps it: the words that find it, and the latest of its reports.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StoryRecord {
    pub(super) id: StoryId,
    /// How many placements there had been when it last changed.
    pub(super) changed: u64,
    /// How many reports belong to it.
    pub(super) reports: u32,
    /// The sum of its reports' terms, by hash.
    pub(super) whole: Vec<(u32, f32)>,
    /// Its latest reports, without their words.
    pub(super) members: Vec<Profile>,
    /// Stories that a person said are others.
    pub(super) apart: Vec<StoryId>,
    /// Whether a person said what belongs to it, so that likeness does not split it.
    pub(super) is_settled: bool,
}

impl StoryRecord {
    /// A story of the given reports.
    pub(super) fn of(id: StoryId, members: Vec<Profile>) -> Self {
        let mut record = Self { id, ..Self::default() };
        members.into_iter().for_each(|member| record.count_in(member));
        record
    }

    /// The record made again where what was kept of a story is lost, from its latest reports, the oldest first; `reports` is how many it
    /// has in all. What a person said of the story is not in them.
    pub fn made_again(id: StoryId, changed: u64, reports: u32, latest: &[Profile]) -> Self {
        let mut record = Self { id, changed, ..Self::default() };
        for report in latest {
            let likenesses: Vec<Likeness> =
                record.members.iter().map(|member| likeness(report, member)).collect();
            let kept = report.kept(Crowd::of(likenesses.iter().map(|likeness| likeness.all).collect()));
            let terms = if report.sections.is_empty() { kept.terms } else { Vec::new() };
            record.take_in(Profile { terms, ..kept }, &likenesses);
        }
        Self { reports, ..record }
    }

    /// The story.
    pub fn id(&self) -> StoryId {
        self.id
    }

    /// When it last changed, as a count of placements: of many records, those that changed last are the ones to restore.
    pub fn changed(&self) -> u64 {
        self.changed
    }

    /// The hashes of the words that find it, heaviest first.
    pub fn keys(&self) -> Vec<u32> {
        heaviest(self.whole.clone(), KEYS).into_iter().map(|(hash, _)| hash).collect()
    }

    /// Takes a report in, which is so alike each of its known reports.
    pub(super) fn take_in(&mut self, report: Profile, likenesses: &[Likeness]) {
        for (member, likeness) in self.members.iter_mut().zip(likenesses) {
            member.crowd.take_in(likeness.all);
        }
        self.count_in(report);
    }

    /// Takes another story in.
    pub(super) fn absorb(&mut self, other: Self) {
        self.reports += other.reports;
        self.whole = sum(&self.whole, &other.whole);
        self.is_settled |= other.is_settled;
        self.apart.extend(other.apart);
        self.apart.sort();
        self.apart.dedup();
        self.members.extend(other.members);
        self.forget();
    }

    /// Lets a report go. What it gave to the whole is taken back as far as it is still there.
    pub(super) fn let_go(&mut self, profile: &Profile) {
        const LEAST: f32 = 1e-4;
        self.reports = self.reports.saturating_sub(1);
        self.members.retain(|member| member.report != profile.report);
        let taken: Vec<(u32, f32)> = profile.terms.iter().map(|term| (term.hash, -term.weight)).collect();
        self.whole = sum(&self.whole, &taken);
        self.whole.retain(|(_, weight)| *weight > LEAST);
    }

    /// Whether all of its reports are still known one by one.
    pub(super) fn is_young(&self) -> bool {
        self.reports as usize == self.members.len()
    }

    fn count_in(&mut self, member: Profile) {
        self.reports += 1;
        let terms: Vec<(u32, f32)> = member.terms.iter().map(|term| (term.hash, term.weight)).collect();
        self.whole = sum(&self.whole, &terms);
        self.members.push(member);
        self.forget();
    }

    fn forget(&mut self) {
        let over = self.members.len().saturating_sub(MEMBERS);
        self.members.drain(..over);
    }
}

/// The weights of both, added by hash; the heaviest of them.
fn sum(a: &[(u32, f32)], b: &[(u32, f32)]) -> Vec<(u32, f32)> {
    let mut all = [a, b].concat();
    all.sort_by_key(|(hash, _)| *hash);
    let mut added: Vec<(u32, f32)> = Vec::with_capacity(all.len());
    for (hash, weight) in all {
        match added.last_mut() {
            Some(last) if last.0 == hash => last.1 += weight,
            _ => added.push((hash, weight)),
        }
    }
    if added.len() > TERMS {
        added = heaviest(added, TERMS);
        added.sort_by_key(|(hash, _)| *hash);
    }
    added
}
