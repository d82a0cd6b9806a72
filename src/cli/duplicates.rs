//! `parallax duplicates`: near-copies among many reports, one row a report.

use clap::Args;
use parallax_analysis::fingerprint::{NEAR_DUPLICATE, groups, near_duplicates};

use super::outcome::Outcome;
use super::table::{Table, write_row};
use crate::report::wire::DuplicateRow;

const EXAMPLES: &str = "\
Examples:
  parallax duplicates articles.jsonl                the group of each report
  parallax duplicates articles.jsonl | jq -r .group | sort | uniq -d
  parallax duplicates articles.jsonl --threshold 0.8   near-identical reports only

A row is {\"article\", \"group\"}; a report without a near-copy is a group of its own. Two
reports are near-copies if they share enough of their word pairs; short lines that end without
a mark (headings, links, credits) do not count.";

/// Group reports that are near-copies of each other, as JSONL
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Duplicates {
    #[command(flatten)]
    table: Table,
    /// Share of word pairs in common from which two reports are near-copies, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = NEAR_DUPLICATE)]
    threshold: f32,
}

impl Duplicates {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        self.table.write(|reports, out| {
            let (mut ids, mut fingerprints) = (Vec::new(), Vec::new());
            reports.in_order(out, parallax_analysis::read_fingerprint, |(id, fingerprint), _| {
                ids.push(id);
                fingerprints.push(fingerprint);
                Ok(())
            })?;
            let groups = groups(ids.len(), &near_duplicates(&fingerprints, self.threshold));
            let mut rows = ids.iter().zip(groups);
            rows.try_for_each(|(id, group)| write_row(&DuplicateRow::new(id, group), out))
        })
    }
}
