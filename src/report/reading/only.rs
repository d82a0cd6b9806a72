//! What only one report has.

use parallax_model::{
    Agreement, Comparison, Document, Fact, FactKind, QuotationKind, QuotationRef, Rendition, Utterance,
};

use super::sayings::{credited, words};

/// What one report has and no other.
#[derive(Debug)]
pub(crate) struct Only<'a> {
    /// Sentences that share no passage with another report, furniture left out.
    pub(crate) sentences: usize,
    /// Sentences in all, furniture left out.
    pub(crate) of_sentences: usize,
    /// Its sayings that no other report carries: those between quotation marks first.
    pub(crate) sayings: Vec<OnlySaying<'a>>,
    /// Its facts that no other report carries, sayings left out, with their index among the facts of the comparison.
    pub(crate) facts: Vec<(usize, &'a Fact)>,
}

/// A saying that one report alone carries.
#[derive(Debug)]
pub(crate) struct OnlySaying<'a> {
    /// Its index among the utterances of the comparison.
    pub(crate) index: usize,
    pub(crate) quotation: QuotationRef,
    pub(crate) kind: QuotationKind,
    pub(crate) speaker: Option<&'a str>,
    pub(crate) words: String,
}

/// What each report has alone, in the order of the reports.
pub(super) fn by_report(comparison: &Comparison) -> Vec<Only<'_>> {
    let mut only: Vec<_> =
        (0..comparison.documents.len()).map(|article| sentences(comparison, article)).collect();
    for (index, utterance) in comparison.utterances.iter().enumerate() {
        if let Some(rendition) = single(utterance) {
            add(&mut only[rendition.quotation.article].sayings, saying(comparison, index, rendition));
        }
    }
    for (index, fact) in comparison.facts.iter().enumerate() {
        let is_saying = fact.kind == FactKind::Position;
        let Some(report) = fact.reports.first().filter(|_| fact.agreement == Agreement::Single && !is_saying)
        else {
            continue;
        };
        let facts = &mut only[report.place.article].facts;
        if !facts.iter().any(|(_, other)| other.statement == fact.statement) {
            facts.push((index, fact));
        }
    }
    for only in &mut only {
        only.sayings.sort_by_key(|saying| (saying.kind, saying.quotation));
    }
    only
}

/// Adds a saying to those of its report: a quotation stands once, with all its sentences, and so do words that it repeats.
fn add<'a>(sayings: &mut Vec<OnlySaying<'a>>, saying: OnlySaying<'a>) {
    if sayings.iter().any(|other| other.words == saying.words) {
        return;
    }
    match sayings.iter_mut().find(|other| other.quotation == saying.quotation) {
        Some(other) => other.words = format!("{} {}", other.words, saying.words),
        None => sayings.push(saying),
    }
}

/// The first rendition of a saying that one report alone carries.
fn single(utterance: &Utterance) -> Option<&Rendition> {
    let first = utterance.renditions.first()?;
    let alone = |r: &Rendition| r.quotation.article == first.quotation.article;
    utterance.renditions.iter().all(alone).then_some(first)
}

fn saying<'a>(comparison: &'a Comparison, index: usize, rendition: &Rendition) -> OnlySaying<'a> {
    let at = rendition.quotation;
    let quotation = &comparison.documents[at.article].quotations[at.quotation];
    OnlySaying {
        index,
        quotation: at,
        kind: quotation.kind,
        speaker: credited(comparison, at.article, quotation),
        words: words(comparison, rendition),
    }
}

fn sentences<'a>(comparison: &'a Comparison, article: usize) -> Only<'a> {
    let document = &comparison.documents[article];
    let shared = comparison.passages.iter().flat_map(|p| [p.a, p.b]).filter(|place| place.article == article);
    let shared: Vec<_> = shared.map(|place| place.span).collect();
    let body: Vec<_> = body(document).collect();
    let alone = body.iter().filter(|&&sentence| !shared.iter().any(|&s| s.overlaps(sentence)));
    Only { sentences: alone.count(), of_sentences: body.len(), sayings: Vec::new(), facts: Vec::new() }
}

fn body(document: &Document) -> impl Iterator<Item = parallax_model::Span> {
    document
        .segments
        .sentences
        .iter()
        .map(|s| s.span)
        .filter(|&s| !s.is_empty() && !document.is_boilerplate(s))
}
