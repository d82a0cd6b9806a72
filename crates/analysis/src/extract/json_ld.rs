//! JSON-LD: statements about a page in the vocabulary of schema.org.

use dom_query::Document;
use serde_json::Value;

use super::metadata::{Metadata, cleaned, split_names};

/// What the page's statements say about its article; empty where there are none, or none that can be read.
pub(super) fn read(page: &Document) -> Metadata {
    let mut found = Metadata::default();
    for script in &page.select("script[type='application/ld+json']") {
        if let Some(statement) = parse(&script.text()) {
            visit(&statement, &mut found);
        }
    }
    found
}

/// Parses a statement. Many pages put bare line breaks into strings, or the whole into a comment.
fn parse(script: &str) -> Option<Value> {
    let json = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let json = json
        .trim_end_matches(';')
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim();
    serde_json::from_str(json).or_else(|_| serde_json::from_str(&json.replace(char::is_control, " "))).ok()
}

/// Looks for articles in a statement, in lists and graphs too. The first to state something wins.
fn visit(statement: &Value, found: &mut Metadata) {
    match statement {
        Value::Array(statements) => statements.iter().for_each(|statement| visit(statement, found)),
        Value::Object(fields) => {
            if is_article(statement) {
                read_article(statement, found);
            }
            for inner in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"] {
                if let Some(inner) = fields.get(inner).filter(|inner| !inner.is_string()) {
                    visit(inner, found);
                }
            }
        }
        _ => {}
    }
}

fn is_article(statement: &Value) -> bool {
    let names_article = |name: &Value| {
        name.as_str().is_some_and(|name| {
            name.ends_with("Article") || name.ends_with("Posting") || name.ends_with("Report")
        })
    };
    match &statement["@type"] {
        Value::Array(types) => types.iter().any(names_article),
        one => names_article(one),
    }
}

fn read_article(article: &Value, found: &mut Metadata) {
    let Metadata { title, authors, published, outlet, language, url } = found;
    fill(title, words(&article["headline"]).or_else(|| words(&article["name"])));
    fill(published, words(&article["datePublished"]).or_else(|| words(&article["dateCreated"])));
    fill(outlet, name(&article["publisher"]));
    fill(language, name(&article["inLanguage"]).or_else(|| words(&article["inLanguage"]["alternateName"])));
    let stated_url = words(&article["url"])
        .or_else(|| words(&article["mainEntityOfPage"]))
        .or_else(|| words(&article["mainEntityOfPage"]["@id"]));
    fill(url, stated_url.filter(|url| url.starts_with("http")));
    if authors.is_empty() {
        *authors = names(&article["author"]);
    }
}

fn fill(field: &mut Option<String>, value: Option<String>) {
    if field.is_none() {
        *field = value;
    }
}

/// All names that `value` gives: of one, or of a list.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(names).collect(),
        one => name(one).map(|name| split_names(&name)).unwrap_or_default(),
    }
}

/// The name of a thing that is given by its name or as an object.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => values.iter().find_map(name),
        Value::Object(fields) => fields.get("name").and_then(name),
        one => words(one),
    }
}

/// The text that `value` is, with its character references resolved.
fn words(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    if text.contains('&') { cleaned(&Document::fragment(text).text()) } else { cleaned(text) }
}
