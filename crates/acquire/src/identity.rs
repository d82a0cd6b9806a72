//! Unique ids.

use std::collections::BTreeSet;

use crate::Acquired;

/// Gives each report whose id is taken the next free one of `id-2`, `id-3` and so on, and says so. Which report keeps the id depends on
/// its place alone, not on the order of the inputs.
pub(crate) fn make_unique(acquired: &mut Acquired) {
    let reports = &acquired.reports;
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|&i| (&reports[i].id, &reports[i].place));
    let mut taken: BTreeSet<String> = reports.iter().map(|report| report.id.clone()).collect();
    let repeated: Vec<usize> = order
        .windows(2)
        .filter(|pair| reports[pair[0]].id == reports[pair[1]].id)
        .map(|pair| pair[1])
        .collect();
    for index in repeated {
        let id = acquired.reports[index].id.clone();
        let free = next_free(&id, &taken);
        let place = acquired.reports[index].place.clone();
        acquired.note(place, format!("the id {id} is taken; this report is called {free}"));
        taken.insert(free.clone());
        acquired.reports[index].id = free;
    }
}

fn next_free(id: &str, taken: &BTreeSet<String>) -> String {
    let mut number = 2_usize;
    loop {
        let candidate = format!("{id}-{number}");
        if !taken.contains(&candidate) {
            return candidate;
        }
        number += 1;
    }
}
