//! What changed from one version of a text to the next.

use serde::{Deserialize, Serialize};
use similar::{DiffOp, TextDiff};

/// Texts up to here are compared word by word, longer ones line by line.
const BY_WORDS: usize = 64 << 10;
/// Longer texts are given as replaced.
const BY_LINES: usize = 4 << 20;

/// One stretch in which two versions differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What was done.
    pub op: ChangeOp,
    /// The words of the former version; empty for an insertion.
    pub before: String,
    /// The words of the later version; empty for a deletion.
    pub after: String,
    /// Where they stand in the later version, or what is left out would: bytes into its text.
    pub at: usize,
}

/// What was done to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeOp {
    /// Other words stand in their place.
    Replace,
    /// Words were added.
    Insert,
    /// Words were left out.
    Delete,
}

impl Change {
    /// Whether a reader sees it: another printing of the same words is none.
    pub fn is_visible(&self) -> bool {
        !reads_alike(&self.before, &self.after)
    }
}

/// Whether two texts read the same: white space and the shapes of quotation marks make no difference.
pub(crate) fn reads_alike(a: &str, b: &str) -> bool {
    read(a).eq(read(b))
}

fn read(text: &str) -> impl Iterator<Item = char> {
    text.split_whitespace().flat_map(|word| word.chars().map(plain).chain([' ']))
}

fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        other => other,
    }
}

/// The changes from `before` to `after`, in order (Myers, "An O(ND) difference algorithm and its variations", 1986).
pub(crate) fn changes(before: &str, after: &str) -> Vec<Change> {
    if before == after {
        return Vec::new();
    }
    let longest = before.len().max(after.len());
    if longest > BY_LINES {
        let op = ChangeOp::Replace;
        return vec![Change { op, before: before.into(), after: after.into(), at: 0 }];
    }
    let diff = if longest > BY_WORDS {
        TextDiff::from_lines(before, after)
    } else {
        TextDiff::from_words(before, after)
    };
    let olds: Vec<&str> = diff.iter_old_slices().collect();
    let news: Vec<&str> = diff.iter_new_slices().collect();
    let mut at = 0;
    let mut changes = Vec::new();
    for op in diff.ops() {
        let text =
            |slices: &[&str], range| slices.get::<std::ops::Range<usize>>(range).unwrap_or_default().concat();
        let (old, new) = (text(&olds, op.old_range()), text(&news, op.new_range()));
        let length = new.len();
        if let Some(kind) = kind(op) {
            changes.push(Change { op: kind, before: old, after: new, at });
        }
        at += length;
    }
    changes
}

fn kind(op: &DiffOp) -> Option<ChangeOp> {
    match op {
        DiffOp::Equal { .. } => None,
        DiffOp::Delete { .. } => Some(ChangeOp::Delete),
        DiffOp::Insert { .. } => Some(ChangeOp::Insert),
        DiffOp::Replace { .. } => Some(ChangeOp::Replace),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The former text, made from the later one by undoing the changes.
    fn undone(after: &str, changes: &[Change]) -> String {
        let mut text = after.to_owned();
        for change in changes.iter().rev() {
            text.replace_range(change.at..change.at + change.after.len(), &change.before);
        }
        text
    }

    #[test]
    fn a_figure_that_was_corrected_is_one_change() {
        let changes = changes("At least 14 people died.", "At least 17 people died.");
        assert_eq!(changes.len(), 1);
        let Change { op, before, after, at } = &changes[0];
        assert_eq!((*op, before.as_str(), after.as_str(), *at), (ChangeOp::Replace, "14", "17", 9));
    }

    #[test]
    fn another_printing_of_the_same_words_reads_alike() {
        for (a, b, expected) in [
            ("a dam ", "a\u{a0}dam\n", true),
            ("“No,” he said. It’s gone", "\"No,\" he  said.\n\nIt's gone", true),
            ("", " ", true),
            ("a dam", "adam", false),
            ("14", "17", false),
            ("", "not", false),
        ] {
            assert_eq!(reads_alike(a, b), expected, "{a:?} {b:?}");
            assert_eq!(reads_alike(b, a), expected, "{b:?} {a:?}");
        }
    }

    proptest! {
        #[test]
        fn undoing_the_changes_gives_the_former_text(
            before in "([a-c]{1,2}[ \n]|é 日){0,30}", after in "([a-c]{1,2}[ \n]|é 日){0,30}",
        ) {
            prop_assert_eq!(undone(&after, &changes(&before, &after)), before);
        }
    }
}
