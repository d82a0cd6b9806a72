//! What was fetched in earlier runs, so that a run goes on where the last one stopped, and asks no server twice.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::again::{Again, Seen};
use crate::fetch::Validators;

/// What is settled: pages that need not be fetched again, and by what servers tell whether feeds have changed. It is kept as a line of
/// JSON for each [`Mark`], to which lines are only ever added, so that a run that is killed loses at most the line it was writing.
///
/// ```
/// use parallax_acquire::online::{Ledger, Mark};
///
/// let page = Mark::Page { url: "https://a.example/1".into() };
/// let ledger = Ledger::read(&format!("{}\n{{\"page\": \"https://a.exam", page.line()));
/// assert!(ledger.is_settled("https://a.example/1"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// By address; with how it was seen where it is looked at again.
    pages: BTreeMap<String, Option<Seen>>,
    /// The addresses that each feed listed.
    listed: BTreeMap<String, BTreeSet<String>>,
    feeds: BTreeMap<String, Feed>,
}

/// What is kept of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Feed {
    title: Option<String>,
    validators: Validators,
}

/// One thing that is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A page, or an item of a feed: it was handed out, or it failed for good.
    Page {
        /// Its address.
        url: String,
    },
    /// An item of a feed that is looked at again.
    Item {
        /// Its address.
        url: String,
        /// How it was seen.
        seen: Seen,
    },
    /// A feed of which every item is settled.
    Feed {
        /// Its address.
        url: String,
        /// What it is called.
        title: Option<String>,
        /// What to send along when asking for it again.
        validators: Validators,
    },
}

impl Ledger {
    /// Reads a ledger. Lines that are broken are passed over: what they would settle is fetched again.
    pub fn read(text: &str) -> Self {
        let mut ledger = Self::default();
        text.lines().filter_map(Mark::read).for_each(|mark| ledger.add(mark));
        ledger
    }

    /// Adds what is settled.
    pub fn add(&mut self, mark: Mark) {
        match mark {
            Mark::Page { url } => {
                self.pages.entry(url).or_default();
            }
            Mark::Item { url, seen } => {
                self.listed.entry(seen.feed.clone()).or_default().insert(url.clone());
                self.pages.insert(url, Some(seen));
            }
            Mark::Feed { url, title, validators } => {
                self.feeds.insert(url, Feed { title, validators });
            }
        }
    }

    /// Whether a page need not be fetched again.
    pub fn is_settled(&self, url: &str) -> bool {
        self.pages.contains_key(url)
    }

    /// How a page was seen that is settled; `None` where it is not.
    pub(super) fn seen(&self, url: &str) -> Option<Option<&Seen>> {
        self.pages.get(url).map(Option::as_ref)
    }

    /// Whether something that a feed listed is to be looked at again.
    pub(super) fn has_due(&self, feed: &str, again: &Again, now: Timestamp) -> bool {
        let listed = self.listed.get(feed).into_iter().flatten();
        let mut seen = listed.filter_map(|url| self.pages.get(url)?.as_ref());
        seen.any(|seen| again.is_due(seen, now))
    }

    /// What to send along when asking for a feed.
    pub fn validators(&self, url: &str) -> Validators {
        self.feeds.get(url).map(|feed| feed.validators.clone()).unwrap_or_default()
    }

    /// What a feed was called.
    pub(super) fn title(&self, url: &str) -> Option<String> {
        self.feeds.get(url)?.title.clone()
    }
}

impl Mark {
    /// The mark as a line of JSON, without its line feed.
    pub fn line(&self) -> String {
        match self {
            Self::Page { url } => json!({"page": url}).to_string(),
            Self::Item { url, seen: Seen { feed, said, since, looks, validators } } => {
                let Validators { etag, last_modified } = validators;
                json!({"item": url, "of": feed, "said": said, "since": since, "looks": looks,
                    "etag": etag, "last_modified": last_modified})
                .to_string()
            }
            Self::Feed { url, title, validators: Validators { etag, last_modified } } => {
                json!({"feed": url, "title": title, "etag": etag, "last_modified": last_modified}).to_string()
            }
        }
    }

    /// Reads a line.
    pub fn read(line: &str) -> Option<Self> {
        let line: Value = serde_json::from_str(line).ok()?;
        let field = |name: &str| line[name].as_str().map(str::to_owned);
        let validators = Validators { etag: field("etag"), last_modified: field("last_modified") };
        if let Some(url) = field("page") {
            Some(Self::Page { url })
        } else if let Some(url) = field("item") {
            let looks = usize::try_from(line["looks"].as_u64()?).ok()?;
            let (feed, said, since) = (field("of")?, field("said")?, line["since"].as_i64()?);
            Some(Self::Item { url, seen: Seen { feed, said, since, looks, validators } })
        } else {
            Some(Self::Feed { url: field("feed")?, title: field("title"), validators })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_back_and_the_last_one_counts() {
        let feed = |etag: Option<&str>| Mark::Feed {
            url: "https://a.example/feed".into(),
            title: Some("Review".into()),
            validators: Validators {
                etag: etag.map(str::to_owned),
                last_modified: Some("\"quoted\"\n".into()),
            },
        };
        let seen =
            Seen { feed: "https://a.example/feed".into(), said: "0f".into(), looks: 2, ..Seen::default() };
        let item = Mark::Item { url: "https://a.example/2".into(), seen: seen.clone() };
        let page = Mark::Page { url: "https://a.example/\u{2028}".into() };
        let marks =
            [page, item, Mark::Page { url: "https://a.example/2".into() }, feed(None), feed(Some("v2"))];
        for mark in &marks {
            assert!(!mark.line().contains('\n'));
            assert_eq!(Mark::read(&mark.line()).as_ref(), Some(mark));
        }
        let text: Vec<String> = marks.iter().map(Mark::line).collect();
        let ledger = Ledger::read(&text.join("\n"));
        assert_eq!(ledger.validators("https://a.example/feed").etag.as_deref(), Some("v2"));
        assert_eq!(ledger.validators("https://b.example/feed"), Validators::default());
        assert_eq!(ledger.title("https://a.example/feed").as_deref(), Some("Review"));
        assert!(ledger.is_settled("https://a.example/\u{2028}"));
        assert_eq!(ledger.seen("https://a.example/2"), Some(Some(&seen)));
        assert!(!ledger.is_settled("https://a.example/feed"));
        assert_eq!(Ledger::read("nonsense\n[]\n{}\n\"page\""), Ledger::default());
    }
}
