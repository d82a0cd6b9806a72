//! News of what people say: sayings that no report had, and quotations that were altered.

use std::collections::BTreeSet;

use parallax_archive::EventKind;

use super::kept::{Difference, Kept, Rendition, Utterance};
use super::novelty::{Novelty, folded};
use super::wording::quoted;
use super::{EventPlace, News};

/// Shorter sayings are told with their reports.
const LEAST_WORDS: usize = 4;
/// So many differences of a quotation are named, the gravest first.
const NAMED: usize = 2;

pub(super) fn news(former: Option<&Kept>, present: &Kept, novelty: &Novelty<'_>) -> Vec<News> {
    let known = Known::new(former);
    let sayings = present.utterances.iter();
    sayings
        .flat_map(|saying| {
            new_saying(present, novelty, saying).into_iter().chain(altered(present, novelty, &known, saying))
        })
        .collect()
}

/// A saying of which every rendition is news. At the beginning of a story all are, and none is told.
fn new_saying(present: &Kept, novelty: &Novelty<'_>, saying: &Utterance) -> Option<News> {
    let is_new = |rendition: &Rendition| is_news(novelty, &present.rendered(rendition));
    if novelty.is_beginning() || !saying.renditions.iter().all(is_new) {
        return None;
    }
    let rendition = saying.original().or(saying.renditions.first())?;
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
fn altered(present: &Kept, novelty: &Novelty<'_>, known: &Known<'_>, saying: &Utterance) -> Vec<News> {
    let Some(reference) = saying.original() else { return Vec::new() };
    let others = saying.renditions.iter().filter(|rendition| rendition.quotation != reference.quotation);
    let news = others.flat_map(|rendition| {
        let is_altered = matches!(rendition.relation.as_str(), "typo" | "reworded");
        let reworded = is_altered.then(|| reworded(present, novelty, known, rendition, reference)).flatten();
        let credited =
            rendition.misattributed.then(|| credited(present, novelty, saying, rendition)).flatten();
        reworded.into_iter().chain(credited)
    });
    news.collect()
}

fn reworded(
    present: &Kept,
    novelty: &Novelty<'_>,
    known: &Known<'_>,
    rendition: &Rendition,
    reference: &Rendition,
) -> Option<News> {
    let (theirs, others) = (present.rendered(rendition), present.rendered(reference));
    let alterations = rendition.differences.iter().map(Alteration::of_rendition);
    // Of two wordings it is the one that came in just now that is told of.
    let (places, others, mut alterations): (_, _, Vec<_>) = if is_news(novelty, &theirs) {
        (theirs, others, alterations.collect())
    } else if is_news(novelty, &others) {
        (others, theirs, alterations.map(Alteration::of_reference).collect())
    } else {
        return None;
    };
    let (report, other) = (&places.first()?.report, &others.first()?.report);
    alterations.retain(|alteration| !known.has(report, other, alteration));
    alterations.sort_by_key(Alteration::gravity);
    alterations.dedup();
    alterations.truncate(NAMED);
    let sentence = wording(present.outlet(report), present.outlet(other), &alterations)?;
    Some(News::resting_on(EventKind::AlteredQuotation, [places, others].concat(), sentence))
}

/// A difference, as the one of two reports has it whose words came in just now.
#[derive(Debug, PartialEq)]
struct Alteration<'a> {
    /// What it prints; empty where it leaves words out.
    words: &'a str,
    /// What the other prints; empty where words were added.
    instead_of: &'a str,
    effect: Option<&'a str>,
}

impl<'a> Alteration<'a> {
    fn of_rendition(difference: &'a Difference) -> Self {
        Self {
            words: &difference.rendition,
            instead_of: &difference.reference,
            effect: difference.effect.as_deref(),
        }
    }

    /// The same, as the other report has it.
    fn of_reference(self) -> Self {
        Self { words: self.instead_of, instead_of: self.words, ..self }
    }

    /// The gravest first: what changes the meaning, then words put in the place of others, words added and words left out.
    fn gravity(&self) -> u8 {
        match (self.effect, self.words.is_empty(), self.instead_of.is_empty()) {
            (Some("negation"), ..) => 0,
            (Some("number"), ..) => 1,
            (Some("modality"), ..) => 2,
            (Some(_), ..) => 3,
            (None, false, false) => 4,
            (None, false, true) => 5,
            (None, true, _) => 6,
        }
    }
}

/// The differences that the story had before.
struct Known<'a> {
    former: Option<&'a Kept>,
    /// A report, what it prints, and what another has there.
    differences: BTreeSet<(&'a str, String, String)>,
}

impl<'a> Known<'a> {
    fn new(former: Option<&'a Kept>) -> Self {
        let mut differences = BTreeSet::new();
        for (kept, saying) in former.iter().flat_map(|kept| kept.utterances.iter().map(move |it| (kept, it)))
        {
            let article =
                |rendition: &Rendition| Some(kept.quotation(&rendition.quotation)?.article.as_str());
            let reference = saying.original().and_then(article);
            for rendition in &saying.renditions {
                for difference in &rendition.differences {
                    let (words, other) = (folded(&difference.rendition), folded(&difference.reference));
                    differences.extend(article(rendition).map(|it| (it, words.clone(), other.clone())));
                    differences.extend(reference.map(|it| (it, other, words)));
                }
            }
        }
        Self { former, differences }
    }

    /// Whether two reports differed so already: what an outlet leaves as it was when it corrects its report is no news.
    fn has(&self, report: &str, other: &str, alteration: &Alteration<'_>) -> bool {
        let (words, instead_of) = (folded(alteration.words), folded(alteration.instead_of));
        self.former.is_some_and(|former| former.article(report).is_some())
            && (self.differences.contains(&(report, words.clone(), instead_of.clone()))
                || self.differences.contains(&(other, instead_of, words)))
    }
}

/// A report has words in a quotation where another has others, or none.
fn wording(outlet: &str, other: &str, alterations: &[Alteration<'_>]) -> Option<String> {
    let (gravest, rest) = alterations.split_first()?;
    let (words, instead_of) = (quoted(gravest.words), quoted(gravest.instead_of));
    let mut sentence = match (gravest.words.is_empty(), gravest.instead_of.is_empty()) {
        (false, true) => format!("{outlet} adds {words} to a quotation that {other} prints without"),
        (true, _) => format!("{outlet} leaves {instead_of} out of a quotation that {other} prints with it"),
        (false, false) => format!("{outlet} quotes {words} where {other} has {instead_of}"),
    };
    for Alteration { words, instead_of, .. } in rest {
        sentence += &match (words.is_empty(), instead_of.is_empty()) {
            (false, true) => format!(", and adds {}", quoted(words)),
            (true, _) => format!(", and leaves out {}", quoted(instead_of)),
            (false, false) => format!(", and has {} for {}", quoted(words), quoted(instead_of)),
        };
    }
    Some(sentence + ".")
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
