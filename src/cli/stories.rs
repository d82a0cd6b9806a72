//! `parallax stories`: which reports tell the same story, one row a report.

use clap::Args;
use parallax_analysis::story::Stories as Making;

use super::outcome::Outcome;
use super::table::{Table, write_row};
use crate::report::wire::StoryMemberRow;

const EXAMPLES: &str = "\
Examples:
  parallax stories articles.jsonl                   the story of each report
  parallax stories articles.jsonl | jq -r .story | sort | uniq -c | sort -rn
  cat monday.jsonl tuesday.jsonl | parallax stories -

A row is {\"article\", \"story\"}. Reports are taken in the order of the input, and each joins the
story that it is most like or begins a new one, so a longer input never moves the reports that
came before. Where reports are dated, put the oldest first.";

/// Group reports into stories, as JSONL
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Stories {
    #[command(flatten)]
    table: Table,
}

impl Stories {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let mut making = Making::default();
        self.table.write(|reports, out| {
            reports.in_order(out, parallax_analysis::read_words, |document, out| {
                let story = making.add(&document).story;
                write_row(&StoryMemberRow::new(&document.article.id, story), out)
            })
        })
    }
}
