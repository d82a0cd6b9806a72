//! Whom the renditions of a saying credit.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::reading::Reading;
use super::reference::Witnesses;
use super::unit::Voice;

/// The entity that most articles credit; of equals the one that comes first.
pub(super) fn speaker(group: &[Reading]) -> Option<usize> {
    let mut articles: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for unit in group.iter().map(|reading| &reading.unit) {
        if let Some(entity) = unit.voice.entity() {
            articles.entry(entity).or_default().insert(unit.quotation.article);
        }
    }
    let most = articles.into_iter().max_by_key(|(entity, articles)| (articles.len(), Reverse(*entity)));
    most.map(|(entity, _)| entity)
}

/// Whether a reading credits another person than the others do: fewer origins, or as many and fewer articles, are behind it.
pub(super) fn is_misattributed(reading: &Reading, group: &[Reading], witnesses: &Witnesses<'_>) -> bool {
    let Voice::Person(credited) = reading.unit.voice else { return false };
    let mut backing: BTreeMap<usize, (BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
    for unit in group.iter().map(|reading| &reading.unit) {
        if let Voice::Person(person) = unit.voice {
            let (origins, articles) = backing.entry(person).or_default();
            origins.insert(witnesses.origin(unit.quotation.article));
            articles.insert(unit.quotation.article);
        }
    }
    let strength =
        |person: usize| backing.get(&person).map(|(origins, articles)| (origins.len(), articles.len()));
    strength(credited) < backing.keys().filter_map(|&person| strength(person)).max()
}
