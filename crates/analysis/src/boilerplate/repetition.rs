//! Lines that several articles of one outlet repeat.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::page::Page;

/// How many words a repeated line has at most to count as furniture: longer ones may be background that an outlet
/// reuses.
const LONGEST: usize = 12;

/// A short line without a final stop. It is furniture where another article of its outlet has it too, unless the articles are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepeatableLine {
    /// The hash of the outlet and the line.
    pub line: u64,
    /// The hash of the first paragraph of its article: a copy repeats the subheads as well.
    pub lead: u64,
}

/// A repeatable line with its number on its page.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedLine {
    at: usize,
    pub(super) line: RepeatableLine,
}

/// The lines that articles of one outlet repeat, of articles that are read one by one.
#[derive(Debug, Clone, Default)]
pub struct Repetitions {
    leads: HashMap<u64, Leads>,
}

#[derive(Debug, Clone, Copy)]
enum Leads {
    One(u64),
    Several,
}

impl Repetitions {
    /// Takes note of a line of an article.
    pub fn note(&mut self, RepeatableLine { line, lead }: RepeatableLine) {
        let leads = self.leads.entry(line).or_insert(Leads::One(lead));
        if matches!(leads, Leads::One(first) if *first != lead) {
            *leads = Leads::Several;
        }
    }

    fn has(&self, line: u64) -> bool {
        matches!(self.leads.get(&line), Some(Leads::Several))
    }

    /// Marks those of a page's `lines` that other articles of its outlet have too.
    pub(super) fn mark(&self, lines: &[PlacedLine], page: &mut Page<'_>) {
        for PlacedLine { at, .. } in lines.iter().filter(|line| self.has(line.line.line)) {
            page.mark_line(*at, "site furniture", "outlet-repetition");
        }
    }
}

/// Lines that were found elsewhere to be repeated.
impl FromIterator<u64> for Repetitions {
    fn from_iter<I: IntoIterator<Item = u64>>(lines: I) -> Self {
        Self { leads: lines.into_iter().map(|line| (line, Leads::Several)).collect() }
    }
}

/// The lines of a page that may be repeated. Of a page whose outlet is not known there are none.
pub(super) fn repeatable_lines(outlet: Option<&str>, page: &Page<'_>) -> Vec<PlacedLine> {
    let Some(outlet) = outlet else { return Vec::new() };
    let first = page.first_body_line();
    let lead = if first < page.lines.len() { xxh3_64(page.line_text(first).as_bytes()) } else { 0 };
    let hash = |line: usize| xxh3_64(format!("{outlet}\n{}", page.line_text(line)).as_bytes());
    let lines = (0..page.lines.len()).filter(|&line| may_repeat(page, line));
    lines.map(|at| PlacedLine { at, line: RepeatableLine { line: hash(at), lead } }).collect()
}

fn may_repeat(page: &Page<'_>, line: usize) -> bool {
    page.lines[line].words <= LONGEST && !page.lines[line].has_final_stop && line > 0
}
