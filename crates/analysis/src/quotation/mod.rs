//! What an article reports people to have said.
//!
//! Text between quotation marks is folded into one item of its sentence (`line`); the words that attribute are found with
//! their subjects (`cue`); sieves from the surest sign to the weakest attribute each quoted stretch (`attribution`); what
//! a verb of saying governs without marks is reported speech (`clause`), as are the turns of an interview (`transcript`); the subject is resolved to a chain of the
//! article's names (`resolution`).

mod attribution;
mod clause;
mod combination;
mod cue;
mod headlines;
mod lexicon;
mod line;
mod marks;
mod noun_phrase;
mod resolution;
pub mod tagger;
mod transcript;

use parallax_model::{Document, Quotation, QuotationKind, Span, Speaker};

use self::attribution::{Attribution, attribute_quoted};
use self::clause::reported_clauses;
use self::combination::{combined, is_speech, speech};
use self::line::Line;
use self::marks::{Quoted, quoted};
use self::resolution::Resolver;
use self::tagger::{Reading, Tagger};

/// Finds the quotations of an article whose names are known, by position.
///
/// English is read for who says what and for reported speech; of other languages, only what stands between marks is given.
pub fn quotations(document: &Document) -> Vec<Quotation> {
    let text = document.text();
    if !document.article.is_english() {
        return quoted(text, &document.segments).iter().map(by_marks).collect();
    }
    let reading = Reading::new(text, &document.segments);
    let found = match tagger::carried() {
        Some(tagger) => speech(text, &reading, tagger),
        None => by_rules(text, &reading),
    };
    resolved(document, &reading, &found)
}

/// Finds only what stands between quotation marks as somebody's words, by position and without who says it. The marks alone decide that, so it is
/// the same as in [`quotations`], for a fraction of the time.
pub fn quoted_words(document: &Document) -> Vec<Quotation> {
    let text = document.text();
    let reading = Reading::new(text, &document.segments);
    let found = attribute_quoted(text, &reading.line, &reading.quoted, &reading.cues);
    let quotation = |a| quotation(text, &reading.line, &reading.quoted, a, Speaker::default);
    found.iter().filter_map(quotation).collect()
}

fn by_rules(text: &str, reading: &Reading) -> Vec<Attribution> {
    let mut found = attribute_quoted(text, &reading.line, &reading.quoted, &reading.cues);
    let clauses = reported_clauses(&reading.line, &reading.cues, &found);
    found.extend(clauses);
    found.sort_by_key(|a| a.contents.first().map_or(0, |c| c.start));
    found
}

/// Finds what an article attributes to anybody, beliefs and intentions included, by position.
pub fn attributions(document: &Document) -> Vec<Quotation> {
    attributions_with(document, tagger::carried())
}

/// [`attributions`] with a tagger of one's own, or with the rules alone.
pub fn attributions_with(document: &Document, tagger: Option<&Tagger>) -> Vec<Quotation> {
    match tagger.filter(|_| document.article.is_english()) {
        None => quotations(document),
        Some(tagger) => {
            let reading = Reading::new(document.text(), &document.segments);
            resolved(document, &reading, &combined(document.text(), &reading, tagger))
        }
    }
}

fn resolved(document: &Document, reading: &Reading, found: &[Attribution]) -> Vec<Quotation> {
    let mut resolver = Resolver::new(document, &reading.line);
    let text = document.text();
    let quotation = |a| quotation(text, &reading.line, &reading.quoted, a, || resolver.speaker(a));
    let mut quotations: Vec<Quotation> = found.iter().filter_map(quotation).collect();
    headlines::take_speakers(text, &mut quotations);
    quotations
}

/// A stretch in marks of which nothing more is known.
fn by_marks(quoted: &Quoted) -> Quotation {
    Quotation {
        kind: QuotationKind::Direct,
        spans: vec![quoted.inner],
        cue: None,
        speaker: Default::default(),
        speech: true,
        rule: "marks",
        confidence: 0.5,
    }
}

fn quotation(
    text: &str,
    line: &Line,
    quoted: &[Quoted],
    attribution: &Attribution,
    speaker: impl FnOnce() -> Speaker,
) -> Option<Quotation> {
    let span_of = |items: &std::ops::Range<usize>| span_of(text, line, quoted, items);
    let spans: Vec<Span> = attribution.contents.iter().filter_map(span_of).collect();
    (!spans.is_empty()).then(|| Quotation {
        kind: attribution.kind,
        spans,
        cue: attribution.cue.as_ref().and_then(span_of),
        speaker: speaker(),
        speech: is_speech(line, attribution),
        rule: attribution.rule,
        confidence: attribution.confidence,
    })
}

/// The text of some items; of a quoted stretch alone, what its marks enclose.
fn span_of(text: &str, line: &Line, quoted: &[Quoted], items: &std::ops::Range<usize>) -> Option<Span> {
    let items = line.items.get(items.clone())?;
    if let [item] = items
        && let Some(index) = item.quoted()
    {
        return Some(quoted.get(index)?.inner);
    }
    let span = items.first()?.span.join(items.last()?.span).trimmed(text);
    (!span.is_empty()).then_some(span)
}
