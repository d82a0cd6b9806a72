//! `parallax search`: reports of the archive by their words.

use anyhow::Context;
use clap::{Args, ValueEnum};
use parallax_archive::{Cursor, Found, Query};

use super::archive_file::ArchiveFile;
use super::outcome::{Outcome, say};
use super::output::{Color, Destination};
use super::table::write_row;
use crate::report::text::{self, Setting};
use crate::report::wire::HitRow;

const EXAMPLES: &str = "\
Examples:
  parallax search dam breach                        reports with both words
  parallax search '\"failure of paperwork\"'          with these words in this order
  parallax search 'evacuat* -drill'                 a beginning of a word; a word left out
  parallax search -- '-drill evacuat*'              the same: what begins with - comes after --
  parallax search 'speaker:reyle outlet:wire'       who is quoted, which outlet
  parallax search 'quote:sorry title:dam'           in a quotation, in the headline
  parallax search 'dam after:2025-10 before:2025-11-15'
  parallax search 'story:s12 inspection' --format jsonl | jq -r .report

Case and accents make no difference. after: takes its day, month or year in, before: does not. The
best come first: words count more in headlines and in the names of speakers, and rare ones more
than common ones; those that half of a large archive has do not count. Where very many reports
match, the newest 2,000 are ranked, and beginnings of words do not count; it says so.

Exit status: 0; 1 if nothing was found; 2 if the query was not understood or the archive could
not be read.";

/// Search an archive: words, phrases, speakers, outlets, days, stories
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Search {
    /// What to look for
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    archive: ArchiveFile,
    /// At most so many reports
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// Go on behind the place that an earlier answer ended with
    #[arg(long, value_name = "PLACE")]
    from: Option<Cursor>,
    /// The form of the output
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
    /// When to use colour in text
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    color: Color,
    /// Columns of a line of text [default: those of the terminal, else 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..))]
    width: Option<u16>,
}

/// The forms of what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To be read on a terminal
    Text,
    /// A JSON object a line
    Jsonl,
}

impl Search {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let query: Query = self.query.join(" ").parse().context("the query was not understood")?;
        let archive = self.archive.open()?;
        if let Some(story) = query.story() {
            archive.story(story)?;
        }
        let found = archive.search(&query, self.limit as usize, self.from)?;
        self.write(&found)?;
        Ok(if found.hits.is_empty() { Outcome::Partial } else { Outcome::Complete })
    }

    fn write(&self, found: &Found) -> anyhow::Result<()> {
        let destination = Destination::Standard;
        destination.write(|out| match self.format {
            Format::Jsonl => found.hits.iter().try_for_each(|hit| write_row(&HitRow::new(hit), out)),
            Format::Text => {
                let setting = Setting {
                    width: destination.width(self.width.map(usize::from)),
                    color: destination.in_color(self.color),
                };
                Ok(out.write_all(text::hits(found, setting).as_bytes())?)
            }
        })?;
        if let Some(next) = found.next {
            say(&format!("{}; more with --from {next}", matching(found)));
        } else if found.hits.is_empty() {
            say("nothing was found");
        }
        Ok(())
    }
}

fn matching(found: &Found) -> String {
    if found.is_more {
        format!("more than {} reports match; these are of the newest", found.matching)
    } else {
        format!("{} reports match", found.matching)
    }
}
