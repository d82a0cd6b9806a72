//! Feeds watched for ever: asked when they are due, what is new in them taken into the archive.
//!
//! A round asks the feeds that are due. Reports are written in batches together with the word that they are settled, so that a run that is killed
//! at any moment goes on where the archive stands. After a round the stories that changed are compared and told. The archive is held only while it is
//! written, so that other programs write between two batches and while feeds are waited for.

mod asking;
mod schedule;

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use parallax_acquire::Meter;
use parallax_acquire::feed;
use parallax_acquire::online::{Crawler, Ledger, Mark, Online, is_address};
use parallax_archive::{Archive, Batch, Error, Fate};
use parallax_model::Problem;

use crate::ingest::{Added, Ingest, Reader, Reading, Turns};
use asking::{Said, ask};
pub(crate) use schedule::FeedState;

/// So many reports are written together at most.
const BATCH: usize = 64;
/// Reports wait no longer than this to be written.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often to look whether to stop.
const PULSE: Duration = Duration::from_millis(100);

/// What a watcher does, for whoever shows it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Notice<'a> {
    /// A feed is being asked.
    Asking(&'a str),
    /// Something in a feed could not be read.
    Problem(&'a Problem),
    /// A feed was asked.
    Asked(&'a str, &'a FeedState, Counts),
}

/// What became of the reports of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    pub(crate) new: usize,
    pub(crate) updated: usize,
}

/// Watches feeds.
pub(crate) struct Watch {
    turns: Turns,
    reader: Arc<Reader>,
    crawler: Crawler,
    every: Duration,
    feeds: BTreeMap<String, FeedState>,
    stop: Arc<AtomicBool>,
}

/// A feed that is being asked.
#[derive(Default)]
struct Asked {
    url: String,
    title: Option<String>,
    is_feed: bool,
    reports: usize,
    problem: Option<String>,
    counts: Counts,
}

/// What is not yet written.
#[derive(Default)]
struct Pending {
    readings: Vec<(usize, Reading)>,
    marks: Vec<Mark>,
    /// The places of the feeds that were asked to the end.
    ended: Vec<usize>,
}

impl Pending {
    fn is_empty(&self) -> bool {
        self.readings.is_empty() && self.marks.is_empty() && self.ended.is_empty()
    }
}

impl Asked {
    /// Why it could not be read at all.
    fn failure(&self) -> Option<&str> {
        let is_read = self.is_feed || self.reports > 0;
        self.problem.as_deref().filter(|_| !is_read)
    }
}

impl Watch {
    /// A watcher that goes on where the archive stands; `stop` ends what it does at the next batch.
    pub(crate) fn new(
        mut turns: Turns,
        path: &Path,
        online: &Online,
        every: Duration,
        stop: Arc<AtomicBool>,
    ) -> Result<Self, Error> {
        let (feeds, settled) =
            turns.turn(|ingest| Ok::<_, Error>((known(ingest.archive())?, ingest.archive().settled()?)))?;
        let mut ledger = Ledger::default();
        settled.into_iter().for_each(|(url, state)| ledger.add(page(url, state.as_deref())));
        for (url, state) in &feeds {
            let (url, title, validators) = (url.clone(), state.title.clone(), state.validators());
            ledger.add(Mark::Feed { url, title, validators });
        }
        let crawler = Crawler::new(online, ledger, &Meter::default());
        Ok(Self { turns, reader: Arc::new(Reader::open(path)?), crawler, every, feeds, stop })
    }

    /// Does something else with the archive than to watch.
    pub(crate) fn turn<T>(
        &mut self,
        work: impl FnOnce(&mut Ingest) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        self.turns.turn(work)
    }

    /// The feeds of the inputs that are to be asked now.
    pub(crate) fn due(&self, feeds: &[String], now: Timestamp) -> Vec<String> {
        let is_due = |url: &&String| self.state(url).is_due(now, self.every);
        feeds.iter().filter(is_due).cloned().collect()
    }

    /// The feeds that are to be asked in a round that somebody asks for: all but those that keep failing, whose time has not come.
    pub(crate) fn due_once(&self, feeds: &[String], now: Timestamp) -> Vec<String> {
        let is_due = |url: &&String| self.state(url).failures == 0 || self.state(url).is_due(now, self.every);
        feeds.iter().filter(is_due).cloned().collect()
    }

    /// How long until a feed is to be asked.
    pub(crate) fn wait(&self, feeds: &[String], now: Timestamp) -> Duration {
        let waits = feeds.iter().map(|url| self.state(url).wait(now, self.every));
        waits.min().unwrap_or(self.every).min(self.every)
    }

    fn state(&self, url: &str) -> FeedState {
        self.feeds.get(url).cloned().unwrap_or_default()
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Asks feeds and takes in what is new; then compares the stories that changed.
    pub(crate) fn round(
        &mut self,
        due: Vec<String>,
        mut show: impl FnMut(Notice<'_>),
    ) -> anyhow::Result<Counts> {
        let mut asked: Vec<Asked> =
            due.iter().map(|url| Asked { url: url.clone(), ..Asked::default() }).collect();
        let said = ask(due, &self.crawler, &self.reader, &self.stop);
        self.take_in(&said, &mut asked, &mut show)?;
        self.compare()?;
        let counts = asked.iter().map(|feed| feed.counts);
        Ok(counts
            .fold(Counts::default(), |a, b| Counts { new: a.new + b.new, updated: a.updated + b.updated }))
    }

    /// Compares the stories that changed, until it is stopped.
    pub(crate) fn compare(&mut self) -> anyhow::Result<()> {
        let stop = Arc::clone(&self.stop);
        let go_on = |_: &_| match stop.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        };
        self.turns.turn(|ingest| ingest.compare_while(Timestamp::now(), go_on))
    }

    fn take_in(
        &mut self,
        said: &Receiver<(usize, Said)>,
        asked: &mut [Asked],
        show: &mut impl FnMut(Notice<'_>),
    ) -> Result<(), Error> {
        let mut pending = Pending::default();
        let mut written = Instant::now();
        loop {
            let is_open = match said.recv_timeout(PULSE) {
                Ok((index, said)) => {
                    if let Some(feed) = asked.get_mut(index) {
                        self.hear(index, feed, said, &mut pending, show);
                    }
                    true
                }
                Err(RecvTimeoutError::Timeout) => true,
                Err(RecvTimeoutError::Disconnected) => false,
            };
            let is_last = !is_open || self.is_stopped();
            if is_last || pending.readings.len() >= BATCH || written.elapsed() > PATIENCE {
                self.write(std::mem::take(&mut pending), asked, show)?;
                written = Instant::now();
            }
            if is_last {
                return Ok(());
            }
        }
    }

    fn hear(
        &self,
        index: usize,
        feed: &mut Asked,
        said: Said,
        pending: &mut Pending,
        show: &mut impl FnMut(Notice<'_>),
    ) {
        match said {
            Said::Begun => show(Notice::Asking(&feed.url)),
            Said::Report(reading) => {
                feed.reports += 1;
                pending.readings.push((index, reading));
            }
            Said::Problem(problem) => {
                show(Notice::Problem(&problem));
                feed.problem = Some(problem.reason);
            }
            Said::Feed(title) => {
                feed.is_feed = true;
                feed.title = title;
            }
            // That a feed is not there today says nothing of tomorrow.
            Said::Settled(Mark::Page { .. } | Mark::Item { .. }) if feed.failure().is_some() => {}
            Said::Settled(mark) => pending.marks.push(mark),
            Said::End => pending.ended.push(index),
        }
    }

    /// Writes what came so far: reports, and with them that they are settled.
    fn write(
        &mut self,
        pending: Pending,
        asked: &mut [Asked],
        show: &mut impl FnMut(Notice<'_>),
    ) -> Result<(), Error> {
        if pending.is_empty() {
            return Ok(());
        }
        let now = Timestamp::now();
        let feeds = self.after(&pending, asked, now);
        let changed = feeds.iter().filter(|(url, state)| self.feeds.get(*url) != Some(state));
        let Pending { readings, marks, ended } = pending;
        let (places, readings): (Vec<usize>, Vec<Reading>) = readings.into_iter().unzip();
        let keep = |batch: &Batch<'_>| {
            marks.iter().try_for_each(|mark| match mark {
                Mark::Page { url } => batch.settle(url, None),
                Mark::Item { url, .. } => batch.settle(url, Some(&mark.line())),
                Mark::Feed { .. } => Ok(()),
            })?;
            let mut changed = changed;
            changed.try_for_each(|(url, state)| batch.keep_feed(url, &state.to_json()))
        };
        let added = self.turns.turn(|ingest| ingest.add_with(readings, now, keep))?;
        self.feeds = feeds;
        marks.into_iter().for_each(|mark| self.crawler.settle(mark));
        for (place, added) in places.into_iter().zip(&added) {
            if let Some(feed) = asked.get_mut(place) {
                feed.counts.count(added);
            }
        }
        for feed in ended.into_iter().filter_map(|place| asked.get(place)) {
            show(Notice::Asked(&feed.url, &self.state(&feed.url), feed.counts));
        }
        Ok(())
    }

    /// What is to be kept of the feeds once what is pending is written.
    fn after(&self, pending: &Pending, asked: &[Asked], now: Timestamp) -> BTreeMap<String, FeedState> {
        let mut feeds = self.feeds.clone();
        for mark in &pending.marks {
            if let Mark::Feed { url, title, validators } = mark {
                feeds.entry(url.clone()).or_default().settle(title.clone(), validators.clone());
            }
        }
        for feed in pending.ended.iter().filter_map(|place| asked.get(*place)) {
            let state = feeds.entry(feed.url.clone()).or_default();
            state.title = feed.title.clone().or(state.title.take());
            match feed.failure() {
                Some(problem) => state.failed(problem.to_owned(), now, self.every),
                None => state.worked(now, self.every),
            }
        }
        feeds
    }
}

/// A page that is settled, as it was kept. What cannot be read of it is forgotten.
fn page(url: String, state: Option<&str>) -> Mark {
    state.and_then(Mark::read).unwrap_or(Mark::Page { url })
}

impl Counts {
    fn count(&mut self, added: &Added) {
        match added.fate {
            Fate::New => self.new += 1,
            Fate::Updated | Fate::Amended => self.updated += 1,
            Fate::Unchanged => {}
        }
    }
}

fn known(archive: &Archive) -> Result<BTreeMap<String, FeedState>, Error> {
    let feeds = archive.feeds()?.into_iter();
    // What cannot be read is forgotten: the feed is then asked as if for the first time.
    Ok(feeds.map(|(url, state)| (url, serde_json::from_str(&state).unwrap_or_default())).collect())
}

/// The feeds that inputs name: addresses, and the subscriptions of files that are OPML. They are read for each round, so that what a person adds to
/// the file is watched from the next round on.
pub(crate) fn feeds(inputs: &[PathBuf]) -> (Vec<String>, Vec<Problem>) {
    let (mut feeds, mut problems) = (Vec::new(), Vec::new());
    for input in inputs {
        let place = input.display().to_string();
        if is_address(input) {
            feeds.push(place);
            continue;
        }
        let problem = |reason: &str| Problem { place: place.clone(), reason: reason.to_owned() };
        match fs::read(input).map(|bytes| feed::read(&String::from_utf8_lossy(&bytes), None)) {
            Ok(Some(listing)) if !listing.subscriptions.is_empty() => {
                feeds.extend(listing.subscriptions.into_iter().map(|subscription| subscription.url));
            }
            Ok(_) => problems.push(problem("no OPML with feeds in it")),
            Err(error) => problems.push(problem(&error.to_string())),
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    feeds.retain(|feed| seen.insert(feed.clone()));
    (feeds, problems)
}
