//! `parallax story`: a story of the archive, its reports compared.

use std::path::PathBuf;

use clap::Args;
use clap::error::ErrorKind;
use parallax_archive::{Archive, EventId, StoryId};

use super::archive_file::ArchiveFile;
use super::compare::write;
use super::outcome::{Outcome, say};
use super::output::{Color, Destination, Format};
use super::table::write_row;
use super::usage_error;
use crate::changes::edits_of;
use crate::ingest::{MOST_COMPARED, compare};
use crate::report::text::Setting;
use crate::report::wire::EventLogRow;

const EXAMPLES: &str = "\
Examples:
  parallax stories --format text                    which stories there are
  parallax story s12                                the digest of a story
  parallax story s12 --output story.html            a page to read, print and send
  parallax story s12 --format json | jq .origins
  parallax story s12 --events                       what happened to it, as JSONL, the first first

The reports of the story are compared as `parallax compare` does. Of a story of more than 80 reports
the last 80 are compared, and it says so. A story that became part of another is shown as that one,
and what happened to it goes on with what happened to that one.";

/// Show a story of an archive: its reports compared, or what happened to it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Story {
    /// The story: s1, s2 and so on
    #[arg(value_name = "STORY")]
    story: StoryId,
    #[command(flatten)]
    archive: ArchiveFile,
    /// Write what happened to the story instead, an event a line
    #[arg(long, conflicts_with = "format")]
    events: bool,
    /// What to write [default: by the extension of --output, else text]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Where to write it: a file, or a folder for csv; `-` for standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// When to use colour in text
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    color: Color,
    /// Columns of a line of text [default: those of the terminal, else 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..))]
    width: Option<u16>,
}

impl Story {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let archive = self.archive.open()?;
        let destination = Destination::new(self.output.clone());
        if self.events {
            write_events(&archive, self.story, &destination)?;
            return Ok(Outcome::Complete);
        }
        let format = match (self.format, destination.path()) {
            (Some(format), _) => format,
            (None, Some(path)) => Format::of_path(path)?,
            (None, None) => Format::Text,
        };
        if format == Format::Csv && destination.path().is_none() {
            usage_error(
                ErrorKind::MissingRequiredArgument,
                "--format csv writes a folder of tables: add --output FOLDER",
            );
        }
        let story = followed(&archive, self.story)?;
        let compared = compare(&archive, story)?;
        if compared.left_out > 0 {
            say(&format!(
                "{story}: the last {MOST_COMPARED} reports are compared, {} before them are not",
                compared.left_out
            ));
        }
        let setting = Setting {
            width: destination.width(self.width.map(usize::from)),
            color: destination.in_color(self.color),
        };
        write(&compared.comparison, format, setting, &destination)?;
        Ok(Outcome::Complete)
    }
}

/// The story, or the one that it became part of.
pub(super) fn followed(archive: &Archive, story: StoryId) -> anyhow::Result<StoryId> {
    let mut at = archive.story(story)?;
    while let Some(into) = at.merged_into {
        say(&format!("{} is part of {into}", at.id));
        at = archive.story(into)?;
    }
    Ok(at.id)
}

fn write_events(archive: &Archive, story: StoryId, destination: &Destination) -> anyhow::Result<()> {
    followed(archive, story)?;
    destination.write(|out| {
        let mut after = EventId::default();
        loop {
            let events = archive.events(Some(story), after, 1000)?;
            let Some(last) = events.last() else { return Ok(()) };
            after = last.id;
            for event in &events {
                write_row(&EventLogRow::new(event, edits_of(archive, event)?), out)?;
            }
        }
    })
}
