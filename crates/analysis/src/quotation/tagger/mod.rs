//! A trained tagger for who says what: it finds the words that attribute, and for each of them the words that name the speaker
//! and the words that are attributed.
//!
//! Two conditional random fields: the first marks cues in a sentence; the second looks at the items around one cue, with
//! features of their place beside it, and marks speaker and content. So a sentence with three attributions is read three
//! times, and their contents may lie in one another. `models/quotation` holds the trainer and the model card.

pub mod crf;
mod features;
mod look;
mod weights;

use std::ops::Range;
use std::sync::LazyLock;

use parallax_model::{Segmentation, Span};

pub use self::features::Features;
use self::features::{CueView, RuleOpinion, cue_features, item_features, span_features};
use self::look::{Look, looks};
pub use self::weights::Weights;
use super::attribution::all_cues;
use super::clause::governed;
use super::cue::Cue;
use super::line::{ItemKind, Line, fold};
use super::marks::{Quoted, quoted};

/// Labels of the first field.
pub const CUE_LABELS: usize = 3;
/// Labels of the second field.
pub const SPAN_LABELS: usize = 7;
/// No part of anything.
pub const OUTSIDE: u8 = 0;
/// The first item of a cue, or of a speaker.
pub const BEGIN: u8 = 1;
/// A further item of a cue, or of a speaker.
pub const INSIDE: u8 = 2;
/// The first item of a content of several.
pub const CONTENT_BEGIN: u8 = 3;
/// An item between the first and the last of a content.
pub const CONTENT_INSIDE: u8 = 4;
/// The last item of a content of several.
pub const CONTENT_END: u8 = 5;
/// A content of one item.
pub const CONTENT_UNIT: u8 = 6;

/// Items further than this from the cue are not looked at.
const REACH: usize = 90;

/// Whether a cue's label may follow another.
pub fn cue_step(from: Option<usize>, to: usize) -> bool {
    to != INSIDE as usize || from.is_some_and(|f| f != OUTSIDE as usize)
}

/// Whether a label of the second field may follow another.
pub fn span_step(from: Option<usize>, to: usize) -> bool {
    let open = matches!(from.map(|f| f as u8), Some(CONTENT_BEGIN | CONTENT_INSIDE));
    match to as u8 {
        CONTENT_INSIDE | CONTENT_END => open,
        INSIDE => matches!(from.map(|f| f as u8), Some(BEGIN | INSIDE)),
        _ => !open,
    }
}

/// A text as the tagger reads it.
#[derive(Debug)]
pub struct Reading {
    pub(super) line: Line,
    pub(super) quoted: Vec<Quoted>,
    /// What the rules hold for cues, by sentence.
    pub(super) cues: Vec<Vec<Cue>>,
    looks: Vec<Look>,
}

impl Reading {
    /// Reads a text.
    pub fn new(text: &str, segments: &Segmentation) -> Self {
        let quoted = quoted(text, segments);
        let line = fold(text, segments, &quoted);
        let cues = all_cues(&line);
        let looks = looks(text, &line.items);
        Self { line, quoted, cues, looks }
    }

    /// How many sentences it has.
    pub fn sentences(&self) -> usize {
        self.line.sentences.len()
    }

    /// The items of the sentence at `index`.
    pub fn sentence(&self, index: usize) -> Range<usize> {
        self.line.sentences[index].items.clone()
    }

    /// The sentence that holds the item at `item`.
    pub fn sentence_of(&self, item: usize) -> usize {
        self.line.sentence_of(item).unwrap_or(self.sentences().saturating_sub(1))
    }

    /// The items that lie for the greater part inside `span`.
    pub fn items_in(&self, span: Span) -> Option<Range<usize>> {
        let start = self.line.items.partition_point(|i| i.span.end <= span.start);
        let inside = |i: &&super::line::Item| 2 * i.span.overlap(span) > i.span.len();
        let first = start + self.line.items[start..].iter().take(2).position(|i| inside(&i))?;
        let count = self.line.items[first..].iter().take_while(inside).count();
        Some(first..first + count)
    }

    /// The items without marks at either end.
    pub fn trimmed(&self, items: Range<usize>) -> Option<Range<usize>> {
        let mark = |index: usize| self.line.items[index].kind == ItemKind::Mark;
        let start = items.clone().find(|&i| !mark(i))?;
        let end = items.rev().find(|&i| !mark(i))? + 1;
        Some(start..end)
    }

    /// The features for finding cues in the sentence at `index`.
    pub fn cue_features(&self, index: usize) -> Vec<Features> {
        cue_features(&self.looks, &self.sentence(index), &self.cues[index])
    }

    /// The features of each item of the sentence at `index`, whatever the cue.
    pub fn item_features(&self, index: usize) -> Vec<Features> {
        item_features(&self.looks, &self.sentence(index))
    }

    /// The items in which speaker and content of a cue are looked for: its sentence, with quotations that stand alone beside it.
    pub fn reach(&self, cue: &Range<usize>) -> Range<usize> {
        let home = self.sentence_of(cue.start);
        let sentences = &self.line.sentences;
        let paragraph = sentences[home].paragraph;
        let alone = |index: &usize| self.stands_alone(*index);
        let ends_open = self.line.items[self.sentence(home)].last().is_some_and(|i| i.is_mark(":"));
        let last = (home + 1..sentences.len().min(home + 7))
            .take_while(|i| alone(i) && (sentences[*i].paragraph == paragraph || ends_open && *i == home + 1))
            .last()
            .unwrap_or(home);
        let first = (home.saturating_sub(2)..home)
            .rev()
            .take_while(|i| alone(i) && sentences[*i].paragraph == paragraph)
            .last();
        let range = sentences[first.unwrap_or(home)].items.start..sentences[last].items.end;
        range.start.max(cue.start.saturating_sub(REACH))..range.end.min(cue.end + REACH)
    }

    fn stands_alone(&self, sentence: usize) -> bool {
        self.line.items[self.sentence(sentence)]
            .iter()
            .all(|i| i.quoted().is_some() || i.kind == ItemKind::Mark)
    }

    /// The features of the items within reach of a cue, by their place beside it.
    pub fn span_features(
        &self,
        cue: &Range<usize>,
        others: &[Range<usize>],
        probability: f32,
    ) -> Vec<Features> {
        let home = self.sentence_of(cue.start);
        let view = CueView {
            looks: &self.looks,
            range: self.reach(cue),
            sentence: self.sentence(home),
            cue: cue.clone(),
            opinion: &self.opinion(home, cue),
            others,
            certainty: certainty(probability),
        };
        span_features(&view)
    }

    fn opinion(&self, sentence: usize, cue: &Range<usize>) -> RuleOpinion {
        let rules = &self.cues[sentence];
        let index = rules.iter().position(|r| r.items.start < cue.end && cue.start < r.items.end);
        index.map_or_else(RuleOpinion::default, |index| {
            let content = governed(&self.line.items, &self.line.sentences[sentence], rules, index);
            RuleOpinion::of(&rules[index], content)
        })
    }
}

/// Steps of certainty that the second field learns from.
fn certainty(probability: f32) -> u64 {
    [0.15, 0.3, 0.5, 0.7, 0.85, 0.95].iter().filter(|&&step| probability > step).count() as u64
}

/// Words that attribute, with the probability that they do.
#[derive(Debug, Clone, PartialEq)]
pub struct CueFound {
    /// The words, as items.
    pub items: Range<usize>,
    /// Probability, 0 to 1.
    pub probability: f32,
}

/// What the tagger finds around one cue, in items of the reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Tagged {
    /// The words that attribute.
    pub cue: Range<usize>,
    /// The words that name the speaker.
    pub speaker: Option<Range<usize>>,
    /// The words attributed.
    pub contents: Vec<Range<usize>>,
    /// Probability, 0 to 1, of the cue and of these very spans.
    pub confidence: f32,
}

/// The two fields with their weights.
#[derive(Debug, Clone)]
pub struct Tagger {
    cues: Weights<CUE_LABELS>,
    spans: Weights<SPAN_LABELS>,
}

/// The tagger that the program carries.
pub fn carried() -> Option<&'static Tagger> {
    static TAGGER: LazyLock<Option<Tagger>> =
        LazyLock::new(|| Tagger::read(include_bytes!("../../../../../models/quotation/weights.bin")));
    TAGGER.as_ref()
}

impl Tagger {
    /// A tagger of the two fields' weights.
    pub const fn new(cues: Weights<CUE_LABELS>, spans: Weights<SPAN_LABELS>) -> Self {
        Self { cues, spans }
    }

    /// Reads a weights file.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        Some(Self { cues: Weights::read(&mut rest)?, spans: Weights::read(&mut rest)? })
    }

    /// The weights file's bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.cues.write(&mut bytes);
        self.spans.write(&mut bytes);
        bytes
    }

    /// The attributions of a text, by the position of their cues.
    pub fn tag(&self, reading: &Reading) -> Vec<Tagged> {
        let items: Vec<[i32; SPAN_LABELS]> = (0..reading.sentences())
            .flat_map(|s| reading.item_features(s))
            .map(|f| self.spans.sum(&f))
            .collect();
        let sentences = 0..reading.sentences();
        sentences.flat_map(|sentence| self.tag_sentence(reading, sentence, &items)).collect()
    }

    fn tag_sentence(&self, reading: &Reading, sentence: usize, items: &[[i32; SPAN_LABELS]]) -> Vec<Tagged> {
        let found = find_cues(&self.cues, reading, sentence);
        let others: Vec<Range<usize>> = found.iter().map(|c| c.items.clone()).collect();
        found.iter().filter_map(|cue| self.tag_cue(reading, cue, &others, items)).collect()
    }

    fn tag_cue(
        &self,
        reading: &Reading,
        cue: &CueFound,
        others: &[Range<usize>],
        items: &[[i32; SPAN_LABELS]],
    ) -> Option<Tagged> {
        let range = reading.reach(&cue.items);
        let features = reading.span_features(&cue.items, others, cue.probability);
        let scores: Vec<_> = range
            .clone()
            .zip(&features)
            .map(|(index, features)| {
                let mut sum = self.spans.sum(features);
                sum.iter_mut().zip(items[index]).for_each(|(total, item)| *total += item);
                self.spans.scores(sum)
            })
            .collect();
        let (path, probability) = self.path_with_content(scores)?;
        let runs = runs(&path, range.start);
        let speaker = runs.iter().find(|r| r.0 == BEGIN).map(|r| r.1.clone());
        let contents = runs.into_iter().filter(|r| r.0 != BEGIN).map(|r| r.1).collect();
        Some(Tagged { cue: cue.items.clone(), speaker, contents, confidence: probability })
    }

    /// The best path with a content, unless having none is much more likely.
    fn path_with_content(&self, mut scores: Vec<crf::Scores<SPAN_LABELS>>) -> Option<(Vec<u8>, f32)> {
        /// What the label for no part is held back by, in steps, before a cue is given up. Held out articles gave the best sum
        /// of content and cue F1 here.
        const HELD_BACK: [f32; 4] = [0.1, 0.1, 0.1, 0.0];
        let (mut path, probability) = crf::best_path(&scores, self.spans.steps());
        for step in HELD_BACK {
            if path.iter().any(|&label| label >= CONTENT_BEGIN) {
                return Some((path, probability));
            }
            scores.iter_mut().for_each(|s| s[OUTSIDE as usize] -= step);
            path = crf::best_path(&scores, self.spans.steps()).0;
        }
        None
    }
}

/// The cues that a field finds in a sentence, rather one too many than one too few.
pub fn find_cues(weights: &Weights<CUE_LABELS>, reading: &Reading, sentence: usize) -> Vec<CueFound> {
    /// What the label for no cue is held back by: the second field can still turn a cue down.
    const HELD_BACK: f32 = 1.5;
    let mut scores = cue_scores(weights, reading, sentence);
    let (forward, backward, total) = crf::marginals(&scores, weights.steps());
    let outside = |at: usize| (forward[at][0] + backward[at][0] - total).exp();
    scores.iter_mut().for_each(|s| s[OUTSIDE as usize] -= HELD_BACK);
    let (path, _) = crf::best_path(&scores, weights.steps());
    let start = reading.sentence(sentence).start;
    let found = runs(&path, start).into_iter().map(|(_, items)| {
        let probability = items.clone().map(|i| 1.0 - outside(i - start)).fold(0.0, f32::max);
        CueFound { items, probability }
    });
    found.collect()
}

/// The scores of each item of a sentence for the labels of a cue.
pub fn cue_scores(
    weights: &Weights<CUE_LABELS>,
    reading: &Reading,
    sentence: usize,
) -> Vec<crf::Scores<CUE_LABELS>> {
    reading.cue_features(sentence).iter().map(|f| weights.scores(weights.sum(f))).collect()
}

/// The runs of a path with the label that begins each; `start` is the index of its first item.
fn runs(path: &[u8], start: usize) -> Vec<(u8, Range<usize>)> {
    let mut runs: Vec<(u8, Range<usize>)> = Vec::new();
    for (offset, &label) in path.iter().enumerate() {
        let at = start + offset;
        match label {
            BEGIN | CONTENT_BEGIN | CONTENT_UNIT => runs.push((label, at..at + 1)),
            OUTSIDE => {}
            _ => {
                if let Some((_, run)) = runs.last_mut() {
                    run.end = at + 1;
                }
            }
        }
    }
    runs
}
