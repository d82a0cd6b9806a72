//! `parallax passages`: what pairs of reports share, one row a passage.

use clap::Args;

use super::outcome::Outcome;
use super::table::{Table, write_row};
use crate::report::wire::passage_rows;

const EXAMPLES: &str = "\
Examples:
  parallax passages samples                         what each two reports of a folder share
  parallax passages articles.jsonl --output shared.jsonl
  parallax passages articles.jsonl | jq -c 'select(.relation == \"copy\") | [.a.article, .b.article]'

A row is a passage of parallax.comparison/1: two stretches of text, copied, rewritten or telling
the same fact, how sure that is, and whether they share no more than a quotation. Among many
reports each is compared with those that it shares the most rare words with.";

/// List the passages that reports share, as JSONL
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Passages {
    #[command(flatten)]
    table: Table,
}

impl Passages {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        self.table.write(|reports, out| {
            let mut documents = Vec::new();
            reports.in_order(out, parallax_analysis::read_quoted, |document, _| {
                documents.push(document);
                Ok(())
            })?;
            let shared = parallax_analysis::compare_passages(documents);
            passage_rows(&shared).iter().try_for_each(|row| write_row(row, out))
        })
    }
}
