//! Manners towards each host: so many requests at once, so long between two, and what its robots.txt asks.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use url::Url;

use super::error::Failure;
use super::robots::Robots;

/// How long a robots.txt is believed, by RFC 9309.
const ROBOTS_LAST: Duration = Duration::from_secs(24 * 60 * 60);

/// The hosts that were asked for so far.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    hosts: Mutex<BTreeMap<String, Arc<Host>>>,
}

impl Hosts {
    /// The host of an address; another scheme or port is another host.
    pub(super) fn of(&self, url: &Url) -> Arc<Host> {
        let origin = url.origin().ascii_serialization();
        Arc::clone(lock(&self.hosts).entry(origin).or_default())
    }
}

/// What is known of one host.
#[derive(Debug, Default)]
pub(super) struct Host {
    pace: Mutex<Pace>,
    freed: Condvar,
    robots: Mutex<Option<Believed>>,
}

#[derive(Debug, Default)]
struct Pace {
    running: usize,
    /// No request starts before.
    next: Option<Instant>,
}

/// A robots.txt, or why there is none, and since when.
#[derive(Debug)]
struct Believed {
    since: Instant,
    robots: Result<Arc<Robots>, Failure>,
}

impl Host {
    /// Waits for its turn; the request may run while the slot is held.
    pub(super) fn enter(&self, at_once: usize, delay: Duration) -> Slot<'_> {
        let mut pace = lock(&self.pace);
        loop {
            let now = Instant::now();
            let early = pace.next.map_or(Duration::ZERO, |next| next.saturating_duration_since(now));
            if pace.running >= at_once.max(1) {
                pace = self.freed.wait(pace).unwrap_or_else(PoisonError::into_inner);
            } else if !early.is_zero() {
                let woken = self.freed.wait_timeout(pace, early);
                pace = woken.unwrap_or_else(PoisonError::into_inner).0;
            } else {
                pace.running += 1;
                pace.next = Some(now + delay);
                return Slot { host: self };
            }
        }
    }

    /// Lets no request start for so long.
    pub(super) fn postpone(&self, wait: Duration) {
        let mut pace = lock(&self.pace);
        pace.next = pace.next.max(Instant::now().checked_add(wait));
    }

    /// The host's robots.txt, read by `read` where it is not known yet. Who comes meanwhile waits for it.
    pub(super) fn robots(
        &self,
        read: impl FnOnce() -> Result<Robots, Failure>,
    ) -> Result<Arc<Robots>, Failure> {
        let mut believed = lock(&self.robots);
        if let Some(Believed { since, robots }) = &*believed
            && since.elapsed() < ROBOTS_LAST
        {
            return robots.clone();
        }
        let robots = read().map(Arc::new);
        *believed = Some(Believed { since: Instant::now(), robots: robots.clone() });
        robots
    }
}

/// Leave to make one request; given back when dropped.
#[derive(Debug)]
pub(super) struct Slot<'a> {
    host: &'a Host,
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        lock(&self.host.pace).running -= 1;
        self.host.freed.notify_all();
    }
}

/// No code panics while it holds one of these locks; if it did, what they guard would still be whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn requests_keep_their_distance() {
        let host = Host::default();
        let start = Instant::now();
        for _ in 0..3 {
            host.enter(1, Duration::from_millis(30));
        }
        assert!(start.elapsed() >= Duration::from_millis(60));
        host.postpone(Duration::from_millis(100));
        host.enter(1, Duration::ZERO);
        assert!(start.elapsed() >= Duration::from_millis(160));
    }

    #[test]
    fn no_more_run_at_once_than_may() {
        let (host, most) = (Host::default(), Mutex::new((0, 0)));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _slot = host.enter(2, Duration::ZERO);
                    {
                        let mut count = lock(&most);
                        count.0 += 1;
                        count.1 = count.1.max(count.0);
                    }
                    thread::sleep(Duration::from_millis(5));
                    lock(&most).0 -= 1;
                });
            }
        });
        assert_eq!(lock(&most).1, 2);
    }
}
