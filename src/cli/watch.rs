//! `parallax watch`: feeds asked again and again, what is new in them taken into the archive.

use std::collections::BTreeMap;
use std::env;
use std::io::{IsTerminal, stderr};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::exit;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Args;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use jiff::Timestamp;
use parallax_acquire::online::{Again, Doors, Online, Texts};
use parallax_archive::{Error, ErrorKind, Holder};

use super::archive_file::{ArchiveFile, wait_and_say};
use super::online::Manners;
use super::outcome::{Outcome, say};
use crate::alerts::{self, Courier};
use crate::ingest::Turns;
use crate::watch::{Counts, FeedState, Notice, Watch, feeds};

const EXAMPLES: &str = "\
Examples:
  parallax watch subscriptions.opml                 for ever, each feed every 15 minutes
  parallax watch https://paper.example/rss.xml --every 1h --archive news.db
  parallax watch subscriptions.opml --once          one round, as from cron
  parallax watch subscriptions.opml --contact desk@paper.example
  parallax changes                                  then see what changed

The pages behind the links are fetched; --summaries takes what the feeds say of them instead. Sites
are met as by `parallax fetch`: robots.txt, a second between two requests, only what changed. A
feed that fails is told, and asked again after twice the time each time, up to a day; the others go
on. An OPML file is read again for each round.

What an outlet corrects is a new version of its report. A page is asked for again where its feed
says something else of it, and while it is young, --again so long after it was first read and as
long as the feed lists it; what has not changed is not sent.

What was read is in the archive with the word that it need not be asked for again, or neither is:
a run that was stopped or killed at any moment goes on where it stopped. Ctrl-C, or SIGTERM, ends it
after what is being written; a second one at once. After each round the stories that changed are
compared, and what alerts find is told (see `parallax alert`). Between two writings others may
write: `add`, `correct` and the rest need not wait for a watcher to end.

Exit status: 0; 1 with --once if a feed could not be read; 2 if the archive could not be written.";

/// Watch feeds for ever, and keep what is new in the archive
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Watching {
    /// OPML files, and addresses of feeds or of pages that name theirs
    #[arg(required = true, value_name = "FEEDS")]
    feeds: Vec<PathBuf>,
    #[command(flatten)]
    archive: ArchiveFile,
    /// How often each feed is asked: 90s, 15m, 2h
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = duration)]
    every: Duration,
    /// How long after it was first read a page is asked for again, for what its outlet corrected
    #[arg(long, value_name = "TIMES", value_delimiter = ',', default_value = "1h,4h,1d", value_parser = duration)]
    again: Vec<Duration>,
    /// Ask each feed once and end; feeds that keep failing are left out until their time has come
    #[arg(long)]
    once: bool,
    /// Take what feeds say of the reports in them; follow a link only where they say nothing
    #[arg(long)]
    summaries: bool,
    /// Tell only of what could not be read
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    manners: Manners,
}

impl Watching {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let path = self.archive.path();
        let stop = stopping()?;
        let texts = if self.summaries { Texts::AsGiven } else { Texts::Full };
        let online = self.manners.online(texts, Doors::AllPages);
        let online = Online { again: Again::After(self.again.clone()), ..online };
        let mut courier = Courier::new(path.clone(), online.policy.clone());
        let turns = Turns::new(&path, wait_unless(Arc::clone(&stop)));
        let watch = Watch::new(turns, &path, &online, self.every, Arc::clone(&stop));
        match watch.map_err(anyhow::Error::from).and_then(|watch| self.go_on(watch, &mut courier, &stop)) {
            // It was asked to stop while another wrote. What it has not written is asked for again.
            Err(error) if stop.load(Ordering::Relaxed) && is_waiting(&error) => Ok(Outcome::Complete),
            settled => settled,
        }
    }

    fn go_on(&self, mut watch: Watch, courier: &mut Courier, stop: &AtomicBool) -> anyhow::Result<Outcome> {
        let mut display = Display::new(self.quiet);
        // A run that was killed may have left stories uncompared and messages untold.
        watch.compare()?;
        let mut is_first = true;
        loop {
            let (feeds, problems) = feeds(&self.feeds);
            problems.iter().for_each(|problem| say(&format!("{}: {}", problem.place, problem.reason)));
            if feeds.is_empty() && is_first {
                return Ok(Outcome::Nothing);
            }
            let now = Timestamp::now();
            let due = match self.once {
                true => watch.due_once(&feeds, now),
                false => watch.due(&feeds, now),
            };
            if !due.is_empty() {
                let amount = due.len();
                let counts = watch.round(due, |notice| display.show(notice))?;
                display.round(amount, counts);
            }
            self.alert(&mut watch, courier)?;
            if self.once || stop.load(Ordering::Relaxed) {
                break;
            }
            is_first = false;
            self.wait(&mut watch, &feeds, stop, courier)?;
        }
        let has_failed = display.end();
        Ok(if self.once && has_failed { Outcome::Partial } else { Outcome::Complete })
    }

    fn alert(&self, watch: &mut Watch, courier: &mut Courier) -> anyhow::Result<()> {
        let told = watch.turn(|ingest| {
            alerts::look(ingest, Timestamp::now())?;
            Ok(match self.once {
                true => courier.finish(ingest, super::alert::PATIENCE)?,
                false => courier.call(ingest, Timestamp::now())?,
            })
        })?;
        super::alert::complain(&told);
        Ok(())
    }

    /// Waits until a feed is to be asked; others may write meanwhile. The time is measured by a clock that cannot be set.
    fn wait(
        &self,
        watch: &mut Watch,
        feeds: &[String],
        stop: &AtomicBool,
        courier: &mut Courier,
    ) -> anyhow::Result<()> {
        const PULSE: Duration = Duration::from_millis(100);
        let wait = watch.wait(feeds, Timestamp::now());
        let start = Instant::now();
        let mut called = Instant::now();
        while start.elapsed() < wait && !stop.load(Ordering::Relaxed) {
            sleep(PULSE.min(wait));
            if called.elapsed() > Duration::from_secs(5) {
                if courier.is_wanted(Timestamp::now())? {
                    let told = watch.turn(|ingest| Ok(courier.call(ingest, Timestamp::now())?))?;
                    super::alert::complain(&told);
                }
                called = Instant::now();
            }
        }
        Ok(())
    }
}

/// A flag that is raised when the user, or the system, asks to stop. Asked twice, the process ends at once.
fn stopping() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    let handler = move || {
        if raised.swap(true, Ordering::Relaxed) {
            exit(130);
        }
    };
    ctrlc::set_handler(handler).context("signals")?;
    Ok(stop)
}

/// Waits for another writer as the other commands do, until it is asked to stop.
fn wait_unless(stop: Arc<AtomicBool>) -> impl FnMut(&Holder) -> ControlFlow<()> {
    let mut wait = wait_and_say();
    move |holder| if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { wait(holder) }
}

/// Whether another writes.
fn is_waiting(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref::<Error>();
    error.is_some_and(|error| matches!(error.kind(), ErrorKind::Locked(Some(_))))
}

/// A time such as `90s`, `15m`, `2h`, `1d`.
fn duration(text: &str) -> Result<Duration, String> {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text.strip_suffix(unit).and_then(|number| number.parse::<u64>().ok());
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => 0,
    };
    match number.and_then(|number| number.checked_mul(seconds)) {
        Some(seconds) if seconds > 0 => Ok(Duration::from_secs(seconds)),
        _ => Err("a time is a number with s, m, h or d: 90s, 15m, 2h".into()),
    }
}

/// Shows what a watcher does: a line for each feed where a person watches, otherwise a line for what is worth one.
struct Display {
    lines: Option<MultiProgress>,
    feeds: BTreeMap<String, ProgressBar>,
    is_quiet: bool,
    has_failed: bool,
}

impl Display {
    fn new(is_quiet: bool) -> Self {
        let is_plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let is_watched = stderr().is_terminal() && !is_plain && !is_quiet;
        let lines = is_watched.then(MultiProgress::new);
        Self { lines, feeds: BTreeMap::new(), is_quiet, has_failed: false }
    }

    fn show(&mut self, notice: Notice<'_>) {
        match notice {
            Notice::Asking(feed) => self.line(feed, "asking"),
            Notice::Problem(problem) => self.say(&format!("{}: {}", problem.place, problem.reason)),
            Notice::Asked(feed, state, counts) => self.asked(feed, state, counts),
        }
    }

    fn asked(&mut self, feed: &str, state: &FeedState, counts: Counts) {
        self.has_failed |= state.problem.is_some();
        let told = match &state.problem {
            Some(_) if state.failures > 1 => format!("failed {} times in a row", state.failures),
            Some(_) => "failed".to_owned(),
            None => told(counts),
        };
        self.line(feed, &format!("{told}, {}", Timestamp::now().strftime("%H:%M UTC")));
        if self.lines.is_none() && !self.is_quiet && (counts != Counts::default() || state.problem.is_some())
        {
            say(&format!("{}: {told}", state.title.as_deref().unwrap_or(feed)));
        }
    }

    /// Sets the line of a feed, where there are lines.
    fn line(&mut self, feed: &str, message: &str) {
        let Some(lines) = &self.lines else { return };
        let line = self.feeds.entry(feed.to_owned()).or_insert_with(|| {
            // Cut off where it is too long: a line that wraps leaves a part of it behind each time it is drawn.
            let style = ProgressStyle::with_template("{wide_msg}");
            let bar = lines.add(ProgressBar::new_spinner());
            style.map(|style| bar.clone().with_style(style)).unwrap_or(bar)
        });
        line.set_message(format!("{feed}  {message}"));
        line.tick();
    }

    fn round(&self, feeds: usize, counts: Counts) {
        if !self.is_quiet {
            self.say(&format!(
                "{feeds} {} asked: {}",
                if feeds == 1 { "feed" } else { "feeds" },
                told(counts)
            ));
        }
    }

    fn say(&self, line: &str) {
        match &self.lines {
            Some(lines) => lines.suspend(|| say(line)),
            None => say(line),
        }
    }

    /// Takes the lines away; returns whether any feed failed.
    fn end(self) -> bool {
        if let Some(lines) = &self.lines {
            let _ = lines.clear();
        }
        self.has_failed
    }
}

fn told(Counts { new, updated }: Counts) -> String {
    match (new, updated) {
        (0, 0) => "nothing new".to_owned(),
        (new, 0) => format!("{new} new"),
        (new, updated) => format!("{new} new, {updated} updated"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        for (text, expected) in [
            ("90s", Some(90)),
            ("15m", Some(900)),
            ("2h", Some(7200)),
            ("1d", Some(86_400)),
            ("15", None),
            ("0m", None),
            ("m", None),
            ("-1m", None),
            ("1.5h", None),
            ("99999999999999999999h", None),
            ("9999999999999999999h", None),
        ] {
            assert_eq!(duration(text).ok(), expected.map(Duration::from_secs), "{text}");
        }
    }
}
