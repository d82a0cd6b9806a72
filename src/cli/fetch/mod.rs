//! `parallax fetch`: reports from addresses and feeds into a table or a folder, a run going on where the last one stopped.

mod shelf;
mod state;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use parallax_acquire::feed::{Subscription, opml};
use parallax_acquire::online::{Step, Texts, crawl};
use parallax_acquire::{Event, Meter};

use super::online::{Manners, doors};
use super::outcome::{Account, Outcome, say};
use super::progress;
use shelf::Shelf;
use state::State;

const EXAMPLES: &str = "\
Examples:
  parallax fetch https://paper.example/rss.xml --output news.jsonl
  parallax fetch subscriptions.opml --output news --contact desk@paper.example
  parallax fetch https://paper.example/sitemap-news.xml --output news.jsonl
  parallax fetch https://paper.example/storm-hits-coast --output storm.jsonl
  parallax compare news.jsonl                       then work on what was fetched, offline

An input is the address of a page, of a feed (RSS, Atom, JSON Feed), of an OPML or of a sitemap,
told apart by their content, or a local file of the last four. The pages behind the links of feeds are fetched;
--summaries takes what the feeds say of them instead. Where the address is a site's front page, or with --find-feeds any
page, the feed is read that the page names.

Run it again, or after it was stopped at any moment, and it goes on: what was fetched is not asked
for again, and of a feed only what has changed. What it knows of earlier runs is a line each in
OUTPUT.state, or the file named by --state.

It asks each site's robots.txt first, waits a second or the site's crawl delay between two
requests to it, tries again what may pass, gives up on what is slow or too large, and connects to
public addresses alone unless --allow-private is given. Proxies are not used.

Exit status: 0; 1 if something could not be fetched and the rest was written; 2 if nothing could
be.";

/// Fetch reports from addresses and feeds, to work on later
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Fetch {
    /// Addresses of pages, feeds, OPML or sitemaps; or files that are feeds, OPML or sitemaps
    #[arg(required = true, value_name = "ADDRESS")]
    inputs: Vec<PathBuf>,
    /// Where the reports go: added to a .jsonl file, or each to a file in a folder
    #[arg(short, long, value_name = "PATH")]
    output: PathBuf,
    /// Where to keep what need not be fetched again [default: OUTPUT.state]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Take what feeds say of the reports in them; follow a link only where they say nothing
    #[arg(long)]
    summaries: bool,
    /// Of each page among the addresses read the feed that it names; of a site's front page that is done anyway
    #[arg(long)]
    find_feeds: bool,
    /// Write the feeds that were read as OPML, to keep or to give to a reader of feeds
    #[arg(long, value_name = "FILE")]
    save_feeds: Option<PathBuf>,
    /// Show no progress and tell only of what could not be fetched
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    manners: Manners,
}

impl Fetch {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let mut shelf = Shelf::open(&self.output)?;
        let state = self.state.clone().unwrap_or_else(|| beside(&self.output));
        let (mut state, ledger) = State::open(&state)?;
        let texts = if self.summaries { Texts::AsGiven } else { Texts::Full };
        let online = self.manners.online(texts, doors(self.find_feeds));
        let meter = Meter::default();
        let mut account = Account::new(self.quiet, progress::reading(&self.inputs, &meter, !self.quiet));
        let mut feeds = Vec::new();
        for step in crawl(self.inputs, &online, ledger, &meter) {
            match step {
                Step::Event(Event::Report(report)) => {
                    shelf.put(&report)?;
                    account.report();
                }
                Step::Event(Event::Problem(problem)) | Step::Unfinished(problem) => account.problem(&problem),
                Step::Event(Event::Note(note)) => account.note(&note),
                Step::Feed(feed) => feeds.push(feed),
                Step::Settled(mark) => state.add(&mark)?,
            }
        }
        if let Some(path) = self.save_feeds {
            save(&path, &feeds)?;
        }
        if !self.quiet && !account.has_problems() {
            account.aside(|| say(&format!("{} new in {}", account.reports(), self.output.display())));
        }
        // That there is nothing new is no failure.
        Ok(if account.has_problems() { account.settle() } else { account.settle_quietly() })
    }
}

fn beside(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".state");
    name.into()
}

fn save(path: &Path, feeds: &[Subscription]) -> anyhow::Result<()> {
    fs::write(path, opml::write("Feeds read by Parallax", feeds)).with_context(|| path.display().to_string())
}
