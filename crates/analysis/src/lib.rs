//! The verbs of Parallax: pure stages from a raw report to the comparison of many.
//!
//! Each module is one step, and knows only the steps before it:
//!
//! | step | from | to |
//! | --- | --- | --- |
//! | [`extract`] | raw report | article: main text and metadata |
//! | [`segment`] | text | paragraphs, sentences, words |
//! | [`boilerplate`] | segmented articles | what of the text is not the report |
//! | [`names`] | segmented article | mentions in chains; chains linked across articles |
//! | [`quotation`] | article with names | content, cue and speaker of what it reports people to have said |
//! | [`quantity`] | segmented article | figures with units |
//! | [`temporal`] | segmented article | times, resolved to the calendar |
//! | [`fingerprint`] | words | shingles and MinHash signatures |
//! | [`embedding`] | words | vectors from a static table |
//! | [`align`] | two word sequences | their alignment |
//! | [`reuse`] | documents | passages that two articles share |
//! | [`lineage`] | documents, passages | which article depends on which |
//! | [`story`] | documents | which articles tell the same story |
//! | [`collation`] | quotations of many articles | the same saying in its renditions |
//! | [`facts`] | documents | comparable facts, agreeing or not |
//! | [`timeline`] | documents | dated events |
//! | [`origins`] | lineage | independent origins, for the story and for each fact |
//! | [`comparison`] | raw reports | all of it |
//!
//! Stages that take many articles work on all cores; the order of what they return never depends on it. No stage does input or output, reads a clock, the locale or the environment, or fails: what goes wrong with a report is
//! noted in [`parallax_model::Article::problems`], and the rest goes on.

pub mod align;
pub mod boilerplate;
pub mod collation;
pub mod comparison;
pub mod embedding;
pub mod extract;
pub mod facts;
pub mod fingerprint;
pub mod lineage;
pub mod names;
pub mod origins;
pub mod quantity;
pub mod quotation;
pub mod reuse;
pub mod segment;
pub mod story;
pub mod temporal;
pub mod timeline;
mod wordlist;

pub use comparison::{
    Outline, attributions_of, compare, compare_decided, outline, read, read_alone, read_attributions,
    read_fingerprint, read_quoted, read_words, words_of,
};

/// The version of the stages: one more whenever any of them finds something else in the same text. What is kept of what they found is marked with
/// it, so that it can be told when it is worth finding again.
pub const STAGES: u32 = 6;
