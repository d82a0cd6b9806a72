//! The renditions of a saying as each article gives them.

use super::group::Links;
use super::link::Link;
use super::unit::Unit;

/// What one quotation has of a saying: one unit, or several that another report runs together.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// The words.
    pub(super) unit: Unit,
    /// What ties it to the other readings.
    pub(super) link: Link,
}

/// The readings of a group of units, by article and position.
pub(super) fn readings(group: &[usize], units: &[Unit], links: &Links) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for &member in group {
        let unit = units[member].clone();
        let link = best_link(member, group, links);
        match readings.pop_if(|last| goes_on(&last.unit, &unit)) {
            Some(last) => readings.push(Reading { unit: last.unit.joined(unit), ..last }),
            None => readings.push(Reading { unit, link }),
        }
    }
    readings
}

fn goes_on(last: &Unit, next: &Unit) -> bool {
    last.quotation == next.quotation && last.sentences.end == next.sentences.start
}

/// The best link of a member with any other.
fn best_link(member: usize, group: &[usize], links: &Links) -> Link {
    let linked = group.iter().filter_map(|&other| links.get(&(member.min(other), member.max(other))));
    let alone = Link { score: 1.0, rule: "only-rendering" };
    linked.copied().max_by(|a, b| a.score.total_cmp(&b.score)).unwrap_or(alone)
}
