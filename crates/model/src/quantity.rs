//! Figures in a text.

use crate::Span;

/// A figure with its unit, normalised.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The figure with its unit and qualifiers: "nearly an hour and a half", "£4.5 billion".
    pub span: Span,
    /// The value in `unit`.
    pub value: f64,
    /// What is counted or measured, normalised: `minute`, `GBP`, `%`, or the counted noun ("drone").
    pub unit: Option<String>,
    /// Whether the text only gives about this value ("nearly", "some").
    pub approximate: bool,
    /// Whether the value is a bound ("at least", "up to").
    pub bound: Option<Bound>,
}

/// Which side of the true value a figure is said to lie on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// At least this.
    Least,
    /// At most this.
    Most,
}
