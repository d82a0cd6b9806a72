//! `parallax stories`: which reports tell the same story, one row a report.

use clap::Args;
use parallax_analysis::read_words;
use parallax_analysis::story::{Partition, Profile, Stories as Making};
use parallax_model::RawReport;

use super::outcome::Outcome;
use super::table::{Table, write_row};
use crate::report::wire::StoryMemberRow;

const EXAMPLES: &str = "\
Examples:
  parallax stories articles.jsonl                   the story of each report
  parallax stories articles.jsonl | jq -r .story | sort | uniq -c | sort -rn
  cat monday.jsonl tuesday.jsonl | parallax stories -

A row is {\"article\", \"story\"}. Reports are taken in the order of the input, and each joins the
story that it is most like or begins a new one. A later report may show that two stories are one,
or that one is two, so the rows are written at the end. Where reports are dated, put the oldest
first.";

/// Group reports into stories, as JSONL
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Stories {
    #[command(flatten)]
    table: Table,
}

impl Stories {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        self.table.write(|reports, out| {
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
}

/// What a report is about: all that its placing needs, so that the rest of it need not wait in memory.
fn profile(report: RawReport) -> Profile {
    Profile::of(&read_words(report))
}
