//! Atom 1.0, and 0.3 as far as it is the same.

use parallax_model::Body;

use super::xml::{self, Element, Layout};
use super::{Item, Listing, content, markup, words};

const LAYOUT: Layout = Layout { containers: &["feed"], records: &["entry"] };

pub(super) fn read(text: &str) -> Listing {
    let mut listing = Listing::default();
    let faults = xml::parts(text, &LAYOUT, &mut |part| match part.name.as_str() {
        "feed" => listing.language = part.attribute("xml:lang").map(str::to_owned),
        "entry" => listing.items.push(entry(&part)),
        "title" if listing.title.is_none() => listing.title = plain(&part),
        _ => {}
    });
    listing.faults = faults;
    listing
}

fn entry(entry: &Element) -> Item {
    let said = |names: &[&str]| names.iter().find_map(|name| entry.all(name).find_map(body));
    Item {
        title: entry.first("title").and_then(plain),
        url: address(entry),
        // The feed that an aggregator took the entry from.
        outlet: entry.first("source").and_then(|source| source.first("title")).and_then(plain),
        published: entry.text_of(&["published", "issued", "updated", "modified", "dc:date"]),
        updated: entry.text_of(&["updated", "modified"]),
        language: entry.attribute("xml:lang").map(str::to_owned),
        authors: entry.all("author").filter_map(|author| author.first("name").and_then(plain)).collect(),
        content: said(&["content", "summary", "media:description"]),
    }
}

fn address(entry: &Element) -> Option<String> {
    let is_alternate = |link: &&Element| link.attribute("rel").is_none_or(|rel| rel == "alternate");
    let href = |link: &Element| link.attribute("href").map(str::to_owned);
    entry.all("link").filter(is_alternate).find_map(href).or_else(|| {
        let id = entry.text_of(&["id"])?;
        id.starts_with("http").then_some(id)
    })
}

/// A text construct as plain words.
fn plain(element: &Element) -> Option<String> {
    if is_plain(element) { words(&element.text()) } else { markup::plain(&element.html()) }
}

/// A text construct as the body of a report. What lies elsewhere, or is no text, is none.
fn body(element: &Element) -> Option<Body> {
    if element.attribute("src").is_some() {
        None
    } else if is_plain(element) {
        let text = element.text();
        (!text.trim().is_empty()).then(|| Body::Text(text.trim().to_owned()))
    } else {
        content(&element.html())
    }
}

fn is_plain(element: &Element) -> bool {
    matches!(element.attribute("type"), None | Some("text" | "text/plain"))
        && element.elements().next().is_none()
}
