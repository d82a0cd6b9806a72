//! What makes two sentences differ in meaning, however alike their words are.

mod name;
mod negation;
mod number;
mod opposite;
mod role;

use parallax_model::Conflict;

use super::features::kept;
use super::statement::{Statement, Term};
use crate::align;
use crate::embedding::Lexicon;

/// A name or a denial is held against a sentence that keeps at least so much of its other words; what is worded quite otherwise names and denies
/// otherwise.
const LEAST_KEPT: f32 = 0.35;

/// Everything in which two sentences are at odds, each kind once.
pub(super) fn conflicts(a: &Statement, b: &Statement, lexicon: &Lexicon) -> Vec<Conflict> {
    let steps = align::global(&a.ids(), &b.ids(), lexicon);
    let is_close = kept(&beside_names(a), &beside_names(b)) >= LEAST_KEPT;
    let found = [
        (Conflict::Roles, role::are_swapped(a, b)),
        (Conflict::Number, number::are_at_odds(&a.amounts, &b.amounts)),
        (Conflict::Name, is_close && name::is_replaced(a, b, &steps, lexicon)),
        (Conflict::Negation, is_close && (negation::is_added(a, b) || negation::is_added(b, a))),
        (Conflict::Opposite, is_close && opposite::are_held(a, b)),
    ];
    found.into_iter().filter(|(_, holds)| *holds).map(|(conflict, _)| conflict).collect()
}

/// The words that are no names, of which a changed name says nothing.
fn beside_names(statement: &Statement) -> Vec<&Term> {
    statement.terms.iter().filter(|term| !term.is_name).collect()
}
