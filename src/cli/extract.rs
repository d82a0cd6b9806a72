//! `parallax extract`: the article in each report, one row a report.

use clap::Args;

use super::outcome::Outcome;
use super::table::{Table, write_row};
use crate::report::wire::ExtractRow;

const EXAMPLES: &str = "\
Examples:
  parallax extract page.html | jq -r .text          the main text of a page
  parallax extract pages --output articles.jsonl    a folder of pages as a table of articles
  parallax extract pages | parallax compare -

A row is {\"id\", \"url\", \"title\", \"published\", \"authors\", \"language\", \"text\"}, null where
a report does not say. Of a page the main text is taken; plain text stays as it is.";

/// Read the article out of each page, as JSONL
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Extract {
    #[command(flatten)]
    table: Table,
}

impl Extract {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        self.table.write(|reports, out| {
            reports.in_order(out, parallax_analysis::extract::extract, |article, out| {
                write_row(&ExtractRow::new(&article), out)
            })
        })
    }
}
