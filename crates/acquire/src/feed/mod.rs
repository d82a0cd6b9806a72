//! Documents that list reports: RSS 0.9 to 2.0, Atom, JSON Feed, OPML, sitemaps and news sitemaps.
//!
//! [`read`] tells the format by the content, not by the name, and makes one [`Listing`] of all of them: [`Item`]s, each of which is a
//! report or the address of one, and [`Subscription`]s, the addresses of further listings. Feeds in the wild are often broken; what can
//! be read of one is read, and each [`Fault`] has its line and column.
//!
//! The XML formats are read over quick-xml by ourselves: of the feed libraries, feed-rs 3.0 drops `<source>`, which names the outlet in
//! the feeds of aggregators, knows no RSS 0.90, 0.93 and 0.94, and gives up at the first fault without its line.
//!
//! ```
//! let rss = "<rss version='2.0'><channel><title>Lissund Review</title>\
//!            <item><title>Rain &amp; wind</title><link>https://review.example/rain</link></item></channel></rss>";
//! let listing = parallax_acquire::feed::read(rss, None).unwrap();
//! assert_eq!(listing.items[0].title.as_deref(), Some("Rain & wind"));
//! assert_eq!(listing.title.as_deref(), Some("Lissund Review"));
//! ```

mod atom;
mod discovery;
mod json;
mod markup;
pub mod opml;
mod publication;
mod rss;
mod sitemap;
mod xml;

use parallax_model::Body;
use url::Url;
use xxhash_rust::xxh3::Xxh3;

pub use discovery::of_page;
pub use publication::{Entry, Publication, write_atom};

/// What a document that lists reports says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listing {
    /// What it is called: of a feed, mostly the outlet.
    pub title: Option<String>,
    /// Its language as it says itself.
    pub language: Option<String>,
    /// The reports that it lists, in its order.
    pub items: Vec<Item>,
    /// The listings that it lists, in its order.
    pub subscriptions: Vec<Subscription>,
    /// What is broken in it.
    pub faults: Vec<Fault>,
}

/// One report in a listing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item {
    /// Its headline as plain text.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The outlet, where the item itself names one.
    pub outlet: Option<String>,
    /// When it was published, as worded.
    pub published: Option<String>,
    /// When it was last changed, as worded.
    pub updated: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Who signed it.
    pub authors: Vec<String>,
    /// As much of its text as the listing holds.
    pub content: Option<Body>,
}

/// The address of a further listing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subscription {
    /// What it is called.
    pub title: Option<String>,
    /// Where it is.
    pub url: String,
    /// The site that it belongs to.
    pub site: Option<String>,
    /// The folders that it lies in, the outermost first.
    pub folders: Vec<String>,
}

/// Something broken in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub reason: String,
}

/// Formats of listings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Rss,
    Atom,
    JsonFeed,
    Opml,
    Sitemap,
}

impl Item {
    /// A fingerprint of what the listing says of the report: another where its headline, its dates or the words of its text are others.
    pub fn fingerprint(&self) -> String {
        let text = match &self.content {
            Some(Body::Text(text) | Body::Html(text)) => markup::plain(text),
            None => None,
        };
        let mut said = Xxh3::new();
        for part in [&self.title, &self.published, &self.updated, &text] {
            said.update(part.as_deref().unwrap_or_default().as_bytes());
            said.update(&[0xFF]);
        }
        format!("{:016x}", said.digest())
    }
}

/// Reads a listing of any format; `None` if the text is none. Addresses in it that are not whole are completed by `base`, the address
/// of the listing itself.
pub fn read(text: &str, base: Option<&Url>) -> Option<Listing> {
    let mut listing = match format(text)? {
        Format::Rss => rss::read(text),
        Format::Atom => atom::read(text),
        Format::JsonFeed => json::read(text),
        Format::Opml => opml::read(text),
        Format::Sitemap => sitemap::read(text),
    };
    let whole = |address: &str| match base {
        Some(base) => base.join(address.trim()).ok(),
        None => Url::parse(address.trim()).ok(),
    };
    for item in &mut listing.items {
        item.url = item.url.as_deref().and_then(whole).map(String::from);
    }
    for subscription in &mut listing.subscriptions {
        if let Some(url) = whole(&subscription.url) {
            subscription.url = url.into();
        }
    }
    Some(listing)
}

/// The format by the outermost element, or by the fields of a JSON object.
fn format(text: &str) -> Option<Format> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.starts_with('{') {
        return json::is_feed(text).then_some(Format::JsonFeed);
    }
    match xml::root(text)?.as_str() {
        "rss" | "rdf" => Some(Format::Rss),
        "feed" | "entry" => Some(Format::Atom),
        "opml" => Some(Format::Opml),
        "urlset" | "sitemapindex" => Some(Format::Sitemap),
        _ => None,
    }
}

/// Words with single spaces, if there are any.
fn words(text: &str) -> Option<String> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// A text that may be HTML, as the body of a report.
fn content(text: &str) -> Option<Body> {
    let text = text.trim();
    if text.is_empty() {
        None
    } else if text.contains(['<', '&']) {
        Some(Body::Html(text.to_owned()))
    } else {
        Some(Body::Text(text.to_owned()))
    }
}

#[cfg(test)]
mod tests;
