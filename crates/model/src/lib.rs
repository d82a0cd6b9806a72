//! The nouns of Parallax: what a report is, what is found in it, and what the comparison of many finds.
//!
//! A [`RawReport`] is acquired; an [`Article`] is extracted from it; a [`Document`] gathers what the stages find in one
//! article (its [`Segmentation`], [`Names`], [`Quotation`]s, [`Quantity`]s and [`TimeExpression`]s); a [`Comparison`]
//! gathers what they find across many. Nothing here does any work, any input or any output.
//!
//! Positions are [`Span`]s: bytes into [`Article::text`], always on character boundaries.

mod article;
mod comparison;
mod fact;
mod lineage;
mod name;
mod offsets;
mod passage;
mod quantity;
mod quotation;
mod segmentation;
mod span;
mod story;
mod temporal;
mod utterance;
mod variant;

pub use article::{Article, Body, Boilerplate, Form, Part, Problem, RawReport};
pub use comparison::{Comparison, Document, Place};
pub use fact::{Agreement, Event, Fact, FactKind, FactReport};
pub use lineage::{Lineage, LineageRelation, Origin};
pub use name::{Chain, Entity, EntityKind, Gender, Mention, MentionForm, Names};
pub use offsets::Offsets;
pub use passage::{Conflict, Passage, PassageRelation, Verdict};
pub use quantity::{Bound, Quantity};
pub use quotation::{Quotation, QuotationKind, Speaker};
pub use segmentation::{Segmentation, Sentence, Token, TokenKind};
pub use span::Span;
pub use story::Story;
pub use temporal::TimeExpression;
pub use utterance::{
    Difference, DifferenceOp, Effect, QuotationRef, Rendition, RenditionRelation, Utterance,
};
pub use variant::{AlignmentTable, VariantGraph, VariantNode, WitnessToken};
