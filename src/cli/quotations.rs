//! `parallax quotations`: who said what, one row a quotation.

use std::io::Write;

use clap::Args;
use parallax_model::Document;

use super::outcome::Outcome;
use super::table::{Table, write_row};
use crate::report::wire::{Offsets, quotation_row};

const EXAMPLES: &str = "\
Examples:
  parallax quotations samples                       every quotation of a folder of reports
  parallax quotations articles.jsonl --output said.jsonl
  parallax quotations articles.jsonl --min-confidence 0.8 | jq -c '[.speaker.name, .kind]'

A row is a quotation of parallax.comparison/1: its kind, its spans, the words that attribute it,
its speaker, the rule or model that decided, and how sure it is. What an article reports people
to believe or to intend counts too.";

/// List who said what in each report, as JSONL
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Quotations {
    #[command(flatten)]
    table: Table,
    /// Leave out what is less sure, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0)]
    min_confidence: f32,
}

impl Quotations {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        self.table.write(|reports, out| {
            reports.in_order(out, parallax_analysis::read_attributions, move |document, out| {
                write(&document, self.min_confidence, out)
            })
        })
    }
}

fn write(document: &Document, least: f32, out: &mut dyn Write) -> anyhow::Result<()> {
    let offsets = Offsets::new(document.text());
    let mut sure = document.quotations.iter().enumerate().filter(|(_, q)| q.confidence >= least);
    sure.try_for_each(|(index, quotation)| {
        write_row(&quotation_row(&document.article.id, index, &offsets, quotation), out)
    })
}
