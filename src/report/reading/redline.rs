//! Words of a rendition with what was changed in them marked, like an editor's redline.

use parallax_model::{Difference, Effect};

/// A stretch of a redline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) kind: PieceKind,
    pub(crate) text: String,
    /// How the change bears on the meaning, where it does.
    pub(crate) effect: Option<Effect>,
}

/// What became of a stretch of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// Stands in both, or was left unmarked.
    Same,
    /// Stood in the reference.
    Deleted,
    /// Stands in the rendition instead, or was added.
    Inserted,
}

/// The rendition's words with the differences marked at their places, in order. Joined, all pieces but the deleted ones
/// hold the rendition's words.
pub(crate) fn redline(reference: &str, rendition: &str, differences: &[Difference]) -> Vec<Piece> {
    let (reference, rendition) = (words(reference), words(rendition));
    let (mut here, mut there) = (0, 0);
    let mut pieces = Vec::new();
    for difference in differences {
        let (old, new) = (words(&difference.reference), words(&difference.rendition));
        let old_at = find(&reference, &old, there);
        let at = if new.is_empty() {
            old_at.and_then(|at| after_deletion(&reference, at + old.len(), &rendition, here))
        } else {
            find(&rendition, &new, here)
        };
        let at = at.unwrap_or(here);
        let found = find(&rendition, &new, at) == Some(at);
        push(&mut pieces, PieceKind::Same, &rendition[here..at], None);
        push(&mut pieces, PieceKind::Deleted, &old, difference.effect);
        push(&mut pieces, PieceKind::Inserted, if found { &new } else { &[] }, difference.effect);
        here = at + if found { new.len() } else { 0 };
        there = old_at.map_or(there, |at| at + old.len());
    }
    push(&mut pieces, PieceKind::Same, &rendition[here..], None);
    pieces
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Where the words that follow a deletion in the reference stand in the rendition.
fn after_deletion(reference: &[&str], end: usize, rendition: &[&str], here: usize) -> Option<usize> {
    let Some(next) = reference.get(end) else { return Some(rendition.len()) };
    find(rendition, &[next], here)
}

/// Where `needle` stands in `words` at or after `from`, marks and case aside.
fn find(words: &[&str], needle: &[&str], from: usize) -> Option<usize> {
    let tail = words.get(from..)?;
    if needle.is_empty() {
        return Some(from);
    }
    let same = |a: &[&str]| a.iter().zip(needle).all(|(a, b)| fold(a) == fold(b));
    tail.windows(needle.len()).position(same).map(|at| from + at)
}

/// A word without case and the marks around it.
fn fold(word: &str) -> String {
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.is_empty() { word.to_owned() } else { letters.to_lowercase() }
}

fn push(pieces: &mut Vec<Piece>, kind: PieceKind, words: &[&str], effect: Option<Effect>) {
    if !words.is_empty() {
        pieces.push(Piece { kind, text: words.join(" "), effect });
    }
}

#[cfg(test)]
mod tests {
    use parallax_model::DifferenceOp;

    use super::*;

    fn difference(reference: &str, rendition: &str) -> Difference {
        let op = match (reference.is_empty(), rendition.is_empty()) {
            (true, _) => DifferenceOp::Insert,
            (_, true) => DifferenceOp::Delete,
            _ => DifferenceOp::Replace,
        };
        Difference { op, reference: reference.into(), rendition: rendition.into(), effect: None }
    }

    fn marked(pieces: &[Piece]) -> String {
        let mark = |piece: &Piece| match piece.kind {
            PieceKind::Same => piece.text.clone(),
            PieceKind::Deleted => format!("[-{}-]", piece.text),
            PieceKind::Inserted => format!("{{+{}+}}", piece.text),
        };
        pieces.iter().map(mark).collect::<Vec<_>>().join(" ")
    }

    fn check(reference: &str, rendition: &str, changes: &[(&str, &str)], expected: &str) {
        let differences: Vec<_> = changes.iter().map(|(old, new)| difference(old, new)).collect();
        assert_eq!(marked(&redline(reference, rendition, &differences)), expected);
    }

    #[test]
    fn marks_each_change_at_its_place() {
        let said = "The gate had been reported three times, they say";
        check(said, said, &[], said);
        check(
            said,
            "The gate had been flagged two times, they say",
            &[("reported three", "flagged two")],
            "The gate had been [-reported three-] {+flagged two+} times, they say",
        );
        check(
            "We were warned again",
            "We were not warned",
            &[("", "not"), ("again", "")],
            "We were {+not+} warned [-again-]",
        );
        check("It is very cold", "It is cold", &[("very", "")], "It is [-very-] cold");
    }

    #[test]
    fn keeps_every_word_of_the_rendition_where_a_difference_does_not_fit() {
        check("one two", "three four", &[("two", "nine")], "[-two-] three four");
        check("", "", &[("two", "")], "[-two-]");
    }
}
