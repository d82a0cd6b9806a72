//! Who speaks in a transcript or an interview: each paragraph begins with a name and a colon, and has no marks.

use std::collections::BTreeMap;
use std::ops::Range;

use parallax_model::QuotationKind;

use super::attribution::Attribution;
use super::line::{Item, ItemKind, Line};

/// The rule of a paragraph that begins with who speaks.
pub(super) const TRANSCRIPT: &str = "transcript";

/// Paragraphs that a transcript has at least.
const LEAST_TURNS: usize = 3;
/// Words of a label at most, with their points.
const LONGEST_LABEL: usize = 6;
/// Words of a turn at least: "Venue: Lund" is none.
const LEAST_WORDS: usize = 3;

/// The turns of a transcript. One speaker at least has two of them; a list of facts seldom has, and ends no line as a sentence ends.
pub(super) fn turns(text: &str, line: &Line) -> Vec<Attribution> {
    let turns: Vec<Turn> = paragraphs(line).filter_map(|items| turn(&line.items, items)).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for turn in &turns {
        *count.entry(words(text, line, &turn.label)).or_default() += 1;
    }
    if turns.len() < LEAST_TURNS || count.values().all(|&count| count < 2) {
        return Vec::new();
    }
    turns.into_iter().map(attribution).collect()
}

/// One paragraph of a transcript, in items.
struct Turn {
    label: Range<usize>,
    colon: usize,
    words: Range<usize>,
}

fn paragraphs<'a>(line: &'a Line<'_>) -> impl Iterator<Item = Range<usize>> + 'a {
    let same = line.sentences.chunk_by(|a, b| a.paragraph == b.paragraph);
    same.filter_map(|sentences| Some(sentences.first()?.items.start..sentences.last()?.items.end))
}

fn turn(items: &[Item], paragraph: Range<usize>) -> Option<Turn> {
    let all = items.get(paragraph.clone())?;
    let length = all.iter().take(LONGEST_LABEL + 1).position(|i| i.is_mark(":"))?;
    let (label, rest) = all.split_at_checked(length)?;
    let named = label.iter().all(|i| i.capital || i.is_mark(".")) && label.first().is_some_and(Item::is_word);
    let said = rest.iter().filter(|i| i.is_word()).count() >= LEAST_WORDS;
    let ends =
        rest.last().is_some_and(|i| i.kind == ItemKind::Mark && matches!(i.lower(), "." | "!" | "?" | "…"));
    let marked = all.iter().any(|i| i.quoted().is_some());
    let colon = paragraph.start + length;
    (named && said && ends && !marked).then_some(Turn {
        label: paragraph.start..colon,
        colon,
        words: colon + 1..paragraph.end,
    })
}

fn words<'t>(text: &'t str, line: &Line, items: &Range<usize>) -> &'t str {
    let items = line.items.get(items.clone()).unwrap_or_default();
    items.first().zip(items.last()).map_or("", |(first, last)| first.span.join(last.span).of(text))
}

fn attribution(turn: Turn) -> Attribution {
    Attribution {
        kind: QuotationKind::Indirect,
        contents: std::iter::once(turn.words).collect(),
        cue: Some(turn.colon..turn.colon + 1),
        subject: Some(turn.label),
        rule: TRANSCRIPT,
        confidence: 0.7,
    }
}
