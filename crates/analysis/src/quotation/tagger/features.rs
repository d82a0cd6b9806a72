//! What the tagger looks at: each item's word, form and coarse class, its neighbours, and its place beside the cue.
//!
//! Training and use share this code, so that both see the same features. A feature is a number: the hash of a template's
//! number and the values it takes.

use std::ops::Range;

use super::super::cue::{Cue, CueShape};
use super::super::lexicon::CueClass;
use super::look::{Look, mix};

/// The features of one position.
pub type Features = Vec<u32>;

/// Gathers the features of one position.
struct Collector {
    features: Features,
    template: u64,
}

impl Collector {
    fn new(capacity: usize) -> Self {
        Self { features: Vec::with_capacity(capacity), template: 0 }
    }

    fn starting_at(template: u64, capacity: usize) -> Self {
        Self { features: Vec::with_capacity(capacity), template }
    }

    fn add(&mut self, value: u64) {
        self.template += 1;
        let hash = mix(mix(value, self.template), 0x5bd1);
        self.features.push((hash >> 32) as u32);
    }

    fn pair(&mut self, a: u64, b: u64) {
        self.add(mix(a, b));
    }

    fn triple(&mut self, a: u64, b: u64, c: u64) {
        self.add(mix(mix(a, b), c));
    }
}

/// Looks at the items around a position, with marks for what lies beyond the ends.
struct Window<'a> {
    looks: &'a [Look],
    range: Range<usize>,
}

impl Window<'_> {
    fn at(&self, index: usize, offset: isize) -> Look {
        let place = index.checked_add_signed(offset).filter(|place| self.range.contains(place));
        place.and_then(|place| self.looks.get(place)).copied().unwrap_or(Look {
            word: 7,
            tag: 7,
            ..Look::default()
        })
    }
}

/// The features for finding cues, position by position of a sentence.
pub(super) fn cue_features(looks: &[Look], sentence: &Range<usize>, rules: &[Cue]) -> Vec<Features> {
    let window = Window { looks, range: sentence.clone() };
    sentence.clone().map(|index| cue_position(&window, index, rules)).collect()
}

fn cue_position(window: &Window<'_>, index: usize, rules: &[Cue]) -> Features {
    let mut c = Collector::new(64);
    let look: [Look; 9] = std::array::from_fn(|k| window.at(index, k as isize - 4));
    let [_, b3, b2, b1, here, a1, a2, a3, _] = look;
    c.add(0);
    for l in &look[1..8] {
        c.add(l.word);
        c.add(l.tag);
    }
    for l in [b1, here, a1] {
        c.add(l.suffix);
        c.add(l.lemma);
        c.add(l.shape);
    }
    c.pair(b1.word, here.word);
    c.pair(here.word, a1.word);
    c.pair(b2.word, here.word);
    c.pair(here.word, a2.word);
    c.pair(b1.tag, here.tag);
    c.pair(here.tag, a1.tag);
    c.pair(here.lemma, a1.tag);
    c.pair(here.lemma, b1.tag);
    c.pair(here.word, a1.tag);
    c.pair(here.word, b1.tag);
    c.pair(b1.lemma, here.tag);
    c.pair(b1.lemma, here.lemma);
    c.pair(here.lemma, a1.lemma);
    c.triple(b1.tag, here.tag, a1.tag);
    c.triple(b2.tag, b1.tag, here.tag);
    c.triple(here.tag, a1.tag, a2.tag);
    c.triple(here.lemma, a1.tag, a2.tag);
    c.triple(b1.tag, here.lemma, a1.tag);
    c.triple(b2.tag, b1.tag, here.lemma);
    c.triple(b1.lemma, here.lemma, a1.lemma);
    c.pair(b3.tag, mix(b2.tag, mix(b1.tag, here.tag)));
    c.pair(here.tag, mix(a1.tag, mix(a2.tag, a3.tag)));
    let rule = |at: usize| rules.iter().find(|cue| cue.items.contains(&at)).map_or(0, rule_value);
    let value = rule(index);
    c.add(value);
    c.pair(value, here.lemma);
    c.pair(value, a1.tag);
    c.pair(rule(index + 1), here.tag);
    c.pair(rule(index.saturating_sub(1)), here.tag);
    c.pair(rule(index.saturating_sub(1)), here.word);
    let quoted_before = (1..=3).find(|&k| window.at(index, -k).quoted).unwrap_or(0) as u64;
    let quoted_after = (1..=4).find(|&k| window.at(index, k).quoted).unwrap_or(0) as u64;
    c.pair(quoted_before, here.tag);
    c.pair(quoted_after, here.tag);
    c.pair(quoted_after, here.lemma);
    c.add(u64::from(index == window.range.start) + 2 * u64::from(index + 1 == window.range.end));
    c.features
}

fn rule_value(cue: &Cue) -> u64 {
    let shape = match cue.shape {
        CueShape::SubjectVerb => 1,
        CueShape::VerbSubject => 2,
        CueShape::Participle => 3,
        CueShape::AccordingTo => 4,
        CueShape::Colon => 5,
    };
    let class = match cue.class {
        CueClass::Speech => 0,
        CueClass::Naming => 1,
        CueClass::Stance => 2,
    };
    let subject = u64::from(cue.subject.is_some());
    1 + shape + 8 * class + 32 * subject
}

/// What the rules say about a cue: its subject and the clause it governs.
#[derive(Debug, Clone, Default)]
pub(super) struct RuleOpinion {
    pub(super) value: u64,
    pub(super) subject: Option<Range<usize>>,
    pub(super) content: Vec<Range<usize>>,
}

impl RuleOpinion {
    pub(super) fn of(cue: &Cue, content: Vec<Range<usize>>) -> Self {
        Self { value: rule_value(cue), subject: cue.subject.clone(), content }
    }
}

/// The features of an item whatever the cue, for finding spans.
pub(super) fn item_features(looks: &[Look], sentence: &Range<usize>) -> Vec<Features> {
    let window = Window { looks, range: sentence.clone() };
    sentence.clone().map(|index| item_position(&window, index)).collect()
}

fn item_position(window: &Window<'_>, index: usize) -> Features {
    let mut c = Collector::starting_at(100, 32);
    let look: [Look; 7] = std::array::from_fn(|k| window.at(index, k as isize - 3));
    let [_, b2, b1, here, a1, a2, _] = look;
    c.add(0);
    for l in &look[1..6] {
        c.add(l.word);
        c.add(l.tag);
    }
    c.add(here.suffix);
    c.add(here.shape);
    c.pair(b1.word, here.word);
    c.pair(here.word, a1.word);
    c.pair(b1.tag, here.tag);
    c.pair(here.tag, a1.tag);
    c.triple(b1.tag, here.tag, a1.tag);
    c.triple(here.tag, a1.tag, a2.tag);
    c.triple(b2.tag, b1.tag, here.tag);
    c.add(u64::from(index == window.range.start) + 2 * u64::from(index + 1 == window.range.end));
    c.features
}

/// A cue with what stands around it.
pub(super) struct CueView<'a> {
    pub(super) looks: &'a [Look],
    /// The items that the spans are looked for in.
    pub(super) range: Range<usize>,
    /// The sentence of the cue.
    pub(super) sentence: Range<usize>,
    pub(super) cue: Range<usize>,
    pub(super) opinion: &'a RuleOpinion,
    /// Positions of all cues of the sentence.
    pub(super) others: &'a [Range<usize>],
    /// How sure the cue is, in steps.
    pub(super) certainty: u64,
}

/// What lies between the cue and a position.
#[derive(Debug, Clone, Copy, Default)]
struct Between {
    commas: u64,
    verbs: u64,
    marks: u64,
    that: bool,
    quoted: u64,
    cues: u64,
}

impl Between {
    fn past(mut self, look: Look, cue: bool) -> Self {
        self.commas = (self.commas + u64::from(look.comma)).min(4);
        self.verbs = (self.verbs + u64::from(look.is_verb)).min(5);
        self.quoted = (self.quoted + u64::from(look.quoted)).min(3);
        self.cues = (self.cues + u64::from(cue)).min(3);
        self.that |= look.that;
        if look.mark {
            self.marks = mix(self.marks, look.word);
        }
        self
    }
}

/// The features of each position of a view beside its cue.
pub(super) fn span_features(view: &CueView<'_>) -> Vec<Features> {
    let between = betweens(view);
    view.range.clone().zip(between).map(|(index, between)| span_position(view, index, between)).collect()
}

/// What lies between each position and the cue, position by position.
fn betweens(view: &CueView<'_>) -> Vec<Between> {
    let mut all = vec![Between::default(); view.range.len()];
    let starts_cue = |index: usize| view.others.iter().any(|o| o.start == index && o.start != view.cue.start);
    let mut state = Between::default();
    for index in view.cue.end..view.range.end {
        all[index - view.range.start] = state;
        state = state.past(view.looks[index], starts_cue(index));
    }
    state = Between::default();
    for index in (view.range.start..view.cue.start).rev() {
        all[index - view.range.start] = state;
        state = state.past(view.looks[index], starts_cue(index));
    }
    all
}

fn span_position(view: &CueView<'_>, index: usize, between: Between) -> Features {
    let window = Window { looks: view.looks, range: view.range.clone() };
    let mut c = Collector::starting_at(200, 64);
    let [b2, b1, here, a1, a2]: [Look; 5] = std::array::from_fn(|k| window.at(index, k as isize - 2));
    let cue = window.at(view.cue.start, 0);
    let cue_last = window.at(view.cue.end.max(1) - 1, 0);
    let cue_before = window.at(view.cue.start, -1);
    let cue_after = window.at(view.cue.end, 0);
    let side = side(view, index);
    let distance = side * 32 + distance(view, index);
    c.add(side);
    c.add(distance);
    c.pair(distance, here.tag);
    c.pair(distance, cue.lemma);
    c.pair(distance, view.opinion.value);
    c.pair(side, here.word);
    c.pair(side, b1.word);
    c.pair(side, a1.word);
    c.triple(side, cue.lemma, here.tag);
    c.triple(side, cue.word, here.tag);
    c.triple(side, cue.lemma, here.word);
    c.triple(side, cue_last.word, b1.tag);
    c.pair(side, cue.tag);
    c.pair(side, view.opinion.value);
    c.triple(side, view.opinion.value, here.tag);
    c.triple(side, cue_before.tag, cue_after.tag);
    c.triple(side, cue.lemma, cue_after.tag);
    c.triple(side, cue_last.word, cue_after.tag);
    c.triple(side, cue.tag, mix(cue_before.tag, cue_after.tag));
    c.triple(side, b1.tag, mix(here.tag, a1.tag));
    c.triple(side, b2.tag, mix(b1.tag, here.tag));
    c.triple(side, here.tag, mix(a1.tag, a2.tag));
    c.triple(side, b1.word, here.tag);
    c.triple(side, here.tag, a1.word);
    c.pair(side, between.commas);
    c.pair(side, between.verbs);
    c.triple(side, between.commas, mix(between.verbs, here.tag));
    c.triple(side, between.marks, here.tag);
    c.triple(side, between.marks, a1.tag);
    c.triple(side, between.quoted, here.tag);
    c.triple(side, between.cues, here.tag);
    c.triple(side, between.cues, a1.tag);
    c.triple(side, u64::from(between.that), mix(here.tag, b1.tag));
    c.triple(side, u64::from(between.that), cue.lemma);
    let subject = membership(view.opinion.subject.as_slice(), index);
    let content = membership(&view.opinion.content, index);
    c.pair(side, subject);
    c.pair(side, content);
    c.triple(subject, content, view.opinion.value);
    c.triple(subject, content, cue.lemma);
    c.triple(subject, content, here.tag);
    c.pair(content, mix(side, between.commas));
    c.pair(side, view.certainty);
    c.triple(side, view.certainty, cue.lemma);
    let ends = u64::from(index == view.sentence.start)
        + 2 * u64::from(index + 1 == view.sentence.end)
        + 4 * u64::from(index + 2 == view.sentence.end);
    c.pair(side, ends);
    c.triple(side, ends, here.tag);
    c.triple(side, ends, between.commas);
    let outside = if index < view.sentence.start { 1 } else { 2 * u64::from(index >= view.sentence.end) };
    c.triple(outside, here.tag, cue.lemma);
    c.triple(outside, here.tag, cue.tag);
    c.features
}

fn side(view: &CueView<'_>, index: usize) -> u64 {
    if index < view.cue.start { 1 } else { 2 + u64::from(index >= view.cue.end) }
}

fn distance(view: &CueView<'_>, index: usize) -> u64 {
    let steps = if index < view.cue.start {
        view.cue.start - index
    } else {
        (index + 1).saturating_sub(view.cue.end)
    };
    match steps {
        0..=6 => steps as u64,
        7..=9 => 7,
        10..=14 => 8,
        15..=24 => 9,
        _ => 10,
    }
}

/// Where in some spans an item lies: outside, at the start, inside, at the end, or the whole of one.
fn membership(spans: &[Range<usize>], index: usize) -> u64 {
    let Some(span) = spans.iter().find(|s| s.contains(&index)) else {
        let before = spans.iter().any(|s| s.start == index + 1);
        let after = spans.iter().any(|s| s.end == index);
        return if spans.is_empty() { 0 } else { 1 + u64::from(before) + 2 * u64::from(after) };
    };
    8 + u64::from(index == span.start) + 2 * u64::from(index + 1 == span.end)
}
