//! Stretches of text that two articles share.

use crate::Place;

/// Two stretches in two articles that correspond; `a` lies in the article with the lower index.
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
    /// What the two say, read alone; nothing of what is only a shared quotation, whose words are collated.
    pub verdict: Option<Verdict>,
}

/// What two sentences are to each other, read alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Copy, rewrite, same fact; `None` where they say different things.
    pub relation: Option<PassageRelation>,
    /// Probability, 0 to 1, that a reader calls one a paraphrase of the other, conflicts left out.
    pub same: f32,
    /// What the one says otherwise than the other. Where there is anything, the two do not say the same.
    pub conflicts: Vec<Conflict>,
    /// The features that spoke loudest, each with the log-odds that it added, by weight.
    pub reasons: Vec<(&'static str, f32)>,
}

/// What makes two sentences differ in meaning, however alike their words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conflict {
    /// Who did it and to whom it was done have changed places.
    Roles,
    /// Each has a figure that the other lacks.
    Number,
    /// One name stands in the place of another.
    Name,
    /// One denies what the other says.
    Negation,
    /// A word stands in the place of its opposite.
    Opposite,
}

impl Conflict {
    /// The word for it in tables and documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Roles => "roles",
            Self::Number => "number",
            Self::Name => "name",
            Self::Negation => "negation",
            Self::Opposite => "opposite",
        }
    }
}

/// How two stretches of text relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassageRelation {
    /// Near-verbatim.
    Copy,
    /// The same content in other words, so that one text depends on the other or on a common source. A rewriter may change the
    /// meaning: see [`Verdict::conflicts`].
    Rewrite,
    /// The same fact in independent words.
    SameFact,
}

impl PassageRelation {
    /// The word for it in tables and documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Rewrite => "rewrite",
            Self::SameFact => "same_fact",
        }
    }
}
