//! `parallax passages`: what pairs of reports share, one row a passage.

mod spool;

use std::collections::{BTreeSet, HashMap};
use std::io::Write;

use clap::Args;
use indicatif::ProgressBar;
use parallax_analysis::boilerplate::Repetitions;
use parallax_analysis::extract::extract;
use parallax_analysis::reuse::{Closest, Holders, passages_between};
use parallax_analysis::{outline, read_quoted};
use parallax_model::{Comparison, Document};
use rayon::prelude::*;

use self::spool::{Spool, Spooled};
use super::outcome::Outcome;
use super::progress;
use super::table::{Table, write_row};
use crate::report::wire::passage_rows;

const EXAMPLES: &str = "\
Examples:
  parallax passages samples                         what each two reports of a folder share
  parallax passages articles.jsonl --output shared.jsonl
  parallax passages articles.jsonl | jq -c 'select(.relation == \"copy\") | [.a.article, .b.article]'

A row is a passage of parallax.comparison/1: two stretches of text, copied, rewritten or telling
the same fact, how sure that is, and whether they share no more than a quotation. Among many
reports each is compared with those of the 20,000 before it that it shares the most rare words
with, so give the oldest first. The texts wait in a temporary file; memory does not grow with
them.";

/// List the passages that reports share, as JSONL
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Passages {
    #[command(flatten)]
    table: Table,
}

impl Passages {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let is_watched = self.table.is_watched();
        self.table.write(|reports, out| {
            let mut spool = Spool::new()?;
            let (mut holders, mut repetitions) = (Holders::default(), Repetitions::default());
            let outlined = |report| outline(extract(report));
            reports.in_order(out, outlined, |outline, _| {
                holders.add(&outline.sketch);
                outline.lines.iter().for_each(|line| repetitions.note(*line));
                spool.keep(&outline)
            })?;
            let mut reading = Reading { reports: spool.read()?, repetitions, documents: HashMap::new() };
            let comparing = progress::working("Comparing", reading.reports.len(), "reports", is_watched);
            let written = reading.write_passages(&holders, &comparing, out);
            comparing.finish_and_clear();
            written
        })
    }
}

/// Reports that are compared at once: enough that few are read twice, few enough for some 300 MB.
const AT_ONCE: usize = 1_000;

/// Reports that are read where they are compared.
struct Reading {
    reports: Spooled,
    repetitions: Repetitions,
    /// Those of the last round, by their numbers.
    documents: HashMap<usize, Document>,
}

impl Reading {
    fn write_passages(
        &mut self,
        holders: &Holders,
        comparing: &ProgressBar,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let mut closest = Closest::new(holders);
        let mut round = Round::default();
        for number in 0..self.reports.len() {
            let before = closest.before(&self.reports.next_sketch()?);
            round.add(number, &before);
            if round.reports.len() >= AT_ONCE || number + 1 == self.reports.len() {
                self.write_round(std::mem::take(&mut round), out)?;
                comparing.set_message(format!("Compared {} of {} reports", number + 1, self.reports.len()));
            }
        }
        Ok(())
    }

    fn write_round(&mut self, round: Round, out: &mut dyn Write) -> anyhow::Result<()> {
        let documents = self.read(&round.reports)?;
        let passages = passages_between(&documents, &round.places());
        let compared = Comparison { documents, passages, ..Comparison::default() };
        passage_rows(&compared).iter().try_for_each(|row| write_row(row, out))?;
        out.flush()?;
        self.documents = round.reports.into_iter().zip(compared.documents).collect();
        Ok(())
    }

    /// The reports of these numbers, those of the last round as they were read then.
    fn read(&mut self, numbers: &BTreeSet<usize>) -> anyhow::Result<Vec<Document>> {
        let mut known = std::mem::take(&mut self.documents);
        let articles = numbers.iter().filter(|number| !known.contains_key(number)).copied();
        let articles = articles.map(|number| Ok((number, self.reports.article(number)?)));
        let articles = articles.collect::<anyhow::Result<Vec<_>>>()?;
        let repetitions = &self.repetitions;
        let read = articles.into_par_iter().map(|(number, it)| (number, read_quoted(it, repetitions)));
        known.par_extend(read);
        Ok(numbers.iter().filter_map(|number| known.remove(number)).collect())
    }
}

/// Pairs of reports that are compared at once.
#[derive(Default)]
struct Round {
    reports: BTreeSet<usize>,
    pairs: Vec<(usize, usize)>,
}

impl Round {
    fn add(&mut self, report: usize, before: &[usize]) {
        if !before.is_empty() {
            self.reports.extend(before.iter().copied().chain([report]));
            self.pairs.extend(before.iter().map(|&earlier| (earlier, report)));
        }
    }

    /// The pairs by their places among the reports.
    fn places(&self) -> Vec<(usize, usize)> {
        let places: HashMap<usize, usize> =
            self.reports.iter().enumerate().map(|(place, number)| (*number, place)).collect();
        self.pairs.iter().map(|(a, b)| (places[a], places[b])).collect()
    }
}
