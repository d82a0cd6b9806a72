//! Sayings as cards: the reference, and the renditions beside it with what was altered marked.

use super::super::labels;
use super::super::reading::{PieceKind, ReadRendition, Reading, Saying};
use super::{Chip, Links, anchors};

/// One saying.
pub(crate) struct SayingCard<'a> {
    pub(crate) id: String,
    /// The page that the saying has for itself, where it has one.
    pub(crate) page: Option<String>,
    /// The page of the speaker, likewise.
    pub(crate) person: Option<String>,
    /// The page on which a reader corrects it, likewise.
    pub(crate) correction: Option<String>,
    pub(crate) speaker: &'a str,
    pub(crate) role: Option<&'a str>,
    /// Fixed labels for what an editor must know of it.
    pub(crate) alerts: Vec<String>,
    pub(crate) reports: usize,
    pub(crate) reference_reason: &'a str,
    /// The reference, then the others; renditions that are alike stand in one row.
    pub(crate) rows: Vec<RenditionRow<'a>>,
}

/// One rendition.
pub(crate) struct RenditionRow<'a> {
    pub(crate) chips: Vec<Chip>,
    /// The outlet, where it is one.
    pub(crate) outlet: Option<&'a str>,
    pub(crate) is_verbatim: bool,
    pub(crate) is_reference: bool,
    pub(crate) is_altered: bool,
    pub(crate) quoted: bool,
    pub(crate) pieces: Vec<MarkedPiece<'a>>,
    pub(crate) label: &'static str,
    pub(crate) effects: Vec<&'static str>,
    /// Who is credited, where that is not who the other reports credit.
    pub(crate) misattributed_to: Option<&'a str>,
    /// The rule and how sure it is.
    pub(crate) decided: String,
}

/// A stretch of a rendition's words.
pub(crate) struct MarkedPiece<'a> {
    pub(crate) kind: PieceKind,
    pub(crate) text: &'a str,
}

pub(crate) fn saying_cards<'a>(reading: &'a Reading<'_>, links: &Links) -> Vec<SayingCard<'a>> {
    reading.sayings.iter().map(|saying| saying_card(reading, saying, links)).collect()
}

pub(crate) fn saying_card<'a>(
    reading: &'a Reading<'_>,
    saying: &'a Saying<'_>,
    links: &Links,
) -> SayingCard<'a> {
    SayingCard {
        id: anchors::saying(saying.index),
        page: links.saying_page(saying.index),
        person: saying.speaker.and_then(|speaker| links.person(speaker)),
        correction: first_quotation(saying).and_then(|at| links.correction(reading, at)),
        speaker: saying.speaker.unwrap_or(labels::NO_SPEAKER),
        role: saying.role,
        alerts: alerts(saying),
        reports: saying.reports(),
        reference_reason: saying.reference_reason,
        rows: saying.renditions.iter().map(|rendition| row(reading, rendition, links)).collect(),
    }
}

fn first_quotation(saying: &Saying<'_>) -> Option<parallax_model::QuotationRef> {
    saying.renditions.first()?.quotations.first().copied()
}

fn alerts(saying: &Saying<'_>) -> Vec<String> {
    let altered = (saying.altered() > 0).then(|| format!("altered in {}", saying.altered()));
    let misattributed = (saying.misattributed() > 0).then(|| "misattributed".to_owned());
    altered.into_iter().chain(misattributed).collect()
}

fn row<'a>(reading: &'a Reading<'_>, rendition: &'a ReadRendition<'_>, links: &Links) -> RenditionRow<'a> {
    RenditionRow {
        chips: chips(reading, rendition, links),
        outlet: match rendition.quotations.as_slice() {
            [one] => Some(reading.reports[one.article].name),
            _ => None,
        },
        is_verbatim: rendition.is_verbatim(),
        is_reference: rendition.is_reference,
        is_altered: rendition.is_altered(),
        quoted: rendition.quoted,
        pieces: rendition.pieces.iter().map(|p| MarkedPiece { kind: p.kind, text: &p.text }).collect(),
        label: if rendition.is_reference { "reference" } else { labels::rendition(rendition.relation) },
        effects: rendition.effects.iter().map(|&effect| labels::effect(effect)).collect(),
        misattributed_to: rendition.misattributed.then(|| rendition.credited.unwrap_or(labels::NO_SPEAKER)),
        decided: format!("by rule {}, {} sure", rendition.rule, labels::percent(rendition.score)),
    }
}

fn chips(reading: &Reading<'_>, rendition: &ReadRendition<'_>, links: &Links) -> Vec<Chip> {
    let chip = |&at: &parallax_model::QuotationRef| Chip {
        letter: reading.reports[at.article].letter.clone(),
        href: links.quotation(reading, at),
    };
    rendition.quotations.iter().map(chip).collect()
}
