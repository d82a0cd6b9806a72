//! One saying across the articles.

use crate::Span;

/// A quotation of the comparison: the article's index, and the quotation's within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuotationRef {
    /// Index of the article.
    pub article: usize,
    /// Index into the article's quotations.
    pub quotation: usize,
}

/// The same saying as the different articles render it.
#[derive(Debug, Clone, PartialEq)]
pub struct Utterance {
    /// Index of the entity that most renditions credit.
    pub speaker: Option<usize>,
    /// The rendition that the others are compared with.
    pub reference: Option<QuotationRef>,
    /// Why that one.
    pub reference_reason: String,
    /// Every rendition, the reference included, by article and position.
    pub renditions: Vec<Rendition>,
}

/// One article's rendering of a saying.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendition {
    /// The quotation.
    pub quotation: QuotationRef,
    /// The part of the quotation that renders this saying, where it is only a part.
    pub spans: Option<Vec<Span>>,
    /// How it relates to the reference.
    pub relation: RenditionRelation,
    /// Whether it credits another speaker than the other renditions do.
    pub misattributed: bool,
    /// Words that differ from the reference, in order.
    pub differences: Vec<Difference>,
    /// Probability, 0 to 1, that it renders this saying.
    pub score: f32,
    /// The rule or model that put it here.
    pub rule: &'static str,
}

/// How a rendition relates to the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RenditionRelation {
    /// Equal after folding case, white space, marks, dashes, final punctuation and the spelling of names.
    Verbatim,
    /// One word differs by at most two letters.
    Typo,
    /// A contiguous part of the reference.
    Truncated,
    /// Parts of the reference joined, with words left out between them.
    Spliced,
    /// Other words inside quotation marks: an altered quotation.
    Reworded,
    /// Reported without quotation marks.
    Paraphrased,
}

impl RenditionRelation {
    /// Whether words between quotation marks were changed.
    pub const fn is_altered(self) -> bool {
        matches!(self, Self::Typo | Self::Reworded)
    }
}

/// One change from the reference to the rendition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What was done.
    pub op: DifferenceOp,
    /// The words in the reference; empty for an insertion.
    pub reference: String,
    /// The words in the rendition; empty for a deletion.
    pub rendition: String,
    /// How the change bears on the meaning, where it does.
    pub effect: Option<Effect>,
}

/// What was done to the reference's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DifferenceOp {
    /// Other words stand in their place.
    Replace,
    /// Words were added.
    Insert,
    /// Words were left out.
    Delete,
}

/// A change that bears on the meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// A negation came or went.
    Negation,
    /// A figure changed.
    Number,
    /// A name changed.
    Name,
    /// "will" became "may", "must" became "should".
    Modality,
}
