//! Stretches of text that two articles share.

use crate::Place;

/// Two stretches in two articles that say the same; `a` lies in the article with the lower index.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The stretch in the one article.
    pub a: Place,
    /// The stretch in the other.
    pub b: Place,
    /// How they depend on each other.
    pub relation: PassageRelation,
    /// Probability, 0 to 1, of the relation.
    pub score: f32,
    /// Whether what they share is a quotation, which is no evidence that one copied the other.
    pub shared_quotation: bool,
    /// The rule or model that decided.
    pub rule: &'static str,
}

/// How two stretches of text relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassageRelation {
    /// Near-verbatim.
    Copy,
    /// The same content in other words, so that one text depends on the other or on a common source.
    Rewrite,
    /// The same fact in independent words.
    SameFact,
}
