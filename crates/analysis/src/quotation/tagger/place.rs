//! Where an item stands beside a cue: how far, past what, and in what the rules hold for its subject and its clause.

use std::ops::Range;

use super::look::{Look, Signs};

/// What the rules say about a cue: its kind, its subject and the clause it governs.
#[derive(Debug, Clone, Default)]
pub struct Opinion {
    /// A number for its kind, nought where the rules see no cue.
    pub kind: u32,
    /// The items that name who says.
    pub subject: Option<Range<usize>>,
    /// The items of what is said.
    pub content: Vec<Range<usize>>,
}

/// A cue with what stands around it.
pub(super) struct View<'a> {
    pub(super) looks: &'a [Look],
    /// The items that the spans are looked for in.
    pub(super) range: Range<usize>,
    /// The sentence of the cue.
    pub(super) sentence: Range<usize>,
    pub(super) cue: Range<usize>,
    pub(super) opinion: &'a Opinion,
    /// All cues of the sentence.
    pub(super) others: &'a [Range<usize>],
}

/// How many things are told of a place.
pub(super) const ASPECTS: usize = 8;

/// A number for each thing that is told of a place.
pub type Place = [u8; ASPECTS];

/// What lies between the cue and a position.
#[derive(Debug, Clone, Copy, Default)]
struct Between {
    commas: u8,
    verbs: u8,
    quoted: u8,
    cues: u8,
    that: bool,
}

impl Between {
    fn past(self, signs: Signs, cue: bool) -> Self {
        Self {
            commas: (self.commas + u8::from(signs.comma)).min(4),
            verbs: (self.verbs + u8::from(signs.verb)).min(5),
            quoted: (self.quoted + u8::from(signs.quoted)).min(3),
            cues: (self.cues + u8::from(cue)).min(3),
            that: self.that | signs.that,
        }
    }
}

/// The places of a view's items.
pub(super) fn places(view: &View<'_>) -> Vec<Place> {
    view.range.clone().zip(betweens(view)).map(|(index, between)| place(view, index, between)).collect()
}

/// What lies between each position and the cue, position by position.
fn betweens(view: &View<'_>) -> Vec<Between> {
    let mut all = vec![Between::default(); view.range.len()];
    let starts_cue = |index: usize| view.others.iter().any(|o| o.start == index && o.start != view.cue.start);
    let mut state = Between::default();
    for index in view.cue.end..view.range.end {
        all[index - view.range.start] = state;
        state = state.past(view.looks[index].signs, starts_cue(index));
    }
    state = Between::default();
    for index in (view.range.start..view.cue.start).rev() {
        all[index - view.range.start] = state;
        state = state.past(view.looks[index].signs, starts_cue(index));
    }
    all
}

fn place(view: &View<'_>, index: usize, between: Between) -> Place {
    let side = side(view, index);
    [
        distance(view, index, side),
        between.commas * 3 + side,
        between.verbs * 3 + side,
        between.quoted * 3 + side,
        (between.cues * 2 + u8::from(between.that)) * 3 + side,
        edge(view, index),
        membership(view.opinion.subject.as_slice(), index),
        membership(&view.opinion.content, index),
    ]
}

/// Before the cue, in it, or behind it.
fn side(view: &View<'_>, index: usize) -> u8 {
    if index < view.cue.start { 0 } else { 1 + u8::from(index >= view.cue.end) }
}

fn distance(view: &View<'_>, index: usize, side: u8) -> u8 {
    let steps = if index < view.cue.start {
        view.cue.start - index
    } else {
        (index + 1).saturating_sub(view.cue.end)
    };
    let step = match steps {
        0..=6 => steps as u8,
        7..=9 => 7,
        10..=14 => 8,
        15..=24 => 9,
        _ => 10,
    };
    if side == 1 { 11 } else { side * 11 + step }
}

/// Outside the cue's sentence, or at an end of it.
fn edge(view: &View<'_>, index: usize) -> u8 {
    let Range { start, end } = view.sentence;
    match index {
        _ if index < start => 1,
        _ if index >= end => 2,
        _ if index == start => 3,
        _ if index + 1 == end => 4,
        _ if index + 2 == end => 5,
        _ => 0,
    }
}

/// Where in some spans an item lies: beside one, at the start of one, inside, at the end, or the whole of one.
fn membership(spans: &[Range<usize>], index: usize) -> u8 {
    if let Some(span) = spans.iter().find(|s| s.contains(&index)) {
        return 4 + u8::from(index == span.start) + 2 * u8::from(index + 1 == span.end);
    }
    if spans.iter().any(|s| s.start == index + 1) {
        2
    } else if spans.iter().any(|s| s.end == index) {
        3
    } else {
        u8::from(!spans.is_empty())
    }
}
