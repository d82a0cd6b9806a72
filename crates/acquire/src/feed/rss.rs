//! RSS in its seven versions, 0.90 to 2.0, and RSS 1.0, which is RDF.

use super::xml::{self, Element, Layout};
use super::{Item, Listing, content, markup, words};

const LAYOUT: Layout = Layout { containers: &["rss", "rdf:rdf", "rdf", "channel"], records: &["item"] };

pub(super) fn read(text: &str) -> Listing {
    let mut listing = Listing::default();
    let faults = xml::parts(text, &LAYOUT, &mut |part| match part.name.as_str() {
        "item" => listing.items.push(item(&part)),
        "title" if listing.title.is_none() => listing.title = markup::plain(&part.text()),
        "language" | "dc:language" if listing.language.is_none() => listing.language = words(&part.text()),
        _ => {}
    });
    listing.faults = faults;
    listing
}

fn item(item: &Element) -> Item {
    let content_of = |name: &str| item.all(name).find_map(|element| content(&element.html()));
    Item {
        title: item.text_of(&["title", "dc:title", "media:title"]).as_deref().and_then(markup::plain),
        url: address(item),
        // The channel that an aggregator took the item from.
        outlet: item.text_of(&["source", "dc:publisher"]).as_deref().and_then(markup::plain),
        published: item.text_of(&[
            "pubdate",
            "dc:date",
            "dcterms:issued",
            "atom:published",
            "atom:updated",
            "date",
        ]),
        updated: item.text_of(&["atom:updated", "dcterms:modified"]),
        language: item.text_of(&["dc:language", "language"]),
        authors: authors(item),
        content: ["content:encoded", "xhtml:body", "body", "description", "media:description"]
            .iter()
            .find_map(|name| content_of(name)),
    }
}

/// Who signed an item. RSS itself has the address of the author's mailbox, with the name in brackets behind it.
fn authors(item: &Element) -> Vec<String> {
    let named = |name: &str| item.all(name).filter_map(|author| markup::plain(&author.text())).collect();
    let creators: Vec<String> = named("dc:creator");
    let authors = if creators.is_empty() { named("author") } else { creators };
    authors.iter().filter_map(|author| without_mailbox(author)).collect()
}

/// The name in "osei@post.example (Ada Osei)" or "Ada Osei <osei@post.example>"; a mailbox alone names nobody.
fn without_mailbox(author: &str) -> Option<String> {
    if !author.contains('@') {
        return words(author);
    }
    let bracketed = author.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| name);
    let before = || author.split_once('<').map(|(name, _)| name);
    bracketed.or_else(before).filter(|name| !name.contains('@')).and_then(words)
}

/// The address of an item: its link, else its identifier where that is one, as it is unless it says otherwise.
fn address(item: &Element) -> Option<String> {
    let linked =
        || item.all("atom:link").filter(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"));
    item.text_of(&["link"])
        .or_else(|| linked().find_map(|link| link.attribute("href").map(str::to_owned)))
        .or_else(|| {
            let permanent = item.all("guid").filter(|guid| guid.attribute("ispermalink") != Some("false"));
            permanent
                .map(Element::text)
                .find(|id| id.trim().starts_with("http"))
                .map(|id| id.trim().to_owned())
        })
        .or_else(|| item.attribute("rdf:about").filter(|about| about.starts_with("http")).map(str::to_owned))
}
