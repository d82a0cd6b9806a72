//! The rows of the tables that are no part of the comparison document.

use parallax_model::Article;
use serde::Serialize;

/// A report and its story.
#[derive(Debug, Serialize)]
pub(crate) struct StoryMemberRow<'a> {
    article: &'a str,
    story: String,
}

impl<'a> StoryMemberRow<'a> {
    pub(crate) fn new(article: &'a str, story: usize) -> Self {
        Self { article, story: format!("s{}", story + 1) }
    }
}

/// A report and the group of its near-copies.
#[derive(Debug, Serialize)]
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
#[derive(Debug, Serialize)]
pub(crate) struct ExtractRow<'a> {
    id: &'a str,
    url: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<&'a str>,
    authors: &'a [String],
    language: Option<&'a str>,
    text: &'a str,
}

impl<'a> ExtractRow<'a> {
    pub(crate) fn new(article: &'a Article) -> Self {
        Self {
            id: &article.id,
            url: article.url.as_deref(),
            title: article.title.as_deref(),
            published: article.published.as_deref(),
            authors: &article.authors,
            language: article.language.as_deref(),
            text: &article.text,
        }
    }
}
