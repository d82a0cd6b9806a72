//! Pages of feeds looked at again, since outlets correct what they published.
//!
//! What a feed says of an item tells at once that something changed. Of most corrections it says nothing, so that a page is also asked for again
//! while it is young, at growing intervals and only for as long as the feed lists it.

use std::time::Duration;

use jiff::Timestamp;

use crate::fetch::Validators;

/// Whether what feeds list is looked at again once it is settled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Again {
    /// It is read once.
    #[default]
    Never,
    /// Where the feed says something else of it, and so long after it was first read.
    After(Vec<Duration>),
}

/// What a feed listed, as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// The feed.
    pub feed: String,
    /// A fingerprint of what the feed said of it.
    pub said: String,
    /// When it was first read with these words, in seconds since 1970.
    pub since: i64,
    /// How many of the times to look again have passed.
    pub looks: usize,
    /// By what the server tells whether the page has changed.
    pub validators: Validators,
}

/// What is to be done about an item of a feed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing.
    Pass,
    /// To note it: an earlier run that did not look again has settled it.
    Note(Seen),
    /// To read it.
    Read(Seen),
}

impl Again {
    /// What is to be done about an item that is settled as `known`, where its feed says `said` of it now.
    pub(super) fn look(
        &self,
        known: Option<Option<&Seen>>,
        feed: &str,
        said: String,
        now: Timestamp,
    ) -> Look {
        let new = Seen { feed: feed.to_owned(), said, since: now.as_second(), ..Seen::default() };
        match (self, known) {
            (_, None) => Look::Read(new),
            (Self::Never, Some(_)) => Look::Pass,
            (Self::After(waits), Some(None)) => Look::Note(Seen { looks: waits.len(), ..new }),
            (_, Some(Some(seen))) if seen.said != new.said => {
                Look::Read(Seen { validators: seen.validators.clone(), ..new })
            }
            (_, Some(Some(seen))) if self.is_due(seen, now) => {
                Look::Read(Seen { looks: self.passed(seen, now), ..seen.clone() })
            }
            _ => Look::Pass,
        }
    }

    /// Whether a page is to be looked at again. One that was not for so long that its times have long passed has left its feed.
    pub(super) fn is_due(&self, seen: &Seen, now: Timestamp) -> bool {
        let Self::After(waits) = self else { return false };
        let longest = waits.iter().max().map_or(0, Duration::as_secs);
        let is_young = age(seen, now) < longest.saturating_mul(2);
        is_young && self.passed(seen, now) > seen.looks
    }

    /// How many of the times to look again have passed.
    fn passed(&self, seen: &Seen, now: Timestamp) -> usize {
        let Self::After(waits) = self else { return 0 };
        waits.iter().filter(|wait| wait.as_secs() <= age(seen, now)).count()
    }
}

/// Seconds since a page was first read; none where the clock was set back.
fn age(seen: &Seen, now: Timestamp) -> u64 {
    u64::try_from(now.as_second().saturating_sub(seen.since)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_looked_at_while_it_is_young_and_when_its_feed_says_something_else() {
        let again = Again::After([3600, 4 * 3600, 24 * 3600].map(Duration::from_secs).to_vec());
        let at = |seconds: i64| Timestamp::from_second(1_700_000_000 + seconds).unwrap();
        let seen = |looks: usize| Seen {
            feed: "feed".into(),
            said: "a".into(),
            since: at(0).as_second(),
            looks,
            validators: Validators { etag: Some("v1".into()), last_modified: None },
        };
        let check = |looks: usize, said: &str, hours: i64, expected: Option<usize>| {
            let look = again.look(Some(Some(&seen(looks))), "feed", said.into(), at(hours * 3600));
            let read = match &look {
                Look::Read(seen) => Some((seen.looks, seen.validators.etag.as_deref())),
                _ => None,
            };
            assert_eq!(read, expected.map(|looks| (looks, Some("v1"))), "{looks} {said} {hours} h: {look:?}");
        };
        check(0, "a", 0, None);
        check(0, "a", 1, Some(1));
        check(1, "a", 3, None);
        check(1, "a", 5, Some(2));
        check(0, "a", 25, Some(3));
        check(3, "a", 30, None);
        check(0, "a", 49, None);
        check(0, "a", -1, None);
        check(3, "b", 500, Some(0));
        assert!(matches!(again.look(None, "feed", "a".into(), at(0)), Look::Read(_)));
        assert!(matches!(
            again.look(Some(None), "feed", "a".into(), at(0)),
            Look::Note(Seen { looks: 3, .. })
        ));
        assert_eq!(Again::Never.look(Some(Some(&seen(0))), "feed", "b".into(), at(9999)), Look::Pass);
    }
}
