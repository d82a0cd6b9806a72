//! What the articles report, and whether they agree.

use crate::Place;

/// A fact that reports can be compared on.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What kind of fact.
    pub kind: FactKind,
    /// The words of one report that state it.
    pub statement: String,
    /// Who reports it, and how, by article and position.
    pub reports: Vec<FactReport>,
    /// Whether they agree.
    pub agreement: Agreement,
    /// How many independent origins report it.
    pub origins: usize,
    /// Why, in fixed wording with the reports' own words.
    pub explanation: String,
}

/// One article's report of a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct FactReport {
    /// Where.
    pub place: Place,
    /// The figure, for quantities.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// Whether the figure is only given as about right.
    pub approximate: bool,
}

/// Kinds of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// A figure.
    Quantity,
    /// Something that happened.
    Event,
    /// What somebody holds or said.
    Position,
    /// What somebody means to do.
    Plan,
    /// What several agreed on.
    Agreement,
}

/// Whether reports of a fact agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// Only one article reports it.
    Single,
    /// All say the same.
    Agree,
    /// Unlike, but compatible: other precision, other time.
    Differ,
    /// They cannot all be true at the same time.
    Conflict,
}

/// A dated event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub date: String,
    /// The words of one report that state it.
    pub statement: String,
    /// Where the articles report it.
    pub reports: Vec<Place>,
}
