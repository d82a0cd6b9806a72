//! JSON Feed, 1 and 1.1.

use parallax_model::Body;
use serde_json::Value;

use super::{Fault, Item, Listing, content, words};

/// Whether a JSON object says early on that it is a feed. What is behind need not be whole.
pub(super) fn is_feed(text: &str) -> bool {
    const HEAD: usize = 2000;
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or_default().replace("\\/", "/");
    head.contains("\"version\"") && head.contains("jsonfeed.org/version/")
}

pub(super) fn read(text: &str) -> Listing {
    match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
        Ok(feed) => listing(&feed),
        Err(error) => {
            let words = error.to_string();
            let reason =
                words.rsplit_once(" at line ").map_or(words.as_str(), |(reason, _)| reason).to_owned();
            let (line, column) = place(text, &error);
            Listing { faults: vec![Fault { line, column, reason }], ..Listing::default() }
        }
    }
}

/// Line and column in characters, each from 1. The parser counts bytes, and gives a line break inside a string as column 0 of the next line.
fn place(text: &str, error: &serde_json::Error) -> (usize, usize) {
    let (number, bytes) = match error.column() {
        0 => (error.line().saturating_sub(1), usize::MAX),
        column => (error.line(), column - 1),
    };
    let line =
        text.trim_start_matches('\u{feff}').split('\n').nth(number.saturating_sub(1)).unwrap_or_default();
    let before = line.get(..line.floor_char_boundary(bytes)).unwrap_or_default();
    (number.max(1), before.chars().count() + 1)
}

fn listing(feed: &Value) -> Listing {
    let items = feed["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut faults = Vec::new();
    if feed["items"].as_array().is_none() {
        faults.push(Fault { line: 1, column: 1, reason: "the field items is missing".to_owned() });
    }
    Listing {
        title: plain(&feed["title"]),
        language: plain(&feed["language"]),
        items: items.iter().map(item).collect(),
        subscriptions: Vec::new(),
        faults,
    }
}

fn item(item: &Value) -> Item {
    let address = |field: &str| item[field].as_str().filter(|address| address.starts_with("http"));
    let text = || item["content_text"].as_str().or_else(|| item["summary"].as_str());
    let text = || text().filter(|text| !text.trim().is_empty()).map(|text| Body::Text(text.to_owned()));
    Item {
        title: plain(&item["title"]),
        url: item["url"]
            .as_str()
            .or_else(|| address("external_url"))
            .or_else(|| address("id"))
            .map(str::to_owned),
        outlet: None,
        published: plain(&item["date_published"]).or_else(|| plain(&item["date_modified"])),
        updated: plain(&item["date_modified"]),
        language: plain(&item["language"]),
        authors: authors(item),
        content: item["content_html"].as_str().and_then(content).or_else(text),
    }
}

/// Who signed an item, as version 1.1 or 1 has it.
fn authors(item: &Value) -> Vec<String> {
    let listed = item["authors"].as_array().into_iter().flatten();
    listed.chain([&item["author"]]).filter_map(|author| plain(&author["name"])).fold(
        Vec::new(),
        |mut names, name| {
            if !names.contains(&name) {
                names.push(name);
            }
            names
        },
    )
}

fn plain(value: &Value) -> Option<String> {
    value.as_str().and_then(words)
}
