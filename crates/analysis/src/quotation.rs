//! What an article reports people to have said.

use parallax_model::{Document, Quotation};

/// Finds the quotations of an article whose names are known.
pub fn quotations(_document: &Document) -> Vec<Quotation> {
    Vec::new()
}
