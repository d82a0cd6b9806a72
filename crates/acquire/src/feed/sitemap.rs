//! Sitemaps, indexes of sitemaps, and the news sitemaps that add headline, outlet and date.

use super::xml::{self, Element, Layout};
use super::{Item, Listing, Subscription, words};

const LAYOUT: Layout = Layout { containers: &["urlset", "sitemapindex"], records: &["url", "sitemap"] };

pub(super) fn read(text: &str) -> Listing {
    let mut listing = Listing::default();
    let faults = xml::parts(text, &LAYOUT, &mut |part| match part.name.as_str() {
        "url" => listing.items.extend(page(&part)),
        "sitemap" => listing
            .subscriptions
            .extend(part.text_of(&["loc"]).map(|url| Subscription { url, ..Subscription::default() })),
        _ => {}
    });
    listing.faults = faults;
    listing
}

/// A page. When it was last changed is not when it was published, so that date is not taken.
fn page(page: &Element) -> Option<Item> {
    let news = page.first("news:news");
    let news_text = |name: &str| news.and_then(|news| news.text_of(&[name])).as_deref().and_then(words);
    let publication = news.and_then(|news| news.first("news:publication"));
    Some(Item {
        url: Some(page.text_of(&["loc"])?),
        title: news_text("news:title"),
        published: news_text("news:publication_date"),
        updated: page.text_of(&["lastmod"]),
        outlet: publication.and_then(|publication| publication.text_of(&["news:name"])),
        language: publication.and_then(|publication| publication.text_of(&["news:language"])),
        ..Item::default()
    })
}
