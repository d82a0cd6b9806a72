//! When a feed is asked again.
//!
//! Times are kept as the clock of the machine says them, which may be set at any moment. So no time that is kept is believed blindly: a feed
//! that would have been asked in the future, or is due later than any wait can be, is due now.

use std::time::Duration;

use jiff::Timestamp;
use parallax_acquire::fetch::Validators;
use serde::{Deserialize, Serialize};

/// A feed that fails is asked again after twice the time, each time it fails, up to a day.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// What is kept of a feed from run to run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct FeedState {
    /// What it is called.
    pub(crate) title: Option<String>,
    etag: Option<String>,
    last_modified: Option<String>,
    /// How often in a row it has failed.
    #[serde(default)]
    pub(crate) failures: u32,
    /// Why it failed the last time.
    pub(crate) problem: Option<String>,
    /// When it was last asked, in milliseconds since 1970.
    asked: Option<i64>,
    /// When it is to be asked again.
    due: Option<i64>,
}

impl FeedState {
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(super) fn validators(&self) -> Validators {
        Validators { etag: self.etag.clone(), last_modified: self.last_modified.clone() }
    }

    /// Notes what the server says by which it tells whether the feed has changed.
    pub(super) fn settle(&mut self, title: Option<String>, validators: Validators) {
        self.title = title.or(self.title.take());
        self.etag = validators.etag;
        self.last_modified = validators.last_modified;
    }

    /// Whether it is to be asked now, where working feeds are asked `every` so often.
    pub(super) fn is_due(&self, now: Timestamp, every: Duration) -> bool {
        self.wait(now, every).is_zero()
    }

    /// How long until it is to be asked.
    pub(super) fn wait(&self, now: Timestamp, every: Duration) -> Duration {
        let now = now.as_millisecond();
        let (Some(asked), Some(due)) = (self.asked, self.due) else { return Duration::ZERO };
        let wait = Duration::from_millis(u64::try_from(due.saturating_sub(now)).unwrap_or(0));
        let is_believable = asked <= now && wait <= LONGEST.max(every);
        if is_believable { wait } else { Duration::ZERO }
    }

    /// It was asked, and answered.
    pub(super) fn worked(&mut self, now: Timestamp, every: Duration) {
        self.failures = 0;
        self.problem = None;
        self.ask_again(now, every);
    }

    /// It was asked, and could not be read.
    pub(super) fn failed(&mut self, problem: String, now: Timestamp, every: Duration) {
        self.failures = self.failures.saturating_add(1);
        self.problem = Some(problem);
        let wait = every.saturating_mul(2_u32.saturating_pow(self.failures.min(16)));
        self.ask_again(now, wait.min(LONGEST.max(every)));
    }

    fn ask_again(&mut self, now: Timestamp, wait: Duration) {
        let now = now.as_millisecond();
        self.asked = Some(now);
        self.due = Some(now.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EVERY: Duration = Duration::from_secs(15 * 60);

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + minutes * 60).unwrap()
    }

    #[test]
    fn a_feed_is_asked_every_so_often_and_less_often_while_it_fails() {
        let mut feed = FeedState::default();
        assert!(feed.is_due(at(0), EVERY));
        feed.worked(at(0), EVERY);
        assert!(!feed.is_due(at(14), EVERY) && feed.is_due(at(15), EVERY));
        let mut waits = Vec::new();
        for _ in 0..9 {
            feed.failed("the server is silent".into(), at(0), EVERY);
            waits.push(feed.wait(at(0), EVERY).as_secs() / 60);
        }
        assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1440, 1440, 1440]);
        feed.worked(at(0), EVERY);
        assert_eq!((feed.failures, feed.problem.as_ref()), (0, None));
        assert_eq!(feed.wait(at(5), EVERY), Duration::from_secs(600));
    }

    #[test]
    fn a_clock_that_jumps_delays_no_feed() {
        let mut feed = FeedState::default();
        // The clock ran a year ahead, and was set right.
        feed.worked(at(525_600), EVERY);
        assert!(feed.is_due(at(0), EVERY));
        // It was set back by a minute.
        feed.worked(at(1), EVERY);
        assert!(feed.is_due(at(0), EVERY));
        // It jumped ahead.
        feed.worked(at(0), EVERY);
        assert!(feed.is_due(at(525_600), EVERY));
    }

    proptest! {
        #[test]
        fn no_wait_is_longer_than_a_day(asked in -5_000_i64..5_000, now in -5_000_i64..5_000, failures in 0_u32..40) {
            let mut feed = FeedState::default();
            feed.worked(at(asked), EVERY);
            (0..failures).for_each(|_| feed.failed("gone".into(), at(asked), EVERY));
            prop_assert!(feed.wait(at(now), EVERY) <= LONGEST);
            let text = serde_json::to_string(&feed).unwrap();
            prop_assert_eq!(serde_json::from_str::<FeedState>(&text).unwrap(), feed);
        }
    }
}
