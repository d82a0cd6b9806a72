//! When to try again.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use super::policy::Policy;

/// Waits that double and that chance shortens by up to a half, so that many clients that failed together do not come back together.
#[derive(Debug)]
pub(super) struct BackOff {
    first: Duration,
    longest: Duration,
    state: AtomicU64,
}

impl BackOff {
    pub(super) fn new(policy: &Policy) -> Self {
        let seed = policy.seed.unwrap_or_else(|| RandomState::new().build_hasher().finish());
        Self { first: policy.first_wait, longest: policy.longest_wait, state: AtomicU64::new(seed) }
    }

    /// The wait before the `retry`-th retry, the first of which is 0.
    pub(super) fn wait(&self, retry: u32) -> Duration {
        let full = self.first.saturating_mul(2_u32.saturating_pow(retry)).min(self.longest);
        full.mul_f64(0.5 + self.chance() / 2.0)
    }

    /// A number from 0 to 1 by SplitMix64 (Steele, Lea and Flood 2014).
    fn chance(&self) -> f64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.state.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) as f64) / ((1_u64 << 53) as f64)
    }
}

/// How long a `Retry-After` header asks to wait: seconds, or a date.
pub(super) fn retry_after(header: &str, now: SystemTime) -> Option<Duration> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Duration::from_secs(header.parse().unwrap_or(u64::MAX)));
    }
    let date = DateTimeParser::new().parse_timestamp(header).ok()?;
    let now = Timestamp::try_from(now).ok()?;
    Some(Duration::try_from(date.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_within_bounds_and_a_seed_repeats_them() {
        let policy = Policy { seed: Some(7), ..Policy::default() };
        let waits = |policy: &Policy| {
            let back_off = BackOff::new(policy);
            (0..40).map(|retry| back_off.wait(retry)).collect::<Vec<_>>()
        };
        for (retry, wait) in waits(&policy).into_iter().enumerate() {
            let full = Duration::from_secs(1 << retry.min(10)).min(policy.longest_wait);
            assert!(full / 2 <= wait && wait <= full, "{retry}: {wait:?}");
        }
        assert_eq!(waits(&policy), waits(&policy));
        assert_ne!(waits(&policy), waits(&Policy { seed: Some(8), ..policy.clone() }));
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let check = |header: &str, expected: Option<u64>| {
            assert_eq!(retry_after(header, now), expected.map(Duration::from_secs), "{header}");
        };
        check("120", Some(120));
        check(" 0 ", Some(0));
        check("Sun, 06 Nov 1994 08:50:37 GMT", Some(60));
        check("Sun, 06 Nov 1994 08:49:00 GMT", Some(0));
        check("99999999999999999999999", Some(u64::MAX));
        check("soon", None);
        check("-1", None);
        check("", None);
    }
}
