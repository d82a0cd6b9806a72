//! Wording that the furniture of many sites has in common.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::page::{Page, Unit};

/// How many words a sentence of furniture has at most.
const LONGEST: usize = 30;

/// Marks sentences whose wording is known.
pub(super) fn mark(page: &mut Page<'_>) {
    for line in 0..page.lines.len() {
        for unit in page.lines[line].units.clone() {
            if let Some((kind, rule)) = known(page, line, unit) {
                page.mark(unit, kind, rule);
            }
        }
    }
}

/// What kind of furniture the sentence is by its wording, and the rule.
fn known(page: &Page<'_>, line: usize, unit: usize) -> Option<(&'static str, &'static str)> {
    let Unit { folded, words, quoted, .. } = &page.units[unit];
    let whole_line = page.lines[line].units.len() == 1;
    if *words > LONGEST || *quoted && !whole_line {
        return None;
    }
    if let Some(kind) = FURNITURE.whole(folded).filter(|_| whole_line || *words > 1) {
        return Some((kind, "wording-whole"));
    }
    if let Some(kind) = FURNITURE.inside(folded) {
        return Some((kind, "wording-inside"));
    }
    let sentence = page.units[unit].span.of(page.text);
    for (place, kind, rest) in FURNITURE.beginnings(folded) {
        let rule = match place {
            Place::Start => "wording-start",
            Place::Line if whole_line && !page.lines[line].has_final_stop && *words <= 12 => "wording-line",
            Place::Header if is_header(page, line, unit) => "link-header",
            Place::Credit if *words <= 12 && whole_line && names_somebody(sentence, rest) => "credit",
            _ => continue,
        };
        return Some((kind, rule));
    }
    let is_short_line = whole_line && *words <= 6;
    FURNITURE.ending(folded, is_short_line).map(|kind| (kind, "wording-end"))
}

/// Whether the sentence can head a list of links: a short line, or the colon at its end says so.
fn is_header(page: &Page<'_>, line: usize, unit: usize) -> bool {
    let whole_line = page.lines[line].units.len() == 1;
    let ends_with_colon = page.units[unit].span.of(page.text).ends_with(':');
    page.units[unit].words <= 8 && (ends_with_colon || whole_line && !page.lines[line].has_final_stop)
}

/// Whether the last `rest` bytes of a credit begin with a name.
fn names_somebody(sentence: &str, rest: usize) -> bool {
    let from = sentence.len().saturating_sub(rest + 2);
    let tail = (from..sentence.len()).find_map(|i| sentence.get(i..)).unwrap_or_default();
    tail.chars().any(char::is_uppercase)
}

/// Where in a sentence its wording stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Start,
    Line,
    Header,
    Credit,
}

/// Known wording, sorted for search.
struct Furniture {
    whole: Vec<(&'static str, &'static str)>,
    beginnings: Vec<(&'static str, Place, &'static str)>,
    endings: Vec<(&'static str, bool, &'static str)>,
    inside: AhoCorasick,
    inside_kinds: Vec<&'static str>,
}

impl Furniture {
    fn whole(&self, folded: &str) -> Option<&'static str> {
        let index = self.whole.binary_search_by(|(known, _)| (*known).cmp(folded)).ok()?;
        self.whole.get(index).map(|(_, kind)| *kind)
    }

    fn inside(&self, folded: &str) -> Option<&'static str> {
        let found = self.inside.find(folded)?;
        self.inside_kinds.get(found.pattern().as_usize()).copied()
    }

    /// The kind of the sentence by its end; some ends count only in short lines.
    fn ending(&self, folded: &str, is_short_line: bool) -> Option<&'static str> {
        let mut known = self.endings.iter();
        let fits =
            |(known, in_any, _): &&(&str, bool, _)| (*in_any || is_short_line) && folded.ends_with(known);
        known.find(fits).map(|(.., kind)| *kind)
    }

    /// The known beginnings of a sentence, with the number of bytes that follow, longest first.
    fn beginnings(&self, folded: &str) -> impl Iterator<Item = (Place, &'static str, usize)> {
        let ends = folded
            .char_indices()
            .filter(|(_, c)| !c.is_alphanumeric())
            .flat_map(|(i, c)| [i, i + c.len_utf8()]);
        // A year may run on: "copyright 20" begins "copyright 2024".
        let digits = folded.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i + 1);
        let mut ends: Vec<usize> =
            ends.take(24).chain(digits.take(2)).chain([folded.len()]).filter(|end| *end <= 60).collect();
        ends.sort_unstable_by(|a, b| b.cmp(a));
        ends.dedup();
        ends.into_iter().flat_map(move |end| {
            let first = self.beginnings.partition_point(|(known, ..)| *known < &folded[..end]);
            self.beginnings[first..]
                .iter()
                .take_while(move |(known, ..)| *known == &folded[..end])
                .map(move |(_, place, kind)| (*place, *kind, folded.len() - end))
        })
    }
}

static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    let (mut whole, mut beginnings, mut endings, mut inside) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut kind = "furniture";
    for line in include_str!("../../data/furniture.txt").lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            kind = name;
        }
        let Some((place, words)) = line.split_once(' ') else { continue };
        match place {
            "whole" => whole.push((words, kind)),
            "end" => endings.push((words, true, kind)),
            "tail" => endings.push((words, false, kind)),
            "inside" => inside.push((words, kind)),
            "start" => beginnings.push((words, Place::Start, kind)),
            "line" => beginnings.push((words, Place::Line, kind)),
            "header" => beginnings.push((words, Place::Header, kind)),
            "credit" => beginnings.push((words, Place::Credit, kind)),
            _ => {}
        }
    }
    whole.sort_unstable();
    beginnings.sort_unstable_by_key(|(words, place, _)| (*words, *place));
    let inside_kinds = inside.iter().map(|(_, kind)| *kind).collect();
    // An automaton without patterns finds nothing; the patterns are ours and within its limits.
    let inside = AhoCorasick::new(inside.iter().map(|(words, _)| *words))
        .or_else(|_| AhoCorasick::new([""; 0]))
        .unwrap_or_else(|error| unreachable!("an empty automaton: {error}"));
    Furniture { whole, beginnings, endings, inside, inside_kinds }
});
