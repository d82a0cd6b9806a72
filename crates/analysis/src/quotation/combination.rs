//! What the rules and the tagger find, put together.
//!
//! Quotation marks decide what is quoted; the tagger decides, where it has an answer, who says it and by which words, and
//! what is reported without marks.

use std::ops::Range;

use parallax_model::QuotationKind;

use super::attribution::{Attribution, attribute_quoted};
use super::tagger::{Reading, Tagged, Tagger};

/// The attributions of a text by rules and tagger together, by position.
pub(super) fn combined(text: &str, reading: &Reading, tagger: &Tagger) -> Vec<Attribution> {
    let tagged = tagger.tag(reading);
    let mut found = attribute_quoted(text, &reading.line, &reading.quoted, &reading.cues);
    for attribution in &mut found {
        if let Some(tag) = tag_of(reading, &tagged, attribution) {
            adopt(attribution, tag);
        }
    }
    found.extend(tagged.iter().filter(|t| !holds_quoted(reading, &t.contents)).map(indirect));
    found.sort_by_key(|a| a.contents.first().map_or(0, |c| c.start));
    found
}

/// The tag whose content holds the quoted stretches: the closest around them, then the surest.
fn tag_of<'a>(reading: &Reading, tagged: &'a [Tagged], attribution: &Attribution) -> Option<&'a Tagged> {
    let first = attribution.contents.first()?;
    let around = |t: &&Tagged| t.contents.iter().any(|c| c.start <= first.start && first.end <= c.end);
    let _ = reading;
    let length = |t: &Tagged| t.contents.iter().map(Range::len).sum::<usize>();
    tagged
        .iter()
        .filter(around)
        .min_by(|a, b| length(a).cmp(&length(b)).then(b.confidence.total_cmp(&a.confidence)))
}

fn adopt(attribution: &mut Attribution, tag: &Tagged) {
    attribution.cue = Some(tag.cue.clone());
    if tag.speaker.is_some() {
        attribution.subject = tag.speaker.clone();
    }
    attribution.confidence = attribution.confidence.max(tag.confidence);
}

fn holds_quoted(reading: &Reading, contents: &[Range<usize>]) -> bool {
    contents.iter().flat_map(Clone::clone).any(|i| reading.line.items[i].quoted().is_some())
}

fn indirect(tag: &Tagged) -> Attribution {
    Attribution {
        kind: QuotationKind::Indirect,
        contents: tag.contents.clone(),
        cue: Some(tag.cue.clone()),
        subject: tag.speaker.clone(),
        rule: "tagger",
        confidence: tag.confidence,
    }
}
