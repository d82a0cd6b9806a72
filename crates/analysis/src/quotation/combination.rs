//! What the rules and the tagger find, put together.
//!
//! Quotation marks decide what is quoted; the tagger decides, where it has an answer, who says it and by which words, and
//! what is reported without marks.

use std::ops::Range;

use parallax_model::QuotationKind;

use super::attribution::{Attribution, SIGNATURE, attribute_quoted};
use super::clause::{has_verb, reported_clauses};
use super::cue::subject_of;
use super::lexicon::CueClass;
use super::line::{Item, Line};
use super::tagger::{Reading, Tagged, Tagger};
use super::transcript::{TRANSCRIPT, turns};

/// The attributions of a text by rules and tagger together, by position.
pub(super) fn combined(text: &str, reading: &Reading, tagger: &Tagger) -> Vec<Attribution> {
    let tagged = tagger.tag(reading);
    let mut found = quoted_by(text, reading, &tagged, tagger);
    found.extend(turns(text, &reading.line));
    for tag in tagged.iter().filter(|t| t.confidence > LEAST || !holds_quoted(reading, &t.contents)) {
        let turn = found.iter().any(|f| f.rule == TRANSCRIPT && f.cue.as_ref() == Some(&tag.cue));
        if !turn && !found.iter().any(|f| f.kind.is_quoted() && lies_in(f, tag)) {
            let kind =
                if is_one_stretch(reading, tag) { QuotationKind::Mixed } else { QuotationKind::Indirect };
            let subject = tag.speaker.clone().or_else(|| {
                holds_quoted(reading, &tag.contents).then(|| subject_of(&reading.line, &tag.cue)).flatten()
            });
            found.push(Attribution { kind, subject, ..indirect(tag, tagger) });
        }
    }
    found.retain(|f| f.kind.is_quoted() || f.confidence > least_of(tagger));
    found.sort_by_key(position);
    found
}

/// What is reported without marks is given where it is right more often than this: on articles left out of the training, contents
/// are found best with .3 or .35, and with .3 hardly a cue less. Before the calibration all are given, for it to see.
fn least_of(tagger: &Tagger) -> f32 {
    const LIKELY: f32 = 0.3;
    if tagger.is_calibrated() { LIKELY } else { 0.0 }
}

/// Below this confidence a tag over marks that the rules take for a title or a term is not given.
const LEAST: f32 = 0.2;

/// Below this confidence a tag does not take the place of another cue with a subject that the rules found.
const SURE_ENOUGH: f32 = 0.6;

/// Whether what is tagged is one stretch between marks.
fn is_one_stretch(reading: &Reading, tag: &Tagged) -> bool {
    let [content] = tag.contents.as_slice() else { return false };
    content.len() == 1 && holds_quoted(reading, &tag.contents)
}

/// Whether a quoted saying lies in what is tagged.
fn lies_in(saying: &Attribution, tag: &Tagged) -> bool {
    saying.contents.iter().any(|s| tag.contents.iter().any(|c| c.start <= s.start && s.end <= c.end))
}

/// The same without beliefs and intentions: what is reported as said or written.
pub(super) fn speech(text: &str, reading: &Reading, tagger: &Tagger) -> Vec<Attribution> {
    let tagged = tagger.tag(reading);
    let mut found = quoted_by(text, reading, &tagged, tagger);
    let clauses = reported_clauses(&reading.line, &reading.cues, &found);
    let said = tagged
        .iter()
        .filter(|t| is_said(reading, t) && !found.iter().any(|f| lies_in(f, t)) && is_clause(reading, t))
        .map(|tag| indirect(tag, tagger));
    let new: Vec<Attribution> =
        said.filter(|s| s.confidence > least_of(tagger) && !clauses.iter().any(|c| meet(c, s))).collect();
    found.extend(clauses);
    found.extend(new);
    found.extend(turns(text, &reading.line));
    found.sort_by_key(position);
    found
}

fn position(attribution: &Attribution) -> usize {
    attribution.contents.first().map_or(0, |c| c.start)
}

/// Quoted stretches, with the tagger's cue and speaker where it has them.
fn quoted_by(text: &str, reading: &Reading, tagged: &[Tagged], tagger: &Tagger) -> Vec<Attribution> {
    let mut found = attribute_quoted(text, &reading.line, &reading.quoted, &reading.cues);
    for attribution in &mut found {
        let tag = tag_of(tagged, attribution);
        attribution.confidence = tagger.calibrated(attribution.kind, sureness(attribution, tag));
        if let Some(tag) = tag {
            adopt(&reading.line, attribution, tag);
        }
        if attribution.subject.is_none()
            && let Some(cue) = &attribution.cue
        {
            attribution.subject = subject_of(&reading.line, cue);
        }
    }
    found
}

/// How sure rule and tagger are together, before the calibration. Signatures are too seldom in what the tagger learnt from.
fn sureness(attribution: &Attribution, tag: Option<&Tagged>) -> f32 {
    if attribution.rule == SIGNATURE {
        return attribution.confidence;
    }
    f32::midpoint(attribution.confidence, tag.map_or(0.0, |tag| tag.confidence))
}

/// Whether what is tagged has a finite verb: "the talks" are discussed, not said.
fn is_clause(reading: &Reading, tag: &Tagged) -> bool {
    tag.contents.iter().any(|content| has_verb(&reading.line.items[content.clone()]))
}

/// Whether a verb of saying attributes.
fn is_said(reading: &Reading, tag: &Tagged) -> bool {
    reading.line.items[tag.cue.clone()].iter().any(is_verb_of_saying)
}

fn is_verb_of_saying(item: &Item) -> bool {
    item.verb.is_some_and(|verb| verb.class == CueClass::Speech) || item.lower() == "according"
}

/// Whether an attribution reports something said or written: whatever stands in marks, and what a word of saying governs.
pub(super) fn is_speech(line: &Line, attribution: &Attribution) -> bool {
    let cue = attribution.cue.clone().and_then(|cue| line.items.get(cue)).unwrap_or_default();
    attribution.kind.is_quoted()
        || attribution.rule == TRANSCRIPT
        || cue.iter().any(|i| is_verb_of_saying(i) || i.classes.is_word_of_saying())
}

/// Whether two attributions have an item of content in common, or the cue.
fn meet(a: &Attribution, b: &Attribution) -> bool {
    let touch = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let cue = a.cue.as_ref().zip(b.cue.as_ref()).is_some_and(|(a, b)| touch(a, b));
    cue || a.contents.iter().any(|x| b.contents.iter().any(|y| touch(x, y)))
}

/// The tag whose content holds the quoted stretches: the closest around them, then the surest.
fn tag_of<'a>(tagged: &'a [Tagged], attribution: &Attribution) -> Option<&'a Tagged> {
    let first = attribution.contents.first()?;
    let around = |t: &&Tagged| t.contents.iter().any(|c| c.start <= first.start && first.end <= c.end);
    let length = |t: &Tagged| t.contents.iter().map(Range::len).sum::<usize>();
    tagged
        .iter()
        .filter(around)
        .min_by(|a, b| length(a).cmp(&length(b)).then(b.confidence.total_cmp(&a.confidence)))
}

/// Takes the tag's cue and speaker, the speaker only where none stands right before the rule's cue, unless a cue right behind the
/// quotation settles them, or the tag's is an infinitive behind the rule's cue: what "wrote that he met Voss to discuss" governs is
/// what was written, and not by Voss.
fn adopt(line: &Line, attribution: &mut Attribution, tag: &Tagged) {
    let elsewhere =
        attribution.cue.as_ref().is_some_and(|cue| cue.end <= tag.cue.start || tag.cue.end <= cue.start);
    let governed =
        is_infinitive(line, &tag.cue) && attribution.cue.as_ref().is_some_and(|cue| cue.end <= tag.cue.start);
    let settled = attribution.subject.is_some() && (tag.confidence < SURE_ENOUGH || governed);
    if elsewhere && (settled || matches!(attribution.rule, "cue-after-quotation" | "dash" | SIGNATURE)) {
        return;
    }
    let beside = !elsewhere
        && attribution.subject.as_ref().zip(tag.speaker.as_ref()).is_some_and(|(own, other)| {
            let apart = other.end <= own.start || own.end <= other.start;
            apart && attribution.cue.as_ref().is_some_and(|cue| own.end == cue.start)
        });
    attribution.cue = Some(tag.cue.clone());
    if tag.speaker.is_some() && !beside {
        attribution.subject = tag.speaker.clone();
    }
}

/// "to discuss", "to | discuss".
fn is_infinitive(line: &Line, cue: &Range<usize>) -> bool {
    let is_to = |index: usize| line.items.get(index).is_some_and(|i| i.lower() == "to");
    is_to(cue.start) || cue.start.checked_sub(1).is_some_and(is_to)
}

fn holds_quoted(reading: &Reading, contents: &[Range<usize>]) -> bool {
    contents.iter().flat_map(Clone::clone).any(|i| reading.line.items[i].quoted().is_some())
}

fn indirect(tag: &Tagged, tagger: &Tagger) -> Attribution {
    Attribution {
        kind: QuotationKind::Indirect,
        contents: tag.contents.clone(),
        cue: Some(tag.cue.clone()),
        subject: tag.speaker.clone(),
        rule: "tagger",
        confidence: tagger.calibrated(QuotationKind::Indirect, tag.confidence),
    }
}
