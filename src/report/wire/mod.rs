//! The shapes of `parallax.comparison/1`, as every export writes them.
//!
//! Inside, offsets are bytes; outside, they are Unicode scalar values. [`Offsets`] is the one place that converts.

mod archive;
mod convert;
pub(crate) mod kept;
mod offsets;
mod quoted;
mod tables;
pub(crate) mod words;

pub(crate) use archive::{
    AddedRow, ArchivedQuotationRow, ArchivedReportRow, ArchivedStoryRow, CorrectionRow, EventLogRow, HitRow,
    NewsRow, RevisionRow, VersionRow,
};
pub(crate) use convert::{passage_rows, quotation_row};
pub(crate) use offsets::Offsets;
pub(crate) use quoted::{QuotedInRow, QuotingRow};
use serde::Serialize;
pub(crate) use tables::{DuplicateRow, ExtractRow, ReportRow, StoryMemberRow};
use utoipa::ToSchema;

/// The whole document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ComparisonDocument<'a> {
    pub(crate) schema: &'static str,
    pub(crate) offsets: &'static str,
    pub(crate) articles: Vec<ArticleRow<'a>>,
    pub(crate) quotations: Vec<QuotationRow<'a>>,
    pub(crate) utterances: Vec<UtteranceRow<'a>>,
    pub(crate) entities: Vec<EntityRow<'a>>,
    pub(crate) facts: Vec<FactRow<'a>>,
    pub(crate) passages: Vec<PassageRow<'a>>,
    pub(crate) lineage: Vec<LineageRow<'a>>,
    pub(crate) origins: Vec<OriginRow<'a>>,
    pub(crate) timeline: Vec<EventRow<'a>>,
    pub(crate) stories: Vec<StoryRow<'a>>,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A stretch of one article.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlaceRow<'a> {
    pub(crate) article: &'a str,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArticleRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) source: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
    pub(crate) published: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
    pub(crate) language: Option<&'a str>,
    pub(crate) text: &'a str,
    pub(crate) sentences: Vec<Span>,
    pub(crate) boilerplate: Vec<BoilerplateRow>,
    /// For the tables only.
    #[serde(skip)]
    pub(crate) authors: &'a [String],
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BoilerplateRow {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: &'static str,
    pub(crate) rule: &'static str,
}

/// One quotation, as the document and `parallax quotations` give it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuotationRow<'a> {
    pub(crate) id: String,
    pub(crate) article: &'a str,
    pub(crate) kind: &'static str,
    pub(crate) spans: Vec<Span>,
    pub(crate) cue: Option<Span>,
    pub(crate) speaker: SpeakerRow<'a>,
    pub(crate) utterances: Vec<String>,
    pub(crate) rule: &'static str,
    pub(crate) confidence: f32,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpeakerRow<'a> {
    pub(crate) mention: Option<Span>,
    pub(crate) entity: Option<String>,
    pub(crate) name: Option<&'a str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UtteranceRow<'a> {
    pub(crate) id: String,
    pub(crate) speaker: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) reference_reason: &'a str,
    pub(crate) renditions: Vec<RenditionRow<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RenditionRow<'a> {
    pub(crate) quotation: String,
    pub(crate) spans: Option<Vec<Span>>,
    pub(crate) relation: &'static str,
    pub(crate) misattributed: bool,
    pub(crate) differences: Vec<DifferenceRow<'a>>,
    /// For the tables only.
    #[serde(skip)]
    pub(crate) score: f32,
    /// For the tables only.
    #[serde(skip)]
    pub(crate) rule: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DifferenceRow<'a> {
    pub(crate) op: &'static str,
    pub(crate) reference: &'a str,
    pub(crate) rendition: &'a str,
    /// How the change bears on the meaning, where it does; for the tables only.
    #[serde(skip)]
    pub(crate) effect: Option<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntityRow<'a> {
    pub(crate) id: String,
    pub(crate) name: &'a str,
    pub(crate) kind: &'static str,
    pub(crate) roles: &'a [String],
    pub(crate) mentions: Vec<PlaceRow<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FactRow<'a> {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) statement: &'a str,
    pub(crate) reports: Vec<FactReportRow<'a>>,
    pub(crate) agreement: &'static str,
    pub(crate) origins: usize,
    pub(crate) explanation: &'a str,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FactReportRow<'a> {
    pub(crate) article: &'a str,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) value: Option<f64>,
    pub(crate) unit: Option<&'a str>,
    pub(crate) approximate: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassageRow<'a> {
    pub(crate) a: PlaceRow<'a>,
    pub(crate) b: PlaceRow<'a>,
    pub(crate) relation: &'static str,
    pub(crate) score: f32,
    pub(crate) shared_quotation: bool,
    pub(crate) rule: &'static str,
    pub(crate) verdict: Option<VerdictRow>,
}

/// What the two stretches of a passage say, read alone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VerdictRow {
    pub(crate) relation: Option<&'static str>,
    pub(crate) same: f32,
    pub(crate) conflicts: Vec<&'static str>,
    pub(crate) features: Vec<FeatureRow>,
}

/// A feature that spoke loudly, with the log-odds that it added.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeatureRow {
    pub(crate) feature: &'static str,
    pub(crate) weight: f32,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineageRow<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) relation: &'static str,
    pub(crate) share: f32,
    pub(crate) direction_confidence: f32,
    pub(crate) evidence: &'a [String],
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OriginRow<'a> {
    pub(crate) id: String,
    pub(crate) articles: Vec<&'a str>,
    pub(crate) reason: &'a str,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventRow<'a> {
    pub(crate) date: &'a str,
    pub(crate) statement: &'a str,
    pub(crate) reports: Vec<PlaceRow<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StoryRow<'a> {
    pub(crate) id: String,
    pub(crate) title: &'a str,
    pub(crate) articles: Vec<&'a str>,
}
