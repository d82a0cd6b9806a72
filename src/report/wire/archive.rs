//! The rows of the commands that work on an archive.

use std::collections::BTreeMap;

use parallax_archive::{
    Correction, Event, Fate, Hit, QuotationRecord, Report, Right, Story, StoryId, Version,
};
use parallax_model::RawReport;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{Offsets, ReportRow, Span};
use crate::changes::{Edit, EventPlace, News};
use crate::ingest::Added;

/// What became of a report that was added.
#[derive(Debug, Serialize)]
pub(crate) struct AddedRow<'a> {
    report: &'a str,
    was: &'static str,
    stories: Vec<String>,
}

impl<'a> AddedRow<'a> {
    pub(crate) fn new(added: &'a Added) -> Self {
        let was = match added.fate {
            Fate::New => "new",
            Fate::Updated | Fate::Amended => "updated",
            Fate::Unchanged => "unchanged",
        };
        Self { report: &added.name, was, stories: added.stories.iter().map(ToString::to_string).collect() }
    }
}

/// A report that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HitRow<'a> {
    report: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<&'a str>,
    url: Option<&'a str>,
    stories: Vec<String>,
    score: f64,
    snippet: SnippetRow<'a>,
}

/// The part of a text that shows why it was found; places in the article's text, in code points.
#[derive(Debug, Serialize, ToSchema)]
struct SnippetRow<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    marks: Vec<Span>,
}

impl<'a> HitRow<'a> {
    pub(crate) fn new(hit: &'a Hit) -> Self {
        let offsets = Offsets::new(&hit.text);
        let Span { start, end } = offsets.span(hit.snippet.span);
        let marks = hit.snippet.marks.iter().map(|mark| offsets.span(*mark)).collect();
        Self {
            report: &hit.report.name,
            title: hit.report.title.as_deref(),
            outlet: hit.report.outlet.as_deref(),
            published: hit.report.published.as_deref(),
            url: hit.report.url.as_deref(),
            stories: hit.stories.iter().map(ToString::to_string).collect(),
            score: hit.score,
            snippet: SnippetRow { text: hit.snippet.span.of(&hit.text), start, end, marks },
        }
    }
}

/// A story of an archive.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArchivedStoryRow<'a> {
    story: String,
    title: &'a str,
    reports: u32,
    /// How many independent origins; null until the reports were compared.
    origins: Option<u32>,
    began: String,
    changed: String,
}

impl<'a> ArchivedStoryRow<'a> {
    pub(crate) fn new(story: &'a Story) -> Self {
        Self {
            story: story.id.to_string(),
            title: &story.title,
            reports: story.reports,
            origins: story.origins,
            began: story.began.to_string(),
            changed: story.changed.to_string(),
        }
    }
}

/// A report of an archive, in the form in which tables of reports are read, and what the archive knows of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArchivedReportRow<'a> {
    #[serde(flatten)]
    report: ReportRow<'a>,
    stories: Vec<String>,
    versions: u32,
    first_seen: String,
    last_seen: String,
}

impl<'a> ArchivedReportRow<'a> {
    pub(crate) fn new(raw: &'a RawReport, report: &Report, stories: impl Iterator<Item = StoryId>) -> Self {
        Self {
            report: ReportRow::new(raw),
            stories: stories.map(|story| story.to_string()).collect(),
            versions: report.versions,
            first_seen: report.first_seen.to_string(),
            last_seen: report.last_seen.to_string(),
        }
    }
}

/// A report of an archive as it was acquired at one time, in the form in which tables of reports are read.
#[derive(Debug, Serialize)]
pub(crate) struct VersionRow<'a> {
    #[serde(flatten)]
    report: ReportRow<'a>,
    version: u32,
    acquired: String,
    /// What is other than in the version before.
    changes: Vec<Edit>,
}

impl<'a> VersionRow<'a> {
    pub(crate) fn new(version: &'a Version, changes: Vec<Edit>) -> Self {
        Self {
            report: ReportRow::new(&version.raw),
            version: version.number,
            acquired: version.acquired.to_string(),
            changes,
        }
    }
}

/// What a version of a report changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RevisionRow {
    version: u32,
    acquired: String,
    changes: Vec<Edit>,
}

impl RevisionRow {
    pub(crate) fn new(version: &Version, changes: Vec<Edit>) -> Self {
        Self { version: version.number, acquired: version.acquired.to_string(), changes }
    }
}

/// A quotation of an archive, with its words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArchivedQuotationRow<'a> {
    id: String,
    article: &'a str,
    kind: &'static str,
    spans: Vec<Span>,
    texts: Vec<&'a str>,
    cue: Option<Span>,
    speaker: ArchivedSpeakerRow<'a>,
    speech: bool,
    rule: &'a str,
    confidence: f32,
    source: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<&'a str>,
    url: Option<&'a str>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ArchivedSpeakerRow<'a> {
    mention: Option<Span>,
    name: Option<&'a str>,
}

impl<'a> ArchivedQuotationRow<'a> {
    /// The quotations of a report whose article says `text`.
    pub(crate) fn all(report: &'a Report, text: &'a str, quotations: &'a [QuotationRecord]) -> Vec<Self> {
        let offsets = Offsets::new(text);
        let row = |quotation: &'a QuotationRecord| Self {
            id: format!("{}-q{}", report.name, quotation.number + 1),
            article: &report.name,
            kind: quotation.kind.word(),
            spans: quotation.spans.iter().map(|span| offsets.span(*span)).collect(),
            texts: quotation.spans.iter().map(|span| span.of(text)).collect(),
            cue: quotation.cue.map(|span| offsets.span(span)),
            speaker: ArchivedSpeakerRow {
                mention: quotation.mention.map(|span| offsets.span(span)),
                name: quotation.speaker.as_deref(),
            },
            speech: quotation.speech,
            rule: &quotation.rule,
            confidence: quotation.confidence,
            source: report.outlet.as_deref(),
            title: report.title.as_deref(),
            published: report.published.as_deref(),
            url: report.url.as_deref(),
        };
        quotations.iter().map(row).collect()
    }
}

/// Something that happened to a story of an archive.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventLogRow<'a> {
    event: i64,
    story: String,
    at: String,
    kind: &'static str,
    detail: &'a Value,
    /// What the outlet changed, where it corrected its report.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Edit>,
}

impl<'a> EventLogRow<'a> {
    pub(crate) fn new(event: &'a Event, changes: Vec<Edit>) -> Self {
        Self {
            changes,
            event: event.id.0,
            story: event.story.to_string(),
            at: event.at.to_string(),
            kind: event.kind.word(),
            detail: &event.detail,
        }
    }
}

/// What a person corrected.
#[derive(Debug, Serialize)]
pub(crate) struct CorrectionRow<'a> {
    correction: i64,
    story: String,
    who: &'a str,
    at: String,
    what: &'a Right,
    #[serde(skip_serializing_if = "Option::is_none")]
    undone_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undone_at: Option<String>,
    /// By which reports the stories are known in another archive.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    stories: &'a BTreeMap<String, Vec<String>>,
}

impl<'a> CorrectionRow<'a> {
    pub(crate) fn new(correction: &'a Correction, stories: &'a BTreeMap<String, Vec<String>>) -> Self {
        let undone = correction.undone.as_ref();
        Self {
            correction: correction.id.0,
            story: correction.story.to_string(),
            who: &correction.who,
            at: correction.at.to_string(),
            what: &correction.what,
            undone_by: undone.map(|(who, _)| who.as_str()),
            undone_at: undone.map(|(_, at)| at.to_string()),
            stories,
        }
    }
}

/// Something that happened to a story, told in a sentence.
#[derive(Debug, Serialize)]
pub(crate) struct NewsRow<'a> {
    event: i64,
    story: String,
    at: String,
    kind: &'static str,
    sentence: &'a str,
    reports: &'a [String],
    places: &'a [EventPlace],
    #[serde(skip_serializing_if = "<[Edit]>::is_empty")]
    changes: &'a [Edit],
}

impl<'a> NewsRow<'a> {
    pub(crate) fn new(event: &Event, news: &'a News) -> Self {
        Self {
            event: event.id.0,
            story: event.story.to_string(),
            at: event.at.to_string(),
            kind: news.kind.word(),
            sentence: &news.sentence,
            reports: &news.reports,
            places: &news.places,
            changes: &news.edits,
        }
    }
}
