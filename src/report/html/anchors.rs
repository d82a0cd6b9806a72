//! The names by which places on the page are linked.

use parallax_model::QuotationRef;

use super::super::reading::Reading;

/// A saying, where its renditions stand side by side.
pub(super) fn saying(index: usize) -> String {
    format!("s-{}", index + 1)
}

/// A quotation, in the report that gives it.
pub(super) fn quotation(reading: &Reading<'_>, at: QuotationRef) -> String {
    format!("q-{}-{}", reading.reports[at.article].letter, at.quotation + 1)
}

/// A fact, where the reports of it are compared.
pub(super) fn fact(index: usize) -> String {
    format!("f-{}", index + 1)
}

/// The words of one report that state a fact.
pub(super) fn fact_report(index: usize, report: usize) -> String {
    format!("f-{}-{}", index + 1, report + 1)
}

/// A dated event.
pub(super) fn event(index: usize) -> String {
    format!("t-{}", index + 1)
}

/// The words of one report that state a dated event.
pub(super) fn event_report(index: usize, report: usize) -> String {
    format!("t-{}-{}", index + 1, report + 1)
}

/// One side of a passage that two reports share.
pub(super) fn passage(index: usize, side: char) -> String {
    format!("p-{}-{side}", index + 1)
}
