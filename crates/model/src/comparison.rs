//! The whole: many reports of one event, compared.

use crate::{
    Article, Boilerplate, Entity, Event, Fact, Lineage, Names, Origin, Passage, Quantity, Quotation,
    Segmentation, Span, Story, TimeExpression, Utterance,
};

/// A place in one of the articles of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index of the article.
    pub article: usize,
    /// Where in its text.
    pub span: Span,
}

impl Place {
    /// The stretch `span` of the article at index `article`.
    pub const fn new(article: usize, span: Span) -> Self {
        Self { article, span }
    }
}

/// Everything that was found in one article on its own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The article.
    pub article: Article,
    /// Its paragraphs, sentences and words.
    pub segments: Segmentation,
    /// What of its text is not the report, in order and without overlap.
    pub boilerplate: Vec<Boilerplate>,
    /// Who and what it speaks of.
    pub names: Names,
    /// What it reports people to have said, by position.
    pub quotations: Vec<Quotation>,
    /// Its figures, by position.
    pub quantities: Vec<Quantity>,
    /// Its times, by position.
    pub times: Vec<TimeExpression>,
}

impl Document {
    /// The text that all spans refer to.
    pub fn text(&self) -> &str {
        &self.article.text
    }

    /// Whether at least half of `span` is furniture.
    pub fn is_boilerplate(&self, span: Span) -> bool {
        2 * self.boilerplate.iter().map(|b| b.span.overlap(span)).sum::<usize>() >= span.len().max(1)
    }
}

/// Many reports of an event, compared. Articles stand in a fixed order that does not depend on the order of input.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// The articles with what was found in each.
    pub documents: Vec<Document>,
    /// People, organisations, places and groups across the articles.
    pub entities: Vec<Entity>,
    /// The same saying as different articles render it.
    pub utterances: Vec<Utterance>,
    /// Comparable facts.
    pub facts: Vec<Fact>,
    /// Text that pairs of articles share.
    pub passages: Vec<Passage>,
    /// How pairs of articles depend on each other.
    pub lineage: Vec<Lineage>,
    /// Groups of articles that count as one independent source.
    pub origins: Vec<Origin>,
    /// Dated events in the order of time.
    pub timeline: Vec<Event>,
    /// Which articles tell the same story.
    pub stories: Vec<Story>,
}

impl Comparison {
    /// The words at a place.
    pub fn words(&self, place: Place) -> &str {
        place.span.of(self.documents[place.article].text())
    }

    /// The index of the entity that gathers the chain `chain` of the article at index `article`.
    pub fn entity_of(&self, article: usize, chain: usize) -> Option<usize> {
        self.entities.iter().position(|entity| entity.chains.binary_search(&(article, chain)).is_ok())
    }
}
