//! Whom the renditions of a saying credit.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::reference::Witnesses;
use super::unit::{Unit, Voice};

/// The entity that most articles credit; of equals the one that comes first.
pub(super) fn speaker(group: &[usize], units: &[Unit]) -> Option<usize> {
    let mut articles: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for unit in group.iter().map(|&unit| &units[unit]) {
        if let Some(entity) = unit.voice.entity() {
            articles.entry(entity).or_default().insert(unit.quotation.article);
        }
    }
    articles
        .into_iter()
        .max_by_key(|(entity, articles)| (articles.len(), Reverse(*entity)))
        .map(|(entity, _)| entity)
}

/// Whether a rendition credits another person than the others do: fewer origins, or as many and fewer articles, are behind it.
pub(super) fn is_misattributed(
    member: usize,
    group: &[usize],
    units: &[Unit],
    witnesses: &Witnesses<'_>,
) -> bool {
    let mut backing: BTreeMap<usize, (BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
    for unit in group.iter().map(|&unit| &units[unit]) {
        if let Voice::Person(person) = unit.voice {
            let (origins, articles) = backing.entry(person).or_default();
            origins.insert(witnesses.origin(unit.quotation.article));
            articles.insert(unit.quotation.article);
        }
    }
    let strength =
        |person: &usize| backing.get(person).map(|(origins, articles)| (origins.len(), articles.len()));
    let most = backing.keys().filter_map(strength).max();
    match units[member].voice {
        Voice::Person(person) => strength(&person) < most,
        _ => false,
    }
}
