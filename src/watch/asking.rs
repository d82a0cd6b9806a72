//! Feeds asked on threads of their own, so that a slow one holds up no other.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use parallax_acquire::Event;
use parallax_acquire::online::{Crawler, Mark, Step};
use parallax_model::Problem;

use crate::ingest::{Reader, Reading};

/// Feeds asked at once, all hosts together.
const AT_ONCE: usize = 8;
/// What is waiting to be written; then who asks waits too.
const WAITING: usize = 64;

/// What a feed gives, step by step.
pub(super) enum Said {
    /// It is being asked.
    Begun,
    /// A report in it, which was read.
    Report(Reading),
    /// Something about it or in it could not be read.
    Problem(Problem),
    /// It is a feed, and is called so.
    Feed(Option<String>),
    /// Something need not be asked for again.
    Settled(Mark),
    /// That was all.
    End,
}

/// Asks feeds; what they give comes with the place of the feed in `feeds`. Dropping the receiver, or `stop`, ends it.
pub(super) fn ask(
    feeds: Vec<String>,
    crawler: &Crawler,
    reader: &Arc<Reader>,
    stop: &Arc<AtomicBool>,
) -> Receiver<(usize, Said)> {
    let (send, receive) = sync_channel(WAITING);
    let workers = feeds.len().min(AT_ONCE);
    let jobs: VecDeque<(usize, String)> = feeds.into_iter().enumerate().collect();
    let jobs = Arc::new(Mutex::new(jobs));
    for _ in 0..workers {
        let (jobs, send) = (Arc::clone(&jobs), send.clone());
        let (crawler, reader, stop) = (crawler.clone(), Arc::clone(reader), Arc::clone(stop));
        thread::spawn(move || {
            while let Some((index, feed)) = next(&jobs) {
                if ask_one(index, &feed, &crawler, &reader, &stop, &send).is_none() {
                    break;
                }
            }
        });
    }
    receive
}

fn next(jobs: &Mutex<VecDeque<(usize, String)>>) -> Option<(usize, String)> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
}

/// `None` where nobody wants to hear more.
fn ask_one(
    index: usize,
    feed: &str,
    crawler: &Crawler,
    reader: &Reader,
    stop: &AtomicBool,
    send: &SyncSender<(usize, Said)>,
) -> Option<()> {
    send.send((index, Said::Begun)).ok()?;
    for step in crawler.read(Path::new(feed)) {
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        let said = match step {
            Step::Event(Event::Report(report)) => Said::Report(reader.read(report)),
            Step::Event(Event::Problem(problem)) | Step::Unfinished(problem) => Said::Problem(problem),
            Step::Event(Event::Note(_)) => continue,
            Step::Feed(subscription) => Said::Feed(subscription.title),
            Step::Settled(mark) => Said::Settled(mark),
        };
        send.send((index, said)).ok()?;
    }
    send.send((index, Said::End)).ok()
}
