//! Unique ids.

use std::collections::{BTreeSet, HashSet};

use parallax_model::RawReport;
use xxhash_rust::xxh3::xxh3_64;

use crate::Event;

/// The ids met so far in a stream. Of each only a hash of eight bytes is kept, so that a stream of many million reports stays small; that
/// two ids share one is likely only from billions of reports on, and then costs no more than a number behind an id.
#[derive(Debug, Default)]
pub(crate) struct Ids(HashSet<u64>);

impl Ids {
    /// Gives a report whose id is taken a free one of `id-2`, `id-3` and so on, and says so.
    pub(crate) fn admit(&mut self, mut event: Event) -> impl Iterator<Item = Event> + use<> {
        let mut note = None;
        if let Event::Report(report) = &mut event
            && !self.0.insert(hash(&report.id))
        {
            note = Some(rename(report, |id| self.is_taken(id)));
            self.0.insert(hash(&report.id));
        }
        note.into_iter().chain([event])
    }

    fn is_taken(&self, id: &str) -> bool {
        self.0.contains(&hash(id))
    }
}

fn hash(id: &str) -> u64 {
    xxh3_64(id.as_bytes())
}

/// Gives each report whose id is taken a free one of `id-2`, `id-3` and so on, and returns what there is to note. Which report keeps the
/// id depends on its place alone, not on the order of the inputs.
pub(crate) fn make_unique(reports: &mut [RawReport]) -> Vec<Event> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|&i| (&reports[i].id, &reports[i].place));
    let mut taken: BTreeSet<String> = reports.iter().map(|report| report.id.clone()).collect();
    let repeated: Vec<usize> = order
        .windows(2)
        .filter(|pair| reports[pair[0]].id == reports[pair[1]].id)
        .map(|pair| pair[1])
        .collect();
    let mut notes = Vec::new();
    for index in repeated {
        notes.push(rename(&mut reports[index], |id| taken.contains(id)));
        taken.insert(reports[index].id.clone());
    }
    notes
}

fn rename(report: &mut RawReport, is_taken: impl Fn(&str) -> bool) -> Event {
    let free = next_free(&report.id, is_taken);
    let taken = std::mem::replace(&mut report.id, free);
    let reason = format!("the id {taken} is taken; this report is called {}", report.id);
    Event::note(report.place.clone(), reason)
}

/// The free id with the next number. Numbers are given out in order, so doubling and then halving the step finds it among many taken ones
/// without trying each.
fn next_free(id: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = |number: u64| format!("{id}-{number}");
    let (mut taken, mut free) = (1, 2);
    while is_taken(&numbered(free)) {
        (taken, free) = (free, free * 2);
    }
    while free - taken > 1 {
        let middle = taken.midpoint(free);
        if is_taken(&numbered(middle)) {
            taken = middle;
        } else {
            free = middle;
        }
    }
    numbered(free)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_free_number_is_found() {
        for most in [1, 2, 3, 4, 7, 8, 9, 1000] {
            let taken: Vec<String> = (2..=most).map(|number| format!("a-{number}")).collect();
            let free = next_free("a", |id| taken.iter().any(|t| t == id));
            assert_eq!(free, format!("a-{}", most.max(1) + 1));
        }
    }
}
