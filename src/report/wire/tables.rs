//! The rows of the tables that are no part of the comparison document.

use parallax_analysis::story::StoryId;
use parallax_model::{Article, Body, Form, RawReport};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Offsets, Span};

/// A report and its story.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StoryMemberRow<'a> {
    article: &'a str,
    story: String,
}

impl<'a> StoryMemberRow<'a> {
    pub(crate) fn new(article: &'a str, story: StoryId) -> Self {
        Self { article, story: story.to_string() }
    }
}

/// A report and the group of its near-copies.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DuplicateRow<'a> {
    article: &'a str,
    group: String,
}

impl<'a> DuplicateRow<'a> {
    pub(crate) fn new(article: &'a str, group: usize) -> Self {
        Self { article, group: format!("d{}", group + 1) }
    }
}

/// The article read out of a report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExtractRow<'a> {
    id: &'a str,
    url: Option<&'a str>,
    title: Option<&'a str>,
    headline: Option<&'a str>,
    source: Option<&'a str>,
    published: Option<&'a str>,
    published_at: Option<&'a str>,
    updated: Option<&'a str>,
    section: Option<&'a str>,
    authors: &'a [String],
    credit: Option<&'a str>,
    language: Option<&'a str>,
    text: &'a str,
    parts: Vec<PartRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<&'a str>,
}

/// A stretch of the text with its form on the page, in code points.
#[derive(Debug, Serialize, ToSchema)]
struct PartRow {
    start: usize,
    end: usize,
    form: &'static str,
}

impl<'a> ExtractRow<'a> {
    /// The row of an article, with the page that it was read from where that is wanted.
    pub(crate) fn new(article: &'a Article, html: Option<&'a str>) -> Self {
        let offsets = Offsets::new(&article.text);
        let parts = article.parts.iter().map(|part| {
            let Span { start, end } = offsets.span(part.span);
            PartRow { start, end, form: form(part.form) }
        });
        Self {
            id: &article.id,
            url: article.url.as_deref(),
            title: article.stated_title.as_deref(),
            headline: article.title.as_deref(),
            source: article.source.as_deref(),
            published: article.published.as_deref(),
            published_at: article.published_at.as_deref(),
            updated: article.updated.as_deref(),
            section: article.section.as_deref(),
            authors: &article.authors,
            credit: article.credit.as_deref(),
            language: article.language.as_deref(),
            text: &article.text,
            parts: parts.collect(),
            html,
        }
    }
}

fn form(form: Form) -> &'static str {
    match form {
        Form::Paragraph => "paragraph",
        Form::Subhead => "subhead",
        Form::ListItem => "list-item",
        Form::Blockquote => "blockquote",
        Form::Cell => "cell",
    }
}

/// A report as it came, in the form in which tables of reports are read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportRow<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'a str>,
    #[serde(flatten)]
    body: BodyField<'a>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum BodyField<'a> {
    Text(&'a str),
    Html(&'a str),
}

impl<'a> ReportRow<'a> {
    pub(crate) fn new(report: &'a RawReport) -> Self {
        Self {
            id: &report.id,
            url: report.url.as_deref(),
            title: report.title.as_deref(),
            source: report.source.as_deref(),
            published: report.published.as_deref(),
            lang: report.language.as_deref(),
            body: match &report.body {
                Body::Text(text) => BodyField::Text(text),
                Body::Html(page) => BodyField::Html(page),
            },
        }
    }
}
