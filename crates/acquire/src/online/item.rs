//! Items of listings as reports.

use parallax_model::RawReport;
use url::Url;

use super::page;
use crate::Error;
use crate::feed::Item;

/// The listing that an item is from.
#[derive(Debug)]
pub(super) struct Origin {
    pub(super) place: String,
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
}

/// By what an item is known again: its address, else its headline in this listing.
pub(super) fn key(item: &Item, number: usize, origin: &Origin) -> String {
    let named = || item.title.clone().unwrap_or_else(|| number.to_string());
    item.url.clone().unwrap_or_else(|| format!("{}#{}", origin.place, named()))
}

/// An item as a report of what the listing says of it.
pub(super) fn report(item: Item, origin: &Origin, place: &str) -> Result<RawReport, Error> {
    let id = match item.url.as_deref().and_then(|url| Url::parse(url).ok()) {
        Some(url) => page::id(&url),
        None => page::slug(item.title.as_deref().unwrap_or(place)),
    };
    Ok(RawReport {
        id,
        place: place.to_owned(),
        source: item.outlet.or_else(|| origin.title.clone()),
        title: item.title,
        published: item.published,
        url: item.url,
        language: item.language.or_else(|| origin.language.clone()).map(|language| primary(&language)),
        authors: item.authors,
        body: item.content.ok_or(Error::NoContent)?,
        ..RawReport::default()
    })
}

/// A page with what the listing says of it, which is cleaner than what pages say of themselves.
pub(super) fn told_by(page: RawReport, item: Item) -> RawReport {
    RawReport {
        source: item.outlet,
        title: item.title,
        published: item.published,
        language: item.language.map(|language| primary(&language)),
        authors: item.authors,
        ..page
    }
}

/// The language of a tag such as `en-GB`.
fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}
