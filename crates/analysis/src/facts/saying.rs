//! Sayings that several articles render, as facts: that somebody said this.

use std::collections::BTreeSet;

use parallax_model::{
    Agreement, Difference, Document, Effect, Entity, Fact, FactKind, Place, QuotationKind, QuotationRef,
    Rendition, RenditionRelation, Span, Utterance,
};

use super::clause::can_state;
use super::wording::is_negation;
use super::{fact, report, reported_by, words_at};

/// The utterances that two or more articles render.
pub(super) fn sayings(documents: &[Document], entities: &[Entity], utterances: &[Utterance]) -> Vec<Fact> {
    utterances.iter().filter_map(|utterance| saying(documents, entities, utterance)).collect()
}

fn saying(documents: &[Document], entities: &[Entity], utterance: &Utterance) -> Option<Fact> {
    let places: Vec<(Place, &Rendition)> = utterance
        .renditions
        .iter()
        .filter_map(|r| Some((place(documents, r)?, r)))
        .filter(|(place, rendition)| says_something(documents, *place, rendition.quotation))
        .collect();
    if places.iter().map(|(place, _)| place.article).collect::<BTreeSet<_>>().len() < 2 {
        return None;
    }
    let reference =
        places.iter().find(|(_, r)| Some(r.quotation) == utterance.reference).or(places.first())?;
    let statement = words_at(documents, reference.0);
    let reports: Vec<_> = places.iter().map(|&(place, _)| report(place)).collect();
    let verdict =
        verdict(documents, entities, utterance).unwrap_or_else(|| (Agreement::Agree, reported_by(&reports)));
    Some(fact(FactKind::Position, statement, reports, verdict))
}

/// Whether a rendition is in quotation marks, which make any words a saying, or can state something without them.
fn says_something(documents: &[Document], place: Place, at: QuotationRef) -> bool {
    let Some(document) = documents.get(at.article) else { return false };
    let is_indirect =
        document.quotations.get(at.quotation).is_some_and(|q| q.kind == QuotationKind::Indirect);
    !is_indirect || can_state(document, place.span)
}

/// The stretch of a rendition, from its first word to its last.
fn place(documents: &[Document], rendition: &Rendition) -> Option<Place> {
    let QuotationRef { article, quotation } = rendition.quotation;
    let whole = &documents.get(article)?.quotations.get(quotation)?.spans;
    let spans = rendition.spans.as_ref().filter(|spans| !spans.is_empty()).unwrap_or(whole);
    let (first, last) = (spans.first()?, spans.last()?);
    Some(Place::new(article, Span::new(first.start, last.end.max(first.end))))
}

/// What speaks against agreement: another speaker credited with the quoted words, a denial or a figure; `None` where nothing
/// does. Only words in quotation marks are held against each other: a paraphrase may put things as it likes.
fn verdict(
    documents: &[Document],
    entities: &[Entity],
    utterance: &Utterance,
) -> Option<(Agreement, String)> {
    let quoted = || utterance.renditions.iter().filter(|r| r.relation != RenditionRelation::Paraphrased);
    if let Some(rendition) = quoted().find(|r| r.misattributed) {
        let other = credited(documents, rendition)?;
        let common =
            utterance.speaker.and_then(|s| entities.get(s)).map_or("another speaker", |e| e.name.as_str());
        return Some((
            Agreement::Conflict,
            format!("Credited to {other} in one article, to {common} in others."),
        ));
    }
    let telling = quoted().filter(|r| keeps_enough(documents, r)).flat_map(|r| &r.differences);
    let telling = telling.filter(|d| is_short(d) && !is_only_reworded(d));
    let (effect, difference) =
        telling.filter_map(|d| Some((d.effect?, d))).min_by_key(|(effect, _)| rank(*effect))?;
    let (agreement, what) = match effect {
        Effect::Negation => (Agreement::Conflict, "a denial came or went"),
        Effect::Number => (Agreement::Conflict, "the figures are unlike"),
        Effect::Modality => (Agreement::Differ, "the strength of the claim is unlike"),
        Effect::Name => return None,
    };
    let change = format!("“{}” against “{}”", difference.reference, difference.rendition);
    Some((agreement, format!("In the same saying {what}: {change}.")))
}

/// Whether a rendition keeps enough of the reference for a changed word to tell: "Not a chance" denies no longer sentence.
fn keeps_enough(documents: &[Document], rendition: &Rendition) -> bool {
    const LEAST: usize = 3;
    let words =
        place(documents, rendition).map_or(0, |place| words_at(documents, place).split_whitespace().count());
    let own = rendition.differences.iter().map(|d| d.rendition.split_whitespace().count()).sum::<usize>();
    words.saturating_sub(own) >= LEAST
}

/// Whether both sides deny, in other words, or one spells the other's ordinal out ("2nd", "second").
fn is_only_reworded(difference: &Difference) -> bool {
    let sides = [&difference.reference, &difference.rendition];
    let denies = |side: &str| side.split_whitespace().any(is_negation);
    let is_ordinal = |side: &str| {
        side.starts_with(|c: char| c.is_ascii_digit()) && side.ends_with(|c: char| c.is_ascii_alphabetic())
    };
    difference.effect == Some(Effect::Negation) && sides.iter().all(|side| denies(side))
        || difference.effect == Some(Effect::Number) && sides.iter().any(|side| is_ordinal(side))
}

/// Whether a difference is a change of some words, not a stretch that one rendition lacks.
fn is_short(difference: &Difference) -> bool {
    const MOST_WORDS: usize = 4;
    [&difference.reference, &difference.rendition]
        .iter()
        .all(|side| side.split_whitespace().count() <= MOST_WORDS)
}

/// The gravest effect first.
const fn rank(effect: Effect) -> u8 {
    match effect {
        Effect::Negation => 0,
        Effect::Number => 1,
        Effect::Modality => 2,
        Effect::Name => 3,
    }
}

fn credited(documents: &[Document], rendition: &Rendition) -> Option<String> {
    let quotation =
        documents.get(rendition.quotation.article)?.quotations.get(rendition.quotation.quotation)?;
    quotation.speaker.name.clone()
}
