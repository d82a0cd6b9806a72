//! The stories that the next report may join, found by their heaviest words.

use std::collections::{BTreeSet, HashMap};

use xxhash_rust::xxh3::Xxh3DefaultBuilder;

use super::event::StoryId;
use super::profile::Profile;
use super::record::StoryRecord;

/// So many stories that share words with a report are compared with it.
const CANDIDATES: usize = 24;
/// A word that finds more stories than this says too little to be worth following.
const LONGEST_LIST: usize = 400;

/// Records in memory, by their words and by how long they rest. What it holds follows from the records alone, not from how they
/// came in.
#[derive(Debug, Clone, Default)]
pub(super) struct Active {
    records: HashMap<StoryId, Kept, Xxh3DefaultBuilder>,
    holders: HashMap<u32, BTreeSet<StoryId>, Xxh3DefaultBuilder>,
    by_change: BTreeSet<(u64, StoryId)>,
}

/// A record with the words that find it.
#[derive(Debug, Clone)]
struct Kept {
    record: StoryRecord,
    keys: Vec<u32>,
}

impl Active {
    pub(super) fn get(&self, story: StoryId) -> Option<&StoryRecord> {
        self.records.get(&story).map(|kept| &kept.record)
    }

    /// Puts a record in or in the place of its former state; beyond `most` the one that rested longest leaves.
    pub(super) fn put(&mut self, record: StoryRecord, most: usize) {
        self.take(record.id);
        let keys = record.keys();
        for key in &keys {
            self.holders.entry(*key).or_default().insert(record.id);
        }
        self.by_change.insert((record.changed, record.id));
        self.records.insert(record.id, Kept { record, keys });
        while self.records.len() > most {
            let Some(&(_, rested)) = self.by_change.first() else { break };
            self.take(rested);
        }
    }

    /// Takes a record out.
    pub(super) fn take(&mut self, story: StoryId) -> Option<StoryRecord> {
        let Kept { record, keys } = self.records.remove(&story)?;
        self.by_change.remove(&(record.changed, story));
        for key in keys {
            if let Some(holders) = self.holders.get_mut(&key) {
                holders.remove(&story);
                if holders.is_empty() {
                    self.holders.remove(&key);
                }
            }
        }
        Some(record)
    }

    /// The stories that share the heaviest words with a report, best first.
    pub(super) fn candidates(&self, profile: &Profile) -> Vec<&StoryRecord> {
        let mut sums: HashMap<StoryId, f32, Xxh3DefaultBuilder> = HashMap::default();
        for (hash, weight) in profile.heaviest() {
            let holders = self.holders.get(&hash).filter(|holders| holders.len() <= LONGEST_LIST);
            for &story in holders.into_iter().flatten() {
                *sums.entry(story).or_default() += weight * weight;
            }
        }
        let mut found: Vec<(StoryId, f32)> = sums.into_iter().collect();
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(CANDIDATES);
        found.into_iter().filter_map(|(story, _)| self.get(story)).collect()
    }
}
