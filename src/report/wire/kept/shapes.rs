//! The shapes of a kept document, as they are read again.

use serde::Deserialize;

use super::Evidence;

#[derive(Deserialize)]
pub(super) struct Read {
    pub(super) articles: Vec<ReadArticle>,
    pub(super) quotations: Vec<ReadQuotation>,
    pub(super) utterances: Vec<ReadUtterance>,
    pub(super) entities: Vec<ReadEntity>,
    pub(super) facts: Vec<ReadFact>,
    pub(super) passages: Vec<ReadPassage>,
    pub(super) lineage: Vec<ReadLineage>,
    pub(super) origins: Vec<ReadOrigin>,
    pub(super) timeline: Vec<ReadEvent>,
    pub(super) stories: Vec<ReadStory>,
    pub(super) evidence: Evidence,
}

#[derive(Deserialize)]
pub(super) struct ReadArticle {
    pub(super) id: String,
    pub(super) source: Option<String>,
    pub(super) title: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) text: String,
    pub(super) boilerplate: Vec<ReadBoilerplate>,
}

#[derive(Deserialize)]
pub(super) struct ReadBoilerplate {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: String,
    pub(super) rule: String,
}

#[derive(Clone, Copy, Deserialize)]
pub(super) struct Scalars {
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Deserialize)]
pub(super) struct ReadPlace {
    pub(super) article: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Deserialize)]
pub(super) struct ReadQuotation {
    pub(super) id: String,
    pub(super) article: String,
    pub(super) kind: String,
    pub(super) spans: Vec<Scalars>,
    pub(super) cue: Option<Scalars>,
    pub(super) speaker: ReadSpeaker,
    pub(super) rule: String,
    pub(super) confidence: f32,
}

#[derive(Deserialize)]
pub(super) struct ReadSpeaker {
    pub(super) mention: Option<Scalars>,
    pub(super) entity: Option<String>,
    pub(super) name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ReadUtterance {
    pub(super) speaker: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) reference_reason: String,
    pub(super) renditions: Vec<ReadRendition>,
}

#[derive(Deserialize)]
pub(super) struct ReadRendition {
    pub(super) quotation: String,
    pub(super) spans: Option<Vec<Scalars>>,
    pub(super) relation: String,
    pub(super) misattributed: bool,
    pub(super) differences: Vec<ReadDifference>,
}

#[derive(Deserialize)]
pub(super) struct ReadDifference {
    pub(super) op: String,
    pub(super) reference: String,
    pub(super) rendition: String,
}

#[derive(Deserialize)]
pub(super) struct ReadEntity {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) roles: Vec<String>,
    pub(super) mentions: Vec<ReadPlace>,
}

#[derive(Deserialize)]
pub(super) struct ReadFact {
    pub(super) kind: String,
    pub(super) statement: String,
    pub(super) reports: Vec<ReadFactReport>,
    pub(super) agreement: String,
    pub(super) origins: usize,
    pub(super) explanation: String,
}

#[derive(Deserialize)]
pub(super) struct ReadFactReport {
    pub(super) article: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Option<f64>,
    pub(super) unit: Option<String>,
    pub(super) approximate: bool,
}

#[derive(Deserialize)]
pub(super) struct ReadPassage {
    pub(super) a: ReadPlace,
    pub(super) b: ReadPlace,
    pub(super) relation: String,
    pub(super) score: f32,
    pub(super) verdict: Option<ReadVerdict>,
}

#[derive(Deserialize)]
pub(super) struct ReadVerdict {
    pub(super) relation: Option<String>,
    pub(super) same: f32,
    pub(super) conflicts: Vec<String>,
    pub(super) features: Vec<ReadFeature>,
}

#[derive(Deserialize)]
pub(super) struct ReadFeature {
    pub(super) feature: String,
    pub(super) weight: f32,
}

#[derive(Deserialize)]
pub(super) struct ReadLineage {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) relation: String,
    pub(super) share: f32,
    pub(super) direction_confidence: f32,
    pub(super) evidence: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct ReadOrigin {
    pub(super) articles: Vec<String>,
    pub(super) reason: String,
}

#[derive(Deserialize)]
pub(super) struct ReadEvent {
    pub(super) date: String,
    pub(super) statement: String,
    pub(super) reports: Vec<ReadPlace>,
}

#[derive(Deserialize)]
pub(super) struct ReadStory {
    pub(super) title: String,
    pub(super) articles: Vec<String>,
}
