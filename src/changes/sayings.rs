//! News of what people say: sayings that no report had, and quotations that were altered.

use parallax_archive::EventKind;

use super::kept::{Difference, Kept, Rendition, Utterance};
use super::novelty::{Novelty, folded};
use super::wording::quoted;
use super::{EventPlace, News};

/// Shorter sayings are told with their reports.
const LEAST_WORDS: usize = 4;

pub(super) fn news(present: &Kept, novelty: &Novelty<'_>) -> Vec<News> {
    let sayings = present.utterances.iter();
    sayings
        .flat_map(|saying| {
            new_saying(present, novelty, saying).into_iter().chain(altered(present, novelty, saying))
        })
        .collect()
}

/// A saying of which every rendition is news. At the beginning of a story all are, and none is told.
fn new_saying(present: &Kept, novelty: &Novelty<'_>, saying: &Utterance) -> Option<News> {
    let is_new = |rendition: &Rendition| is_news(novelty, &present.rendered(rendition));
    if novelty.is_beginning() || !saying.renditions.iter().all(is_new) {
        return None;
    }
    let is_reference = |rendition: &&Rendition| saying.reference.as_ref() == Some(&rendition.quotation);
    let rendition = saying.renditions.iter().find(is_reference).or(saying.renditions.first())?;
    let quotation = present.quotation(&rendition.quotation)?;
    let places = present.rendered(rendition);
    let words = joined(&places);
    if words.split_whitespace().count() < LEAST_WORDS {
        return None;
    }
    let outlet = present.outlet(&quotation.article);
    let speaker = present.speaker(saying).or(quotation.speaker.name.as_deref());
    let sentence = match (quotation.kind.as_str(), speaker) {
        ("indirect", Some(speaker)) => {
            format!("New from {speaker}, in the words of {outlet}: {}.", quoted(&words))
        }
        (_, Some(speaker)) => format!("New from {speaker}, in {outlet}: {}.", quoted(&words)),
        (_, None) => format!("New in {outlet}: {}.", quoted(&words)),
    };
    Some(News::resting_on(EventKind::NewSaying, places, sentence))
}

/// Renditions that print other words than the reference, or credit somebody else, where that came in just now.
fn altered(present: &Kept, novelty: &Novelty<'_>, saying: &Utterance) -> Vec<News> {
    let reference = saying.reference.as_ref();
    let Some(reference) = saying.renditions.iter().find(|other| Some(&other.quotation) == reference) else {
        return Vec::new();
    };
    let others = saying.renditions.iter().filter(|rendition| rendition.quotation != reference.quotation);
    let news = others.flat_map(|rendition| {
        let is_altered = matches!(rendition.relation.as_str(), "typo" | "reworded");
        let reworded = is_altered.then(|| reworded(present, novelty, rendition, reference)).flatten();
        let credited =
            rendition.misattributed.then(|| credited(present, novelty, saying, rendition)).flatten();
        reworded.into_iter().chain(credited)
    });
    news.collect()
}

fn reworded(
    present: &Kept,
    novelty: &Novelty<'_>,
    rendition: &Rendition,
    reference: &Rendition,
) -> Option<News> {
    let (theirs, others) = (present.rendered(rendition), present.rendered(reference));
    if !is_news(novelty, &theirs) && !is_news(novelty, &others) {
        return None;
    }
    let difference = rendition.differences.iter().max_by_key(|difference| weight(difference))?;
    // Of two wordings it is the one that came in just now that is told of.
    if is_news(novelty, &theirs) {
        let sentence = wording(present, &theirs, &others, &difference.rendition, &difference.reference)?;
        return Some(News::resting_on(EventKind::AlteredQuotation, [theirs, others].concat(), sentence));
    }
    let sentence = wording(present, &others, &theirs, &difference.reference, &difference.rendition)?;
    Some(News::resting_on(EventKind::AlteredQuotation, [others, theirs].concat(), sentence))
}

/// A report has words in a quotation where another has others, or none.
fn wording(
    present: &Kept,
    places: &[EventPlace],
    others: &[EventPlace],
    words: &str,
    other_words: &str,
) -> Option<String> {
    let outlet = |places: &[EventPlace]| places.first().map(|place| present.outlet(&place.report).to_owned());
    let (outlet, other) = (outlet(places)?, outlet(others)?);
    Some(match (words.is_empty(), other_words.is_empty()) {
        (false, true) => {
            format!("{outlet} adds {} to a quotation that {other} prints without.", quoted(words))
        }
        (true, _) => {
            format!("{outlet} leaves {} out of a quotation that {other} prints with it.", quoted(other_words))
        }
        (false, false) => {
            format!("{outlet} quotes {} where {other} has {}.", quoted(words), quoted(other_words))
        }
    })
}

/// Words put in the place of others tell more than words added, these more than words left out.
fn weight(difference: &Difference) -> u8 {
    match difference.op.as_str() {
        "replace" => 2,
        "insert" => 1,
        _ => 0,
    }
}

fn credited(
    present: &Kept,
    novelty: &Novelty<'_>,
    saying: &Utterance,
    rendition: &Rendition,
) -> Option<News> {
    let quotation = present.quotation(&rendition.quotation)?;
    let attribution = quotation.speaker.mention.or(quotation.cue).or(quotation.spans.first().copied())?;
    if !novelty.is_new_sentence(&quotation.article, attribution) {
        return None;
    }
    let places = present.rendered(rendition);
    let outlet = present.outlet(&quotation.article);
    let speaker = quotation.speaker.name.as_deref().unwrap_or("somebody else");
    let words = quoted(&joined(&places));
    let sentence = match present.speaker(saying) {
        Some(other) => format!("{outlet} credits {words} to {speaker}, other reports to {other}."),
        None => format!("{outlet} credits {words} to {speaker}, other reports to another speaker."),
    };
    Some(News::resting_on(EventKind::AlteredQuotation, places, sentence))
}

/// Whether any of the stretches is news.
fn is_news(novelty: &Novelty<'_>, places: &[EventPlace]) -> bool {
    places.iter().any(|place| folded(&place.words).len() > 1 && novelty.are_new(&place.report, &place.words))
}

fn joined(places: &[EventPlace]) -> String {
    places.iter().map(|place| place.words.as_str()).collect::<Vec<_>>().join(" … ")
}
