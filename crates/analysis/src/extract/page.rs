//! HTML pages.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::metadata::{self, Metadata};

/// What was read out of a page.
pub(super) struct Page {
    /// What it says about itself.
    pub(super) metadata: Metadata,
    /// Its main text, paragraphs apart by blank lines, where there is one.
    pub(super) text: Option<String>,
    /// All of its text, where there is no main text.
    pub(super) all_text: String,
}

/// Elements more deeply nested than in any real page; the parsers' recursion would overflow the stack.
const DEEPEST: usize = 1000;

/// Reads a page.
pub(super) fn read(html: &str, url: Option<&str>) -> Page {
    if is_too_deep(html) {
        return Page { metadata: Metadata::default(), text: None, all_text: without_tags(html) };
    }
    let document = Document::from(html);
    let metadata = metadata::read(&document);
    let text = main_text(document, url);
    let all_text = if text.is_some() { String::new() } else { all_text(html) };
    Page { metadata, text, all_text }
}

/// The main text by the method of Readability.
fn main_text(document: Document, url: Option<&str>) -> Option<String> {
    let config = Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    // An address that is not absolute is an error to the library, and only serves to complete links.
    let url = url.filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    let article =
        Readability::with_document(document, url, Some(config)).and_then(|mut reader| reader.parse()).ok()?;
    let text = article.text_content.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn all_text(html: &str) -> String {
    let document = Document::from(html);
    document.select("script,style,noscript,template").remove();
    document.select("body").formatted_text().trim().to_owned()
}

/// Whether more elements are open at some point than real pages have. Elements that need no end are counted
/// too, so that a page has to have very many of them in a row to be taken for deep.
fn is_too_deep(html: &str) -> bool {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for tag in html.split('<').skip(1) {
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_void(tag) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest > DEEPEST
}

/// Whether the tag opens an element that has no end tag, or often none.
fn is_void(tag: &str) -> bool {
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    const VOID: [&str; 20] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr", "p", "li", "td", "tr", "option", "path",
    ];
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
        || tag.split('>').next().is_some_and(|inside| inside.ends_with('/'))
}

/// The text between the tags, for pages that no parser is safe with.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    for piece in html.split('<') {
        let words = piece.split_once('>').map_or("", |(_, words)| words).trim();
        if !words.is_empty() {
            text.push_str(words);
            text.push('\n');
        }
    }
    text
}
