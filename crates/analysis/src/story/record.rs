//! What is kept of a story: enough to place the next report, and little enough to keep a million.

use super::event::StoryId;
use super::profile::{Profile, Term, heaviest, shared};

/// So many words of a story are kept, the heaviest.
const TERMS: usize = 512;
/// So many of its reports are kept, the latest.
const MEMBERS: usize = 24;
/// What is left of a weight that was added and taken back.
const LEAST_WEIGHT: f32 = 1e-4;
/// So many of its heaviest words find it.
const KEYS: usize = 40;

/// A story as the clusterer keeps it: what its reports have in common, and the latest of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StoryRecord {
    pub(super) id: StoryId,
    /// How many placements there had been when it last changed.
    pub(super) changed: u64,
    /// How many reports belong to it.
    pub(super) reports: u32,
    /// The first and the last day of publication.
    pub(super) days: Option<(i32, i32)>,
    /// The sum of its reports' terms, by hash.
    pub(super) terms: Vec<Term>,
    /// Its latest reports, without their words.
    pub(super) members: Vec<Profile>,
    /// Stories that a person said are others.
    pub(super) apart: Vec<StoryId>,
}

impl StoryRecord {
    /// A story without reports.
    pub(super) fn new(id: StoryId) -> Self {
        Self { id, ..Self::default() }
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
        heaviest(&self.terms, KEYS).into_iter().map(|term| term.hash).collect()
    }

    /// Takes a report in.
    pub(super) fn take_in(&mut self, profile: &Profile) {
        self.reports += 1;
        self.days = joined(self.days, profile.day.map(|day| (day, day)));
        self.terms = sum(&self.terms, &profile.terms);
        self.remember(Profile { words: Vec::new(), ..profile.clone() });
    }

    /// Takes another story in.
    pub(super) fn absorb(&mut self, other: Self) {
        self.reports += other.reports;
        self.days = joined(self.days, other.days);
        self.terms = sum(&self.terms, &other.terms);
        self.apart.extend(other.apart);
        self.apart.sort();
        self.apart.dedup();
        other.members.into_iter().for_each(|member| self.remember(member));
    }

    /// Lets a report go. What it gave to the whole is taken back as far as it is still there.
    pub(super) fn let_go(&mut self, profile: &Profile) {
        self.reports = self.reports.saturating_sub(1);
        self.members.retain(|member| member.report != profile.report);
        let taken: Vec<Term> =
            profile.terms.iter().map(|term| Term { weight: -term.weight, ..*term }).collect();
        self.terms = sum(&self.terms, &taken);
        self.terms.retain(|term| term.weight > LEAST_WEIGHT);
    }

    /// Whether all of its reports are still known one by one.
    pub(super) fn is_young(&self) -> bool {
        self.reports as usize == self.members.len()
    }

    /// The cosine of a report and the story as a whole.
    pub(super) fn cosine(&self, profile: &Profile) -> f32 {
        product(&self.terms, &profile.terms) / self.length()
    }

    /// The cosine of two stories as wholes.
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        product(&self.terms, &other.terms) / (self.length() * other.length())
    }

    fn length(&self) -> f32 {
        product(&self.terms, &self.terms).sqrt().max(f32::MIN_POSITIVE)
    }

    fn remember(&mut self, member: Profile) {
        self.members.push(member);
        if self.members.len() > MEMBERS {
            self.members.remove(0);
        }
    }
}

fn product(a: &[Term], b: &[Term]) -> f32 {
    shared(a, b).map(|(_, product)| product).sum()
}

/// The terms of both, their weights added; the heaviest of them.
fn sum(a: &[Term], b: &[Term]) -> Vec<Term> {
    let mut all = [a, b].concat();
    all.sort_by_key(|term| term.hash);
    let mut added: Vec<Term> = Vec::with_capacity(all.len());
    for term in all {
        match added.last_mut() {
            Some(last) if last.hash == term.hash => last.weight += term.weight,
            _ => added.push(term),
        }
    }
    if added.len() > TERMS {
        added = heaviest(&added, TERMS);
        added.sort_by_key(|term| term.hash);
    }
    added
}

fn joined(a: Option<(i32, i32)>, b: Option<(i32, i32)>) -> Option<(i32, i32)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (one, other) => one.or(other),
    }
}
