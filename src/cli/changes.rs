//! `parallax changes`: what happened in stories.

use clap::{Args, ValueEnum};
use parallax_archive::StoryId;

use super::archive_file::ArchiveFile;
use super::outcome::Outcome;
use super::output::{Color, Destination};
use super::story::followed;
use super::table::write_row;
use crate::changes::told;
use crate::report::text::{self, Setting};
use crate::report::wire::NewsRow;

const EXAMPLES: &str = "\
Examples:
  parallax changes                                  the last 50 events of all stories
  parallax changes --story s12                      those of one story
  parallax changes -n 1000 --format jsonl | jq -r 'select(.kind == \"conflict\").sentence'

Told are, with the words that each rests on: that a story began, new reports, new sayings, quotations that were
altered, figures that changed, reports that contradict each other, new origins, reports that their
outlet corrected, stories that were merged or split, and what people corrected. `parallax feed` gives
the same to a reader of feeds, `parallax alert` to programs.

Exit status: 0; 1 if nothing happened; 2 if the archive could not be read.";

/// Show what changed in stories: reports, sayings, figures, corrections
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Changes {
    #[command(flatten)]
    archive: ArchiveFile,
    /// Only what happened in this story, and in the one that it became part of
    #[arg(long, value_name = "ID")]
    story: Option<StoryId>,
    /// At most so many events, the last first
    #[arg(short = 'n', long, value_name = "N", default_value_t = 50)]
    limit: u32,
    /// The form of the output
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
    /// When to use colour in text
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    color: Color,
}

/// The forms of what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To be read on a terminal
    Text,
    /// A JSON object a line
    Jsonl,
}

impl Changes {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let archive = self.archive.open()?;
        let events = match self.story {
            Some(story) => {
                followed(&archive, story)?;
                archive.last_events(story, self.limit)?
            }
            None => archive.newest_events(self.limit)?,
        };
        let told = events.into_iter().map(|event| told(&archive, &event).map(|news| (event, news)));
        let events = told.collect::<Result<Vec<_>, _>>()?;
        let destination = Destination::Standard;
        destination.write(|out| match self.format {
            Format::Jsonl => {
                events.iter().try_for_each(|(event, news)| write_row(&NewsRow::new(event, news), out))
            }
            Format::Text => {
                let setting =
                    Setting { width: destination.width(None), color: destination.in_color(self.color) };
                Ok(out.write_all(text::events(&events, setting).as_bytes())?)
            }
        })?;
        Ok(if events.is_empty() { Outcome::Partial } else { Outcome::Complete })
    }
}
