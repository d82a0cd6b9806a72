//! What an article reports somebody to have said.

use crate::Span;

/// One saying as one article gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// How it is rendered.
    pub kind: QuotationKind,
    /// The content without quotation marks, in order; several where the attribution interrupts it.
    pub spans: Vec<Span>,
    /// The words that attribute it: "said", "according to".
    pub cue: Option<Span>,
    /// Who says it.
    pub speaker: Speaker,
    /// Whether it is reported as said or written; otherwise a belief, a wish or an intention is ascribed: "hopes to reopen the
    /// bridge".
    pub speech: bool,
    /// The rule or model that decided.
    pub rule: &'static str,
    /// Probability, 0 to 1, that this is a quotation with these bounds and this speaker.
    pub confidence: f32,
}

/// Who says a quotation, as far as the article tells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Speaker {
    /// The words that name the speaker at the attribution: "he", "Reiss", "a US official".
    pub mention: Option<Span>,
    /// Index into [`crate::Names::chains`] of the same article.
    pub chain: Option<usize>,
    /// The name to show, where it is known: that of the chain, or the mention's own words.
    pub name: Option<String>,
}

/// How a saying is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuotationKind {
    /// Whole, between quotation marks.
    Direct,
    /// A fragment between quotation marks inside the writer's own sentence.
    Mixed,
    /// Without quotation marks.
    Indirect,
}

impl QuotationKind {
    /// The word for it in tables and documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }

    /// Whether the words stand between quotation marks, so that the report vouches for their wording.
    pub const fn is_quoted(self) -> bool {
        matches!(self, Self::Direct | Self::Mixed)
    }
}
