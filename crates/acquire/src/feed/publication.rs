//! Feeds of our own: written as Atom 1.0 (RFC 4287), to be read by any reader of feeds.

use super::opml::valid;

/// A feed to be read by others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publication {
    /// What it is known by for ever: a URI.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Who makes it.
    pub author: String,
    /// When it last changed, in the form of RFC 3339.
    pub updated: String,
    /// Where it can be read again.
    pub address: Option<String>,
    /// What it tells, the newest first.
    pub entries: Vec<Entry>,
}

/// One thing that a feed tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// What it is known by for ever: a URI.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// When it happened, in the form of RFC 3339.
    pub updated: String,
    /// Where more of it can be read.
    pub address: Option<String>,
    /// What kind of thing it is.
    pub category: Option<String>,
    /// What there is to say, as plain text.
    pub content: String,
}

/// Writes a feed as Atom 1.0.
///
/// ```
/// use parallax_acquire::feed::{Entry, Publication, read, write_atom};
///
/// let entry = Entry { id: "urn:x:1".into(), title: "Rain & wind".into(), ..Entry::default() };
/// let feed = Publication { title: "Harlow <dam>".into(), entries: vec![entry], ..Publication::default() };
/// let listing = read(&write_atom(&feed), None).unwrap();
/// assert_eq!(listing.title.as_deref(), Some("Harlow <dam>"));
/// assert_eq!(listing.items[0].title.as_deref(), Some("Rain & wind"));
/// ```
pub fn write_atom(feed: &Publication) -> String {
    let Publication { id, title, author, updated, address, entries } = feed;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
    );
    out.push_str(&format!("<id>{}</id>\n<title>{}</title>\n", held(id), held(title)));
    out.push_str(&format!(
        "<author><name>{}</name></author>\n<updated>{}</updated>\n",
        held(author),
        held(updated)
    ));
    if let Some(address) = address {
        out.push_str(&format!(
            "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n",
            held(address)
        ));
    }
    entries.iter().for_each(|entry| out.push_str(&written(entry)));
    out.push_str("</feed>\n");
    out
}

fn written(entry: &Entry) -> String {
    let Entry { id, title, updated, address, category, content } = entry;
    let link = address.as_ref().map(|address| format!("<link href=\"{}\"/>\n", held(address)));
    let category = category.as_ref().map(|category| format!("<category term=\"{}\"/>\n", held(category)));
    format!(
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n{}{}<content type=\"text\">{}</content>\n</entry>\n",
        held(id),
        held(title),
        held(updated),
        link.unwrap_or_default(),
        category.unwrap_or_default(),
        held(content)
    )
}

/// A text as XML may hold it, on one line.
fn held(text: &str) -> String {
    valid(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use parallax_model::Body;
    use proptest::prelude::*;

    use super::*;
    use crate::feed::read;

    proptest! {
        #[test]
        fn any_words_come_back_through_the_reader_of_feeds(title in "\\PC{1,30}", content in ".{1,60}") {
            let address = Some("https://desk.example/s?a=1&b=\"2\"".to_owned());
            let (entry_title, entry_content) = (title.clone(), content.clone());
            let entry = Entry { title: entry_title, content: entry_content, address: address.clone(), ..Entry::default() };
            let text = write_atom(&Publication { title: title.clone(), entries: vec![entry], ..Publication::default() });
            let listing = read(&text, None).expect("a feed");
            prop_assert_eq!(&listing.faults, &[]);
            let plain = |text: &str| {
                let held = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let held: String = held.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
                Some(held.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|held| !held.is_empty())
            };
            let words = |text: &str| Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty());
            let item = &listing.items[0];
            prop_assert_eq!(item.title.as_deref().and_then(words), plain(&title));
            prop_assert_eq!(item.url.as_deref(), Some("https://desk.example/s?a=1&b=%222%22"));
            let read_content = match &item.content {
                Some(Body::Text(text)) => words(text),
                other => { prop_assert!(other.is_none()); None }
            };
            prop_assert_eq!(read_content, plain(&content));
        }
    }
}
