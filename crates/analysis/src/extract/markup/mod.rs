//! HTML to a tree of elements and texts.
//!
//! The parser is `html5ever`, which builds the tree that browsers build. What can hold no text of the article (scripts, styles,
//! drawings, comments) is cut off the source before: on news pages that is most of the bytes.

mod sink;
mod slim;
mod tree;

pub(super) use tree::{NodeId, Step, Tree};

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

/// A page as it was parsed.
pub(super) struct Page {
    /// Its elements and texts.
    pub(super) tree: Tree,
    /// The statements of its JSON-LD scripts, as they stand.
    pub(super) statements: Vec<String>,
}

/// More elements inside one another than in any real page. The parser's work grows with the square of the depth.
const DEEPEST: usize = 1500;

/// More attributes in one tag than in any real page. The parser compares each with each.
const MOST_ATTRIBUTES: usize = 5000;

/// Parses a page. One with elements nested too deeply for a parser, or with too many attributes, becomes one run of text.
pub(super) fn parse(html: &str) -> Page {
    let slim::Slim { html, statements } = slim::slim(html);
    let html = if is_hostile(&html) { without_tags(&html) } else { html };
    let tree_builder =
        TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let tree = parse_document(sink::Sink::default(), options).one(html.as_str());
    Page { tree, statements }
}

/// The text of a fragment, its character references resolved and its tags left out.
pub(super) fn text_of_fragment(html: &str) -> String {
    let page = parse(html);
    page.tree.text(Tree::ROOT)
}

/// Whether the parser would take the square of the page's length for it.
fn is_hostile(html: &str) -> bool {
    is_too_deep(html) || html.split('<').any(has_too_many_attributes)
}

/// Attributes stand apart by blanks or slashes outside of quotation marks.
fn has_too_many_attributes(tag: &str) -> bool {
    let Some(inside) = tag.split('>').next().filter(|inside| inside.len() > MOST_ATTRIBUTES) else {
        return false;
    };
    let (mut quote, mut between) = (None, 0);
    for b in inside.bytes() {
        match quote {
            Some(open) if b == open => quote = None,
            None if matches!(b, b'"' | b'\'') => quote = Some(b),
            None if b.is_ascii_whitespace() || b == b'/' => between += 1,
            _ => {}
        }
    }
    between > MOST_ATTRIBUTES
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
    const VOID: [&str; 20] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr", "p", "li", "td", "tr", "option", "path",
    ];
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
        || tag.split('>').next().is_some_and(|inside| inside.ends_with('/'))
}

/// The text between the tags, each piece a paragraph, for pages that no parser is safe with.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    for piece in html.split('<') {
        let words = piece.split_once('>').map_or("", |(_, words)| words).trim();
        if !words.is_empty() {
            text.push_str("<p>");
            text.push_str(words);
        }
    }
    text
}
