//! Times in a text.

use crate::Span;

/// An expression of time, resolved to the calendar as far as it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// The words: "on Wednesday", "February 12, 2025", "since 2009".
    pub span: Span,
    /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, by its precision.
    pub date: String,
    /// Whether the date was worked out from the day of publication or another date in the text.
    pub relative: bool,
}
