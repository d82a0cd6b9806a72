//! Statements that agree in what they say, but not in whom they credit with it or in the words they quote.

use parallax_model::{Agreement, Document, Place, Quotation, QuotationKind};

use super::wording::Context;
use crate::align;
use crate::embedding::{Lexicon, WordId};

/// Quoted words less alike than this are not the same words in another wording.
const UNLIKE_WORDS: f32 = 0.35;

/// Two articles that credit different people with the same statement.
pub(super) fn unlike_speakers(
    documents: &[Document],
    context: &Context,
    places: &[Place],
) -> Option<(Agreement, String)> {
    let credited: Vec<(usize, usize, &str)> = places
        .iter()
        .filter_map(|&place| {
            let quotation = quotations(documents, place)
                .find(|q| q.spans.iter().any(|s| 10 * s.overlap(place.span) >= 7 * place.span.len()))?;
            let entity = context.entity(place.article, quotation.speaker.chain?)?;
            Some((place.article, entity, quotation.speaker.name.as_deref()?))
        })
        .collect();
    let (first, rest) = credited.split_first()?;
    let other = rest.iter().find(|other| other.0 != first.0 && other.1 != first.1)?;
    Some((Agreement::Differ, format!("Credited to {} in one article, to {} in another.", first.2, other.2)))
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
