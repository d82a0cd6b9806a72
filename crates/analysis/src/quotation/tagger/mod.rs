//! A trained tagger for who says what: it finds the words that attribute, and for each of them the words that name the speaker
//! and the words that are attributed.
//!
//! A small network of dilated convolutions (ID-CNN: Strubell, Verga, Belanger and McCallum 2017) reads each sentence; a linear
//! chain over its scores marks the cues. A second, smaller one looks at the items around one cue, with what is known of
//! their place beside it, and marks speaker and content. So a sentence with three attributions is read three times, and
//! their contents may lie in one another. `models/quotation` holds the training and the model card.

mod calibration;
mod crf;
mod lanes;
mod look;
mod model;
mod network;
mod place;
mod weights;

use std::ops::Range;
use std::sync::LazyLock;

use parallax_model::{QuotationKind, Segmentation, Span};

use self::calibration::Curve;
pub use self::look::Signs;
use self::look::{Look, looks};
use self::model::{Around, Model, Sense};
pub use self::place::{Opinion, Place};
use self::place::{View, places};
use super::attribution::all_cues;
use super::clause::governed;
use super::cue::{Cue, CueShape, with_tellers};
use super::lexicon::CueClass;
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
pub struct Reading<'t> {
    pub(super) line: Line<'t>,
    pub(super) quoted: Vec<Quoted>,
    /// What the rules hold for cues, by sentence.
    pub(super) cues: Vec<Vec<Cue>>,
    /// The same as the tagger learnt from them.
    seen: Vec<Vec<Cue>>,
    looks: Vec<Look>,
}

impl<'t> Reading<'t> {
    /// Reads a text.
    pub fn new(text: &'t str, segments: &Segmentation) -> Self {
        let quoted = quoted(text, segments);
        let line = fold(text, segments, &quoted);
        let seen = all_cues(&line);
        let tellers = |(sentence, cues): (_, &Vec<Cue>)| with_tellers(&line, sentence, cues);
        let cues = line.sentences.iter().zip(&seen).map(tellers).collect();
        let looks = looks(text, &line.items);
        Self { line, quoted, cues, seen, looks }
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

    /// "Ada Voss (@adavoss | )": with the bracket that closes the one inside.
    fn with_its_bracket(&self, items: Range<usize>) -> Range<usize> {
        let is = |index: usize, mark: &str| self.line.items.get(index).is_some_and(|i| i.is_mark(mark));
        let last = items.clone().rev().find(|&i| is(i, "(") || is(i, ")"));
        let closes = last.is_some_and(|i| is(i, "(")) && is(items.end, ")");
        items.start..items.end + usize::from(closes)
    }

    /// The hashes that the network is given for each item of the sentence at `index`: of the word, its last letters, its
    /// class, its form, and what the rules hold it for.
    pub fn keys(&self, index: usize) -> Vec<[u32; 5]> {
        let rules = &self.seen[index];
        let kind = |at: usize| rules.iter().find(|cue| cue.items.contains(&at)).map_or(0, cue_kind);
        self.sentence(index)
            .map(|at| {
                let [word, suffix, class, form] = self.looks[at].keys;
                [word, suffix, class, form, kind(at)]
            })
            .collect()
    }

    /// The words of the sentence at `index` in small letters, with what a place beside a cue is told by.
    pub fn words(&self, index: usize) -> impl Iterator<Item = (&str, Signs)> {
        self.sentence(index).map(|at| (self.line.items[at].lower(), self.looks[at].signs))
    }

    /// The cues of the sentence at `index` by the rules.
    pub fn opinions(&self, index: usize) -> Vec<(Range<usize>, Opinion)> {
        self.seen[index].iter().map(|cue| (cue.items.clone(), self.opinion(index, &cue.items))).collect()
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

    /// Where the items within reach of a cue stand beside it, and what the rules hold the cue for.
    pub fn places(&self, cue: &Range<usize>, others: &[Range<usize>]) -> (Vec<Place>, u32) {
        let home = self.sentence_of(cue.start);
        let opinion = self.opinion(home, cue);
        let view = View {
            looks: &self.looks,
            range: self.reach(cue),
            sentence: self.sentence(home),
            cue: cue.clone(),
            opinion: &opinion,
            others,
        };
        (places(&view), opinion.kind)
    }

    fn opinion(&self, sentence: usize, cue: &Range<usize>) -> Opinion {
        let rules = &self.seen[sentence];
        let index = rules.iter().position(|r| r.items.start < cue.end && cue.start < r.items.end);
        index.map_or_else(Opinion::default, |index| Opinion {
            kind: cue_kind(&rules[index]),
            subject: rules[index].subject.clone(),
            content: governed(&self.line.items, &self.line.sentences[sentence], rules, index),
        })
    }
}

/// A number for the kind of a cue by the rules, above nought.
fn cue_kind(cue: &Cue) -> u32 {
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
    1 + shape + 8 * class + 32 * u32::from(cue.subject.is_some())
}

/// Words that attribute, with the probability that they do.
#[derive(Debug, Clone, PartialEq)]
struct CueFound {
    /// The words, as items.
    items: Range<usize>,
    /// Probability, 0 to 1.
    probability: f32,
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
    /// Probability, 0 to 1, of the cue and of these very contents.
    pub confidence: f32,
}

/// The network with its weights.
#[derive(Debug, Clone)]
pub struct Tagger(Model);

/// The tagger that the program carries.
pub fn carried() -> Option<&'static Tagger> {
    static TAGGER: LazyLock<Option<Tagger>> =
        LazyLock::new(|| Tagger::read(include_bytes!("../../../../../models/quotation/weights.bin")));
    TAGGER.as_ref()
}

impl Tagger {
    /// Reads a weights file.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Model::read(bytes).map(Self)
    }

    /// How often a content of this kind is right that the model is so sure of, 0 to 1.
    pub(super) fn calibrated(&self, kind: QuotationKind, given: f32) -> f32 {
        let curve = match kind {
            QuotationKind::Direct => 0,
            QuotationKind::Mixed => 1,
            QuotationKind::Indirect => 2,
        };
        self.0.calibration[curve].at(given)
    }

    /// Whether the curves of [`Self::calibrated`] are fitted.
    pub(super) fn is_calibrated(&self) -> bool {
        !self.0.calibration.iter().all(Curve::is_straight)
    }

    /// The attributions of a text, by the position of their cues.
    pub fn tag(&self, reading: &Reading) -> Vec<Tagged> {
        let senses: Vec<Sense> = (0..reading.sentences()).map(|s| self.0.sense(&reading.keys(s))).collect();
        let starts = (0..reading.sentences()).map(|s| reading.sentence(s).start);
        let senses: Vec<(usize, &Sense)> = starts.zip(&senses).collect();
        let sentences = 0..reading.sentences();
        sentences.flat_map(|sentence| self.tag_sentence(reading, sentence, &senses)).collect()
    }

    fn tag_sentence(&self, reading: &Reading, sentence: usize, senses: &[(usize, &Sense)]) -> Vec<Tagged> {
        let (start, sense) = senses[sentence];
        let found = found(&self.0.cue_steps.marginals(&sense.cues), start);
        let others: Vec<Range<usize>> = found.iter().map(|c| c.items.clone()).collect();
        found.iter().filter_map(|cue| self.tag_cue(reading, cue, &others, senses)).collect()
    }

    fn tag_cue(
        &self,
        reading: &Reading,
        cue: &CueFound,
        others: &[Range<usize>],
        senses: &[(usize, &Sense)],
    ) -> Option<Tagged> {
        let start = reading.reach(&cue.items).start;
        let (places, opinion) = reading.places(&cue.items, others);
        let scores =
            self.0.spans(&Around { senses, cue: cue.items.clone(), start, places: &places, opinion });
        let factors: Vec<_> = scores.iter().map(crf::exponentials).collect();
        let steps = &self.0.span_steps;
        let of_all = steps.growths(&factors, |_, _| true);
        let without_content = steps.probability(&factors, &of_all, |_, label| label < CONTENT_BEGIN as usize);
        if cue.probability * (1.0 - without_content) < LEAST {
            return None;
        }
        let path = self.path_with_content(&scores)?;
        let speaker =
            speaker_of(&path, start).or_else(|| speaker_of(&self.path_with_speaker(&scores, &path), start));
        let speaker = speaker.map(|items| reading.with_its_bracket(items));
        let contents = runs(&path, start).into_iter().filter(|r| r.0 != BEGIN).map(|r| r.1).collect();
        let these = steps.probability(&factors, &of_all, |t, label| match path[t] {
            CONTENT_BEGIN.. => label == path[t] as usize,
            _ => label < CONTENT_BEGIN as usize,
        });
        Some(Tagged { cue: cue.items.clone(), speaker, contents, confidence: cue.probability * these })
    }

    /// The best path with a content.
    fn path_with_content(&self, scores: &[crf::Scores<SPAN_LABELS>]) -> Option<Vec<u8>> {
        self.path_with(scores.to_vec(), 12, |label| label >= CONTENT_BEGIN)
    }

    /// The best path with this path's contents and, where that is little less likely, a speaker.
    fn path_with_speaker(&self, scores: &[crf::Scores<SPAN_LABELS>], path: &[u8]) -> Vec<u8> {
        let fixed = |(score, &label): (&crf::Scores<SPAN_LABELS>, &u8)| match label {
            CONTENT_BEGIN.. => std::array::from_fn(|y| if y == label as usize { 0.0 } else { crf::NEVER }),
            _ => *score,
        };
        let scores = scores.iter().zip(path).map(fixed).collect();
        self.path_with(scores, 4, |label| label == BEGIN).unwrap_or_default()
    }

    /// The best path with a label that is wanted, the label for no part held back a little more at each of some tries.
    fn path_with(
        &self,
        mut scores: Vec<crf::Scores<SPAN_LABELS>>,
        tries: usize,
        wanted: impl Fn(u8) -> bool,
    ) -> Option<Vec<u8>> {
        /// What the label for no part is held back by.
        const HELD_BACK: f32 = 0.15;
        for _ in 0..tries {
            let path = self.0.span_steps.best_path(&scores);
            if path.iter().any(|&label| wanted(label)) {
                return Some(path);
            }
            scores.iter_mut().for_each(|s| s[OUTSIDE as usize] -= HELD_BACK);
        }
        None
    }
}

/// The items of a path that name the speaker.
fn speaker_of(path: &[u8], start: usize) -> Option<Range<usize>> {
    runs(path, start).into_iter().find(|run| run.0 == BEGIN).map(|run| run.1)
}

/// The least probability of a cue with a content that an attribution is given for.
const LEAST: f32 = 0.28;

/// The cues of a sentence by the probabilities of its items.
fn found(marginals: &[crf::Scores<CUE_LABELS>], start: usize) -> Vec<CueFound> {
    let mut found: Vec<CueFound> = Vec::new();
    for (at, [outside, begin, inside]) in (start..).zip(marginals) {
        let probability = 1.0 - outside;
        match found.last_mut() {
            _ if probability < LEAST => {}
            Some(last) if last.items.end == at && inside >= begin => {
                last.items.end = at + 1;
                last.probability = last.probability.max(probability);
            }
            _ => found.push(CueFound { items: at..at + 1, probability }),
        }
    }
    found
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
