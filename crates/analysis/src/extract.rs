//! Raw report to article.

use parallax_model::{Article, Body, RawReport};

/// Reads the article out of a report.
pub fn extract(report: RawReport) -> Article {
    let text = match report.body {
        Body::Text(text) | Body::Html(text) => text,
    };
    Article {
        id: report.id,
        source: report.source,
        title: report.title,
        published: report.published,
        url: report.url,
        language: report.language,
        text,
        ..Article::default()
    }
}
