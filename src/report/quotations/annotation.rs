//! Quotations as W3C Web Annotations, a JSON-LD object a line, for readers and archives that know them.
//!
//! "Web Annotation Data Model", W3C Recommendation of 23 February 2017. The target is the report: its words with those around them
//! (`TextQuoteSelector`), by which they are found in the page, and their place in the text that Parallax read (`TextPositionSelector`).

use std::io;

use parallax_model::{Document, Quotation, Span as Bytes};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::jsonl::lines;
use crate::report::labels::NO_SPEAKER;
use crate::report::wire::{QuotedInRow, Span};

/// Characters before and after the words by which they are told from the same words elsewhere.
const CONTEXT: usize = 32;

/// A line for each wanted quotation.
pub(crate) fn annotations(
    document: &Document,
    is_wanted: impl Fn(&Quotation) -> bool,
) -> io::Result<Vec<u8>> {
    let rows = QuotedInRow::all(document, is_wanted);
    let quotations = rows.iter().map(|row| Annotation::new(row, document.text()));
    lines(&quotations.collect::<Vec<_>>())
}

#[derive(Serialize)]
struct Annotation<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    #[serde(rename = "type")]
    class: &'static str,
    motivation: &'static str,
    body: Body<'a>,
    target: Target<'a>,
}

/// What is said of the words.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    class: &'static str,
    format: &'static str,
    value: String,
    speaker: Option<&'a str>,
    kind: &'static str,
    speech: bool,
    cue: Option<&'a str>,
    rule: &'static str,
    confidence: f32,
}

/// One place, or several of a saying that the attribution interrupts.
#[derive(Serialize)]
#[serde(untagged)]
enum Target<'a> {
    One(Part<'a>),
    Several(Vec<Part<'a>>),
}

#[derive(Serialize)]
struct Part<'a> {
    source: &'a str,
    selector: [Selector<'a>; 2],
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    TextQuoteSelector { exact: &'a str, prefix: &'a str, suffix: &'a str },
    TextPositionSelector { start: usize, end: usize },
}

impl<'a> Annotation<'a> {
    fn new(row: &'a QuotedInRow<'a>, text: &'a str) -> Self {
        let quoted = &row.quoted;
        let quotation = &quoted.quotation;
        let places = quotation.spans.iter().zip(quoted.bytes);
        let mut parts: Vec<Part<'a>> = places.map(|(span, bytes)| part(row, text, *span, *bytes)).collect();
        let body = Body {
            class: "TextualBody",
            format: "text/plain",
            value: summary(row),
            speaker: quoted.speaker(),
            kind: quotation.kind,
            speech: quoted.speech,
            cue: quoted.cue_text,
            rule: quotation.rule,
            confidence: quotation.confidence,
        };
        Self {
            context: "http://www.w3.org/ns/anno.jsonld",
            id: urn(row),
            class: "Annotation",
            motivation: "describing",
            body,
            target: match parts.len() {
                1 => Target::One(parts.remove(0)),
                _ => Target::Several(parts),
            },
        }
    }
}

/// Who says it, in what way, for a reader that shows no more than that.
fn summary(row: &QuotedInRow<'_>) -> String {
    let quoted = &row.quoted;
    let cue = quoted.cue_text.map(|cue| format!(", “{cue}”")).unwrap_or_default();
    format!("{} ({}{cue})", quoted.speaker().unwrap_or(NO_SPEAKER), quoted.quotation.kind)
}

fn part<'a>(row: &QuotedInRow<'a>, text: &'a str, Span { start, end }: Span, bytes: Bytes) -> Part<'a> {
    let (prefix, suffix) = around(text, bytes);
    let quote = Selector::TextQuoteSelector { exact: bytes.of(text), prefix, suffix };
    Part { source: row.address(), selector: [quote, Selector::TextPositionSelector { start, end }] }
}

/// The characters before and after a place.
fn around(text: &str, place: Bytes) -> (&str, &str) {
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let first = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let last = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    (&before[first..], &after[..last])
}

/// A name of the annotation that is the same in every run: a version 8 UUID (RFC 9562) of the article and the quotation.
fn urn(row: &QuotedInRow<'_>) -> String {
    let digest = Sha256::new()
        .chain_update(row.address())
        .chain_update("\n")
        .chain_update(&row.quoted.quotation.id)
        .finalize();
    let mut bytes = [0_u8; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, digest)| *byte = digest);
    let number = u128::from_be_bytes(bytes) & !(0xf000_u128 << 64) & !(0xc000_u128 << 48)
        | (0x8000_u128 << 64)
        | (0x8000_u128 << 48);
    let hex = format!("{number:032x}");
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
