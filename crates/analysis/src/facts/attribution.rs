//! Statements that agree in what they say, but not in whom they credit with it or in the words they quote.

use parallax_model::{Agreement, Document, Place, Quotation, QuotationKind};

use super::wording::{Context, Wording, likeness};
use crate::align;
use crate::embedding::{Lexicon, WordId};

/// Quoted words less alike than this are not the same words in another wording.
const UNLIKE_WORDS: f32 = 0.35;

/// Two clauses this alike are one statement, whoever is credited with it; what different people say in less like words they say each for
/// themselves, as nearly all did of whom this was told in 40 events that were read.
const ONE_STATEMENT: f32 = 0.65;

/// Two articles that credit different people with the same statement.
pub(super) fn unlike_speakers(
    documents: &[Document],
    context: &Context,
    group: &[&Wording],
    lexicon: &Lexicon,
) -> Option<(Agreement, String)> {
    let credited: Vec<Credited<'_>> =
        group.iter().filter_map(|wording| Credited::of(wording, documents, context)).collect();
    let mut pairs =
        credited.iter().enumerate().flat_map(|(at, a)| credited[at + 1..].iter().map(move |b| (a, b)));
    let (a, b) = pairs
        .find(|(a, b)| a.is_another(b) && likeness(a.statement, b.statement, lexicon) >= ONE_STATEMENT)?;
    Some((Agreement::Differ, format!("Credited to {} in one article, to {} in another.", a.name, b.name)))
}

/// A statement with whoever an article credits with it.
struct Credited<'d> {
    statement: &'d Wording,
    entity: usize,
    name: &'d str,
}

impl<'d> Credited<'d> {
    fn of(statement: &'d Wording, documents: &'d [Document], context: &Context) -> Option<Self> {
        let place = statement.place;
        let quotation = quotations(documents, place)
            .find(|q| q.spans.iter().any(|s| 10 * s.overlap(place.span) >= 7 * place.span.len()))?;
        let entity = context.entity(place.article, quotation.speaker.chain?)?;
        Some(Self { statement, entity, name: quotation.speaker.name.as_deref()? })
    }

    /// Whether another article credits somebody else. Who has the same surname may be the same.
    fn is_another(&self, other: &Self) -> bool {
        let surname = |name: &str| name.split_whitespace().next_back().map(str::to_lowercase);
        self.statement.place.article != other.statement.place.article
            && self.entity != other.entity
            && surname(self.name) != surname(other.name)
    }
}

/// Two articles that quote the same person with different words in the same place.
pub(super) fn unlike_words(
    documents: &[Document],
    context: &Context,
    places: &[Place],
    lexicon: &mut Lexicon,
) -> Option<(Agreement, String)> {
    let quoted: Vec<Fragment<'_>> =
        places.iter().flat_map(|&place| fragments(documents, context, place, lexicon)).collect();
    let pair = quoted.iter().enumerate().find_map(|(at, a)| {
        let b = quoted[at + 1..].iter().find(|b| a.article != b.article && a.speaker == b.speaker)?;
        let met = |x: &Fragment<'_>, y: &Fragment<'_>| {
            quoted
                .iter()
                .filter(|z| z.article == y.article)
                .all(|z| align::similarity(&x.words, &z.words, lexicon) < UNLIKE_WORDS)
        };
        (met(a, b) && met(b, a)).then_some((a, b))
    })?;
    Some((
        Agreement::Differ,
        format!("The articles quote different words: “{}” and “{}”.", pair.0.text, pair.1.text),
    ))
}

/// Some words in quotation marks inside a statement.
struct Fragment<'d> {
    article: usize,
    speaker: usize,
    text: &'d str,
    words: Vec<WordId>,
}

fn fragments<'d>(
    documents: &'d [Document],
    context: &Context,
    place: Place,
    lexicon: &mut Lexicon,
) -> Vec<Fragment<'d>> {
    let Some(document) = documents.get(place.article) else { return Vec::new() };
    let mut found = Vec::new();
    for quotation in quotations(documents, place).filter(|q| q.kind == QuotationKind::Mixed) {
        let Some(speaker) = quotation.speaker.chain.and_then(|chain| context.entity(place.article, chain))
        else {
            continue;
        };
        for span in quotation.spans.iter().filter(|span| place.span.contains(**span)) {
            let words = document
                .segments
                .tokens_in(*span)
                .iter()
                .map(|t| lexicon.intern(t.span.of(document.text())))
                .collect();
            found.push(Fragment { article: place.article, speaker, text: span.of(document.text()), words });
        }
    }
    found
}

/// The quotations that a place has a part in.
fn quotations(documents: &[Document], place: Place) -> impl Iterator<Item = &Quotation> {
    let all = documents.get(place.article).map_or(&[][..], |document| document.quotations.as_slice());
    all.iter().filter(move |quotation| quotation.spans.iter().any(|span| span.overlaps(place.span)))
}
