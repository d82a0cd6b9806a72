//! What happened to stories as an Atom feed.

use jiff::Timestamp;
use parallax_acquire::feed::{Entry, Publication, write_atom};
use parallax_archive::{Archive, Error, Event, EventId, StoryId};
use sha2::{Digest, Sha256};

use crate::changes::News;

/// A feed, beside what it tells.
pub(crate) struct Feed {
    id: String,
    title: String,
    address: Option<String>,
    /// When the archive's first event was: since then there has been nothing to tell in a feed that is empty.
    since: Timestamp,
}

impl Feed {
    /// A feed of an archive. With the archive `subject`, what the feed is about, makes its id, so it must not change; `address` is where it can be
    /// read again.
    pub(crate) fn new(
        archive: &Archive,
        subject: &str,
        title: &str,
        address: Option<&str>,
    ) -> Result<Self, Error> {
        let first = archive.events(None, EventId::default(), 1)?;
        Ok(Self {
            id: urn(&["feed", &archive.key()?, subject]),
            title: title.to_owned(),
            address: address.map(str::to_owned),
            since: first.first().map_or_else(Timestamp::now, |event| event.at),
        })
    }
}

/// Writes a feed of events, the newest first; `page` gives where more can be read of an event, if anywhere.
pub(crate) fn write(feed: Feed, events: &[(Event, News)], page: impl Fn(&Event) -> Option<String>) -> String {
    let Feed { id, title, address, since } = feed;
    let updated = events.iter().map(|(event, _)| event.at).max().unwrap_or(since);
    write_atom(&Publication {
        id,
        title,
        author: "Parallax".to_owned(),
        updated: updated.to_string(),
        address,
        entries: events.iter().map(|(event, news)| entry(event, news, page(event))).collect(),
    })
}

/// What a story's feed is about, wherever it is written.
pub(crate) fn story(id: StoryId) -> String {
    format!("story {id}")
}

fn entry(event: &Event, news: &News, address: Option<String>) -> Entry {
    let at = event.at.to_string();
    Entry {
        id: urn(&[&event.story.to_string(), &event.id.0.to_string(), &at]),
        title: news.sentence.clone(),
        updated: at,
        address,
        category: Some(news.kind.word().to_owned()),
        content: content(news),
    }
}

/// The sentence, and the words that it rests on.
fn content(news: &News) -> String {
    let words: String =
        news.places.iter().map(|place| format!(" {}: “{}”.", place.report, place.words)).collect();
    if words.is_empty() { news.sentence.clone() } else { format!("{} It rests on{words}", news.sentence) }
}

/// The same URI for the same parts: a UUID of version 8, of their SHA-256.
fn urn(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
        digest.update([0xFF]);
    }
    let hex: String = digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let part = |start: usize, end: usize| hex.get(start..end).unwrap_or_default();
    format!("urn:uuid:{}-{}-8{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}
