//! What people decided about sayings: two quotations render the same one, or two.

use parallax_model::{QuotationRef, Span};

use super::group::Links;
use super::link::Link;
use super::unit::Unit;

/// What a person decided about two quotations. Later decisions go before earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The words that it is about; where it parts two renditions, this one leaves the other's saying.
    pub one: (QuotationRef, Span),
    /// The words that they are held against.
    pub other: (QuotationRef, Span),
    /// Whether they render the same saying.
    pub is_same: bool,
}

/// Puts groups of units together, or takes them apart, as was decided; links between them say that a person did.
pub(super) fn decide(
    mut groups: Vec<Vec<usize>>,
    units: &[Unit],
    links: &mut Links,
    decisions: &[Decision],
) -> Vec<Vec<usize>> {
    for decision in decisions {
        let (ones, others) = (holding(units, decision.one), holding(units, decision.other));
        if decision.is_same {
            pairs(&ones, &others).for_each(|(a, b)| join(&mut groups, links, a, b));
        } else {
            part(&mut groups, links, &ones, &others);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The units of a quotation that have words of a stretch.
fn holding(units: &[Unit], (quotation, span): (QuotationRef, Span)) -> Vec<usize> {
    let holds = |unit: &Unit| unit.quotation == quotation && unit.spans.iter().any(|own| own.overlaps(span));
    (0..units.len()).filter(|&unit| units.get(unit).is_some_and(holds)).collect()
}

/// As many sentences on both sides are taken one by one, otherwise all together.
fn pairs<'a>(ones: &'a [usize], others: &'a [usize]) -> Box<dyn Iterator<Item = (usize, usize)> + 'a> {
    if ones.len() == others.len() {
        return Box::new(ones.iter().copied().zip(others.iter().copied()));
    }
    Box::new(ones.iter().flat_map(move |&a| others.iter().map(move |&b| (a, b))))
}

fn join(groups: &mut [Vec<usize>], links: &mut Links, a: usize, b: usize) {
    links.insert((a.min(b), a.max(b)), Link { score: 1.0, rule: "person" });
    let place = |groups: &[Vec<usize>], unit| groups.iter().position(|group| group.contains(&unit));
    let Some((into, from)) = place(groups, a).zip(place(groups, b)) else { return };
    if into != from {
        let moved = groups.get_mut(from).map(std::mem::take).unwrap_or_default();
        if let Some(group) = groups.get_mut(into) {
            group.extend(moved);
            group.sort_unstable();
        }
    }
}

fn part(groups: &mut Vec<Vec<usize>>, links: &mut Links, ones: &[usize], others: &[usize]) {
    for &a in ones {
        for &b in others {
            links.remove(&(a.min(b), a.max(b)));
        }
    }
    let mut parted = Vec::new();
    for group in groups.iter_mut().filter(|group| others.iter().any(|other| group.contains(other))) {
        let (leaving, staying): (Vec<usize>, Vec<usize>) =
            group.iter().partition(|unit| ones.contains(unit) && !others.contains(unit));
        *group = staying;
        parted.push(leaving);
    }
    groups.extend(parted);
}
