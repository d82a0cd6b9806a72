//! Articles that tell the same story.

/// One story among the inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// A headline taken from one of the reports.
    pub title: String,
    /// Indices of the articles, ascending.
    pub articles: Vec<usize>,
    /// For each article after the first, why it joined, in the order of `articles`.
    pub reasons: Vec<String>,
}
