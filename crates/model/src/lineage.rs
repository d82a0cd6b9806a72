//! Which article depends on which, and how many origins that leaves.

/// How one pair of articles depends on each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Lineage {
    /// Index of the article that the text flows from (for a shared source the order means nothing).
    pub from: usize,
    /// Index of the article that it flows to.
    pub to: usize,
    /// How.
    pub relation: LineageRelation,
    /// Share, 0 to 1, of the sentences of `to` that derive from `from` (or are shared); furniture and shared quotations left out.
    pub share: f32,
    /// Probability, 0.5 to 1, that the direction is right.
    pub direction_confidence: f32,
    /// Reasons in fixed wording with the reports' own words.
    pub evidence: Vec<String>,
}

/// The ways in which an article depends on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineageRelation {
    /// Near-verbatim.
    CopyOf,
    /// Reworded.
    RewriteOf,
    /// Both go back to a third text.
    SharesSource,
}

/// Articles that count as one independent source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Indices of the articles, ascending.
    pub articles: Vec<usize>,
    /// Why they count as one.
    pub reason: String,
}
