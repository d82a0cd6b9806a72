//! `parallax feed`: what changed, as an Atom feed.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use parallax_archive::{Archive, Event, Query, StoryId};

use super::archive_file::ArchiveFile;
use super::outcome::Outcome;
use super::output::Destination;
use super::story::followed;
use crate::alerts::is_found;
use crate::changes::{News, all_told};
use crate::report::atom;

/// Events that a feed tells at most.
const LONGEST: usize = 100;
/// The newest events that are looked through for a search.
const LOOKED_THROUGH: u32 = 5000;

const EXAMPLES: &str = "\
Examples:
  parallax feed --story s12 --output s12.atom       what changes in one story
  parallax feed --search 'dam breach' > dam.atom    events about reports that a search finds
  parallax feed --alerts --archive news.db          what the saved searches find
  parallax feed --story s12 --address https://desk.example/s12.atom

Atom 1.0 for any reader of feeds. The ids of entries never change, so a feed that is written again
shows only what is new. It has the newest hundred events; for a search the newest 5,000 events of
the archive are looked through.

Exit status: 0; 2 if there is no such story or the archive could not be read.";

/// Write what changed as an Atom feed
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Feed {
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    archive: ArchiveFile,
    /// Where the feed will be read, for its link to itself
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// Where to write it; `-` for standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Of {
    /// What happens in a story, and in the one that it became part of
    #[arg(long, value_name = "ID")]
    story: Option<StoryId>,
    /// What happens to reports that a search finds
    #[arg(long, value_name = "QUERY")]
    search: Option<String>,
    /// What happens to reports that the saved searches find
    #[arg(long)]
    alerts: bool,
}

impl Feed {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let archive = self.archive.open()?;
        let (subject, title, events) = self.of.events(&archive)?;
        let feed = atom::Feed::new(&archive, &subject, &title, self.address.as_deref())?;
        let text = atom::write(feed, &events, |_| None);
        Destination::new(self.output).write(|out| Ok(out.write_all(text.as_bytes())?))?;
        Ok(Outcome::Complete)
    }
}

/// Events, each as it is told.
type Told = Vec<(Event, News)>;

impl Of {
    /// What the feed is about, what it is called, and what it tells.
    fn events(&self, archive: &Archive) -> anyhow::Result<(String, String, Told)> {
        if let Some(id) = self.story {
            let story = archive.story(followed(archive, id)?)?;
            let events = all_told(archive, archive.last_events(id, LONGEST as u32)?)?;
            return Ok((atom::story(id), story.title, events));
        }
        if let Some(text) = &self.search {
            let query: Query = text.parse().context("the query was not understood")?;
            let events = found(archive, &[query])?;
            return Ok((format!("search {text}"), format!("Search: {text}"), events));
        }
        let alerts = archive.alerts()?;
        let queries: Vec<Query> = alerts.iter().filter_map(|alert| alert.query.parse().ok()).collect();
        Ok(("alerts".to_owned(), "Alerts".to_owned(), found(archive, &queries)?))
    }
}

/// The newest events that any of the queries finds.
fn found(archive: &Archive, queries: &[Query]) -> anyhow::Result<Told> {
    let mut found = Vec::new();
    for event in archive.newest_events(LOOKED_THROUGH)? {
        for query in queries {
            if is_found(archive, query, &event)? {
                found.push(event);
                break;
            }
        }
        if found.len() == LONGEST {
            break;
        }
    }
    Ok(all_told(archive, found)?)
}
