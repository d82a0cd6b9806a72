//! OPML, in which readers of feeds keep what they are subscribed to.
//!
//! ```
//! use parallax_acquire::feed::{Subscription, opml, read};
//!
//! let review = Subscription { title: Some("Review".into()), url: "https://review.example/feed".into(), ..Subscription::default() };
//! let text = opml::write("Papers", &[review.clone()]);
//! assert_eq!(read(&text, None).unwrap().subscriptions, [review]);
//! ```

use quick_xml::escape::escape;

use super::xml::{self, Element, Layout};
use super::{Listing, Subscription, words};

const LAYOUT: Layout = Layout { containers: &["opml", "head", "body"], records: &[] };

pub(super) fn read(text: &str) -> Listing {
    let mut listing = Listing::default();
    let faults = xml::parts(text, &LAYOUT, &mut |part| match part.name.as_str() {
        "title" if listing.title.is_none() => listing.title = words(&part.text()),
        "outline" => gather(&part, &mut Vec::new(), &mut listing.subscriptions),
        _ => {}
    });
    listing.faults = faults;
    listing
}

/// Adds the subscriptions of an outline and of those in it. How deep these lie is bounded by the reader of XML.
fn gather(outline: &Element, folders: &mut Vec<String>, subscriptions: &mut Vec<Subscription>) {
    let title = ["title", "text"].iter().find_map(|name| outline.attribute(name)).and_then(words);
    if let Some(url) = outline.attribute("xmlurl") {
        subscriptions.push(Subscription {
            title: title.clone(),
            url: url.to_owned(),
            site: outline.attribute("htmlurl").map(str::to_owned),
            folders: folders.clone(),
        });
    }
    folders.push(title.unwrap_or_default());
    for inner in outline.all("outline") {
        gather(inner, folders, subscriptions);
    }
    folders.pop();
}

/// Writes subscriptions as OPML 2.0 under a title. Neighbours in the same folder share it.
pub fn write(title: &str, subscriptions: &[Subscription]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>{}</title></head>\n<body>\n",
        valid(title)
    );
    let mut open: &[String] = &[];
    for subscription in subscriptions {
        let shared = open.iter().zip(&subscription.folders).take_while(|(a, b)| a == b).count();
        out.push_str(&"</outline>\n".repeat(open.len() - shared));
        for folder in subscription.folders.iter().skip(shared) {
            out.push_str(&format!("<outline text=\"{}\">\n", valid(folder)));
        }
        open = &subscription.folders;
        out.push_str(&outline(subscription));
    }
    out.push_str(&"</outline>\n".repeat(open.len()));
    out.push_str("</body>\n</opml>\n");
    out
}

fn outline(subscription: &Subscription) -> String {
    let title =
        subscription.title.as_deref().map(|title| format!(" text=\"{}\"", valid(title))).unwrap_or_default();
    let site =
        subscription.site.as_deref().map(|site| format!(" htmlUrl=\"{}\"", valid(site))).unwrap_or_default();
    format!("<outline type=\"rss\"{title} xmlUrl=\"{}\"{site}/>\n", valid(&subscription.url))
}

/// A text as XML may hold it: escaped, without characters that no XML may have.
pub(super) fn valid(text: &str) -> String {
    let held: String =
        text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    escape(held).into_owned()
}
