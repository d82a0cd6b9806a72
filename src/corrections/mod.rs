//! What people corrected, applied where reports are compared.
//!
//! A correction of a quotation is anchored on its report and its words, not on numbers that the stages give: when a report is read again, by better
//! stages or in another version, it holds as long as the words stand there. Corrections of stories act on the stories themselves
//! (`ingest`).

mod anchor;
mod exchange;

use parallax_analysis::collation::Decision;
use parallax_archive::{Anchor, Correction, Right};
use parallax_model::{Chain, Document, EntityKind, QuotationRef, Span, Speaker};

pub(crate) use anchor::{is_there, meant, place, quoted};
pub(crate) use exchange::{Import, Stories, correct, imported, named_stories};

/// Puts the speakers that people named in the place of those that were found, and says what they decided about sayings.
pub(crate) fn decide(documents: &mut [Document], corrections: &[Correction]) -> Vec<Decision> {
    let mut decisions = Vec::new();
    for correction in corrections.iter().filter(|correction| correction.undone.is_none()) {
        match &correction.what {
            Right::Speaker { saying, speaker } => {
                if let Some((quotation, _)) = place(documents, saying) {
                    put_speaker(documents, quotation, speaker);
                }
            }
            Right::SameSaying { one, other } => {
                decisions.extend(decision(place(documents, one), place(documents, other), true));
            }
            Right::AnotherSaying { one, other } => {
                decisions.extend(decision(place(documents, one), place(documents, other), false));
            }
            // Where reports belong is settled before they are compared.
            _ => {}
        }
    }
    decisions
}

/// Whether a correction holds that is about words of the report.
pub(crate) fn holds_in(correction: &Correction, report: &str) -> bool {
    correction.undone.is_none() && anchors(&correction.what).iter().any(|anchor| anchor.report == report)
}

/// The quotations that a correction is about.
pub(crate) fn anchors(what: &Right) -> Vec<&Anchor> {
    match what {
        Right::Speaker { saying, .. } => vec![saying],
        Right::SameSaying { one, other } | Right::AnotherSaying { one, other } => vec![one, other],
        _ => Vec::new(),
    }
}

type Stretch = (QuotationRef, Span);

fn decision(one: Option<Stretch>, other: Option<Stretch>, is_same: bool) -> Option<Decision> {
    Some(Decision { one: one?, other: other?, is_same })
}

/// Credits a quotation to a person by name: the one whom the report speaks of under this name, or somebody else.
fn put_speaker(documents: &mut [Document], quotation: QuotationRef, name: &str) {
    let Some(document) = documents.get_mut(quotation.article) else { return };
    let chains = &mut document.names.chains;
    let is_named = |chain: &Chain| chain.name.to_lowercase() == name.to_lowercase();
    let chain = chains.iter().position(is_named).unwrap_or_else(|| {
        let (kind, name) = (EntityKind::Person, name.to_owned());
        chains.push(Chain { kind, name, named: true, roles: Vec::new(), gender: None });
        chains.len() - 1
    });
    if let Some(quotation) = document.quotations.get_mut(quotation.quotation) {
        quotation.speaker = Speaker { mention: None, chain: Some(chain), name: Some(name.to_owned()) };
        quotation.rule = "person";
    }
}
