//! Raw report to article.
//!
//! Of an HTML page the main text is taken by the method of Mozilla's Readability, and what the page says about itself from JSON-LD,
//! OpenGraph and older marks. Plain text stays as it is; its headline, byline and day are read off its first lines.

mod date;
mod json_ld;
mod language;
mod metadata;
mod page;
mod plain;

pub(crate) use date::month;

use parallax_model::{Article, Body, Problem, RawReport};

use metadata::Metadata;

/// Reads the article out of a report. What the input says about it goes before what the text or page says.
///
/// ```
/// use parallax_analysis::extract::extract;
/// use parallax_model::{Body, RawReport};
/// let report = RawReport {
///     id: "flood".into(),
///     place: "flood.txt".into(),
///     source: None,
///     title: None,
///     published: Some("5 May 2021, 10:00".into()),
///     url: None,
///     language: None,
///     body: Body::Text("Water reaches the old church\n\nThe river rose by two metres overnight, the mayor said.".into()),
/// };
/// let article = extract(report);
/// assert_eq!(article.title.as_deref(), Some("Water reaches the old church"));
/// assert_eq!(article.published.as_deref(), Some("2021-05-05"));
/// ```
pub fn extract(report: RawReport) -> Article {
    let (text, found, mut problems) = match report.body {
        Body::Text(text) => {
            let found = plain::read_head(&text);
            (text, found, Vec::new())
        }
        Body::Html(html) => read_page(&html, report.url.as_deref(), &report.id),
    };
    let language = language::tell(&text, report.language.or(found.language));
    problems.extend(language::problem(language.as_deref()).map(|reason| problem(&report.id, reason)));
    let worded = report.published.or(found.published).filter(|worded| !worded.trim().is_empty());
    let published = worded.as_deref().and_then(date::day);
    if let (Some(worded), None) = (&worded, &published) {
        problems.push(problem(
            &report.id,
            format!("the date of publication “{}” names no day", shortened(worded)),
        ));
    }
    Article {
        id: report.id,
        source: report.source.or(found.outlet),
        title: report.title.or(found.title),
        published,
        url: report.url.or(found.url),
        language,
        authors: found.authors,
        text,
        problems,
    }
}

/// Reads the main text of a page and what it says about itself.
fn read_page(html: &str, url: Option<&str>, id: &str) -> (String, Metadata, Vec<Problem>) {
    let page = page::read(html, url);
    let found = page.metadata;
    match page.text {
        Some(text) => (text, found, Vec::new()),
        None => {
            let reason = "no main text was found; all text of the page is taken".to_owned();
            (page.all_text, found, vec![problem(id, reason)])
        }
    }
}

fn problem(place: &str, reason: String) -> Problem {
    Problem { place: place.to_owned(), reason }
}

/// A field's words, short enough for a message.
fn shortened(words: &str) -> String {
    words.chars().take(40).collect()
}

#[cfg(test)]
mod tests;
