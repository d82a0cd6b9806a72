//! What an article reports people to have said.
//!
//! Text between quotation marks is folded into one item of its sentence ([`line`]); the words that attribute are found with
//! their subjects ([`cue`]); sieves from the surest sign to the weakest attribute each quoted stretch ([`attribution`]); what
//! a verb of saying governs without marks is reported speech ([`clause`]); the subject is resolved to a chain of the
//! article's names ([`resolution`]).

mod attribution;
mod clause;
mod cue;
mod lexicon;
mod line;
mod marks;
mod noun_phrase;
mod resolution;

use parallax_model::{Document, Quotation, QuotationKind, Span};

use self::attribution::{Attribution, all_cues, attribute_quoted};
use self::clause::reported_clauses;
use self::line::{Line, fold};
use self::marks::{Quoted, quoted};
use self::resolution::Resolver;

/// Finds the quotations of an article whose names are known, by position.
///
/// English is read for who says what and for reported speech; of other languages, only what stands between marks is given.
pub fn quotations(document: &Document) -> Vec<Quotation> {
    let text = document.text();
    let quoted = quoted(text, &document.segments);
    if !document.article.is_english() {
        return quoted.iter().map(by_marks).collect();
    }
    let line = fold(text, &document.segments, &quoted);
    let cues = all_cues(&line);
    let mut found = attribute_quoted(text, &line, &quoted, &cues);
    found.extend(reported_clauses(&line, &cues));
    found.sort_by_key(|a| a.contents.first().map_or(0, |c| c.start));
    let mut resolver = Resolver::new(document, &line);
    found.iter().filter_map(|a| quotation(text, &line, &quoted, a, &mut resolver)).collect()
}

/// A stretch in marks of which nothing more is known.
fn by_marks(quoted: &Quoted) -> Quotation {
    Quotation {
        kind: QuotationKind::Direct,
        spans: vec![quoted.inner],
        cue: None,
        speaker: Default::default(),
        rule: "marks",
        confidence: 0.5,
    }
}

fn quotation(
    text: &str,
    line: &Line,
    quoted: &[Quoted],
    attribution: &Attribution,
    resolver: &mut Resolver<'_>,
) -> Option<Quotation> {
    let span_of = |items: &std::ops::Range<usize>| span_of(text, line, quoted, items);
    let spans: Vec<Span> = attribution.contents.iter().filter_map(span_of).collect();
    (!spans.is_empty()).then(|| Quotation {
        kind: attribution.kind,
        spans,
        cue: attribution.cue.as_ref().and_then(span_of),
        speaker: resolver.speaker(attribution.subject.as_ref()),
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
