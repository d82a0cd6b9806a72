//! `parallax quotations`: who said what, one row a quotation.

use std::io::Write;
use std::path::PathBuf;
use std::thread;

use clap::Args;
use parallax_model::{Document, RawReport};

use super::outcome::{Outcome, tell};
use super::output::Destination;
use crate::report::wire::{Offsets, quotation_row};

const EXAMPLES: &str = "\
Examples:
  parallax quotations samples                       every quotation of a folder of reports
  parallax quotations articles.jsonl --output said.jsonl
  parallax quotations articles.jsonl --min-confidence 0.8 | jq -c '[.speaker.name, .kind]'

A row is a quotation of parallax.comparison/1: its kind, its spans, the words that attribute it, its speaker, the rule
or model that decided, and how sure it is. What an article reports people to believe or to intend counts too.";

/// Reports analysed before their rows are written: enough for all cores, few enough to hold in memory.
const BATCH: usize = 256;

/// List who said what in each report, as JSONL
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Quotations {
    /// Files or folders of reports; `-` for JSONL on standard input
    #[arg(required = true, value_name = "REPORTS")]
    reports: Vec<PathBuf>,
    /// Where to write the rows; `-` for standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Leave out what is less sure, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0)]
    min_confidence: f32,
}

impl Quotations {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let acquired = parallax_acquire::acquire(&self.reports);
        tell(&acquired.problems);
        if acquired.reports.is_empty() {
            return Ok(Outcome::Nothing);
        }
        let mut reports = acquired.reports.into_iter();
        Destination::new(self.output).write(|out| {
            loop {
                let batch: Vec<RawReport> = reports.by_ref().take(BATCH).collect();
                if batch.is_empty() {
                    return Ok(());
                }
                for document in read_all(batch) {
                    write(&document, self.min_confidence, out)?;
                }
            }
        })?;
        Ok(if acquired.problems.is_empty() { Outcome::Complete } else { Outcome::Partial })
    }
}

/// Reads a batch of reports on all cores; the order is kept.
fn read_all(mut batch: Vec<RawReport>) -> Vec<Document> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = batch.len().div_ceil(cores);
    let mut parts = Vec::new();
    while !batch.is_empty() {
        let rest = batch.split_off(share.min(batch.len()));
        parts.push(std::mem::replace(&mut batch, rest));
    }
    thread::scope(|scope| {
        let read = |part: Vec<RawReport>| {
            part.into_iter().map(parallax_analysis::read_attributions).collect::<Vec<_>>()
        };
        let workers: Vec<_> = parts.into_iter().map(|part| scope.spawn(move || read(part))).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

fn write(document: &Document, least: f32, out: &mut dyn Write) -> anyhow::Result<()> {
    let offsets = Offsets::new(document.text());
    for (index, quotation) in document.quotations.iter().enumerate().filter(|(_, q)| q.confidence >= least) {
        serde_json::to_writer(&mut *out, &quotation_row(&document.article.id, index, &offsets, quotation))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
