//! Applying listed differences to a text.

use std::collections::BTreeSet;

use parallax_model::Difference;

/// Whether `differences`, applied to `from` in their order and at some places, give `to`. Case and marks do not count: they are house
/// style, and no difference.
pub(crate) fn leads_to(from: &str, differences: &[Difference], to: &str) -> bool {
    let (from, to) = (letters(from), letters(to));
    let changes: Vec<(Vec<char>, Vec<char>)> =
        differences.iter().map(|d| (letters(&d.reference), letters(&d.rendition))).collect();
    let mut open = BTreeSet::from([(0_usize, 0_usize, 0_usize)]);
    while let Some((read, written, applied)) = open.pop_first() {
        if (read, written, applied) == (from.len(), to.len(), changes.len()) {
            return true;
        }
        if read < from.len() && from.get(read) == to.get(written) {
            open.insert((read + 1, written + 1, applied));
        }
        if let Some((before, after)) = changes.get(applied)
            && from[read..].starts_with(before)
            && to[written..].starts_with(after)
        {
            open.insert((read + before.len(), written + after.len(), applied + 1));
        }
    }
    false
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn differences_are_applied_in_order() {
    use parallax_model::DifferenceOp::{Delete, Insert, Replace};
    let difference = |op, reference: &str, rendition: &str| Difference {
        op,
        reference: reference.to_owned(),
        rendition: rendition.to_owned(),
        effect: None,
    };
    let all = [
        difference(Replace, "dam", "wall"),
        difference(Insert, "", "well"),
        difference(Delete, "tonight", ""),
    ];
    assert!(leads_to("The dam will hold tonight.", &all, "the WALL will well hold"));
    assert!(!leads_to("The dam will hold tonight.", &all[..2], "the wall will well hold"));
    assert!(!leads_to("The dam will hold tonight.", &all, "the wall will hold"));
}
