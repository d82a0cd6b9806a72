//! Sayings as cards: the reference, and the renditions beside it with what was altered marked.

use super::super::labels;
use super::super::reading::{PieceKind, ReadRendition, Reading, Saying};
use super::{Chip, anchors};

/// One saying.
pub(super) struct SayingCard<'a> {
    pub(super) id: String,
    pub(super) speaker: &'a str,
    pub(super) role: Option<&'a str>,
    /// Fixed labels for what an editor must know of it.
    pub(super) alerts: Vec<String>,
    pub(super) reports: usize,
    pub(super) reference_reason: &'a str,
    /// The reference, then the others; renditions that are alike stand in one row.
    pub(super) rows: Vec<RenditionRow<'a>>,
}

/// One rendition.
pub(super) struct RenditionRow<'a> {
    pub(super) chips: Vec<Chip>,
    /// The outlet, where it is one.
    pub(super) outlet: Option<&'a str>,
    pub(super) is_verbatim: bool,
    pub(super) is_reference: bool,
    pub(super) is_altered: bool,
    pub(super) quoted: bool,
    pub(super) pieces: Vec<MarkedPiece<'a>>,
    pub(super) label: &'static str,
    pub(super) effects: Vec<&'static str>,
    /// Who is credited, where that is not who the other reports credit.
    pub(super) misattributed_to: Option<&'a str>,
    /// The rule and how sure it is.
    pub(super) decided: String,
}

/// A stretch of a rendition's words.
pub(super) struct MarkedPiece<'a> {
    pub(super) kind: PieceKind,
    pub(super) text: &'a str,
}

pub(super) fn saying_cards<'a>(reading: &'a Reading<'_>) -> Vec<SayingCard<'a>> {
    reading.sayings.iter().map(|saying| card(reading, saying)).collect()
}

fn card<'a>(reading: &'a Reading<'_>, saying: &'a Saying<'_>) -> SayingCard<'a> {
    SayingCard {
        id: anchors::saying(saying.index),
        speaker: saying.speaker.unwrap_or(labels::NO_SPEAKER),
        role: saying.role,
        alerts: alerts(saying),
        reports: saying.reports(),
        reference_reason: saying.reference_reason,
        rows: saying.renditions.iter().map(|rendition| row(reading, rendition)).collect(),
    }
}

fn alerts(saying: &Saying<'_>) -> Vec<String> {
    let altered = (saying.altered() > 0).then(|| format!("altered in {}", saying.altered()));
    let misattributed = (saying.misattributed() > 0).then(|| "misattributed".to_owned());
    altered.into_iter().chain(misattributed).collect()
}

fn row<'a>(reading: &'a Reading<'_>, rendition: &'a ReadRendition<'_>) -> RenditionRow<'a> {
    RenditionRow {
        chips: chips(reading, rendition),
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

fn chips(reading: &Reading<'_>, rendition: &ReadRendition<'_>) -> Vec<Chip> {
    let chip = |&at: &parallax_model::QuotationRef| Chip {
        letter: reading.reports[at.article].letter.clone(),
        href: format!("#{}", anchors::quotation(reading, at)),
    };
    rendition.quotations.iter().map(chip).collect()
}
