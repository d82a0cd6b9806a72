//! `parallax stories`: which reports tell the same story, one row a report; of an archive, one row a story.

use clap::{Args, ValueEnum};
use parallax_analysis::read_words;
use parallax_analysis::story::{Partition, Profile, Stories as Making};
use parallax_archive::{Archive, Story};
use parallax_model::RawReport;

use super::archive_file::ArchiveFile;
use super::outcome::Outcome;
use super::table::{Table, write_row};
use crate::report::text;
use crate::report::wire::{ArchivedStoryRow, StoryMemberRow};

const EXAMPLES: &str = "\
Examples:
  parallax stories articles.jsonl                   the story of each report
  parallax stories articles.jsonl | jq -r .story | sort | uniq -c | sort -rn
  cat monday.jsonl tuesday.jsonl | parallax stories -
  parallax stories --archive news.db --format text  the stories of an archive, the last changed first
  parallax stories --least 5 | jq -r .story         those of parallax.db with at least five reports

A row is {\"article\", \"story\"}. Reports are taken in the order of the input, and each joins the
story that it is most like or begins a new one. A later report may show that two stories are one,
or that one is two, so the rows are written at the end. Where reports are dated, put the oldest
first.

Without reports the stories of an archive are listed: {\"story\", \"title\", \"reports\", \"origins\", \"began\",
\"changed\"}; origins are null until its reports were compared.";

/// Most stories that are read from an archive at once.
const AT_ONCE: u32 = 500;

/// Group reports into stories, or list the stories of an archive, as JSONL
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, mut_arg("reports", |reports| reports.required(false)))]
pub(crate) struct Stories {
    #[command(flatten)]
    table: Table,
    #[command(flatten)]
    archive: ArchiveFile,
    /// Of an archive: only stories of so many reports
    #[arg(long, value_name = "N", default_value_t = 1)]
    least: u32,
    /// Of an archive: at most so many stories [default: all]
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// Of an archive: the form of the output
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Jsonl)]
    format: Format,
}

/// The forms of a list of stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON object a line
    Jsonl,
    /// To be read on a terminal
    Text,
}

impl Stories {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        if self.table.is_without_reports() { self.list() } else { group(self.table) }
    }

    fn list(&self) -> anyhow::Result<Outcome> {
        let archive = self.archive.open()?;
        let destination = self.table.destination();
        destination.write(|out| {
            for story in stories(&archive, self.least).take(self.limit.unwrap_or(usize::MAX)) {
                match self.format {
                    Format::Jsonl => write_row(&ArchivedStoryRow::new(&story?), out)?,
                    Format::Text => out.write_all(text::story_line(&story?).as_bytes())?,
                }
            }
            Ok(())
        })?;
        Ok(Outcome::Complete)
    }
}

/// The stories of an archive, the last changed first.
pub(super) fn stories(
    archive: &Archive,
    least: u32,
) -> impl Iterator<Item = Result<Story, parallax_archive::Error>> {
    let mut last: Option<Story> = None;
    std::iter::from_fn(move || {
        let page = archive.stories(least, AT_ONCE, last.as_ref());
        match page {
            Ok(page) if page.is_empty() => None,
            Ok(page) => {
                last = page.last().cloned();
                Some(page.into_iter().map(Ok).collect())
            }
            Err(error) => Some(vec![Err(error)]),
        }
    })
    .flatten()
}

fn group(table: Table) -> anyhow::Result<Outcome> {
    table.write(|reports, out| {
        let mut making = Making::default();
        let mut partition = Partition::default();
        reports.in_order(out, profile, |profile, _| {
            partition.add(profile.report(), &making.place(&profile));
            Ok(())
        })?;
        let rows = partition.reports().iter().zip(partition.story_of());
        rows.map(|(report, story)| StoryMemberRow::new(report, story))
            .try_for_each(|row| write_row(&row, out))
    })
}

/// What a report is about: all that its placing needs, so that the rest of it need not wait in memory.
fn profile(report: RawReport) -> Profile {
    Profile::of(&read_words(report))
}
