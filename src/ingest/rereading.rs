//! Reading the reports of an archive again, where the stages find other things than when they were first read.

use parallax_analysis::STAGES;
use parallax_archive::{Batch, Correction, Error, Finding, ReportId};
use rayon::prelude::*;

use super::Ingest;
use super::reading::{self, Reading};
use crate::corrections;

/// Reports that are read before what was found is written.
const AT_ONCE: u32 = 128;

impl Ingest {
    /// How many reports were last read by other stages than these.
    pub(crate) fn read_otherwise(&self) -> Result<u64, Error> {
        self.writer.count_read_otherwise(STAGES)
    }

    /// Lets all reports count as read by other stages.
    pub(crate) fn forget_stages(&mut self) -> Result<(), Error> {
        let batch = self.writer.batch()?;
        batch.forget_stages()?;
        batch.commit()
    }

    /// Reads again what other stages read, a batch at a time; a run that is stopped is gone on with by the next. Reports stay in their
    /// stories. `tell` is told how many were read.
    pub(crate) fn reanalyse(&mut self, mut tell: impl FnMut(usize)) -> Result<(), Error> {
        let mut after = None;
        loop {
            let reports = self.writer.read_otherwise(STAGES, AT_ONCE, after)?;
            let Some(last) = reports.last() else { return Ok(()) };
            after = Some(*last);
            self.read_again(&reports)?;
            tell(reports.len());
        }
    }

    fn read_again(&mut self, reports: &[ReportId]) -> Result<(), Error> {
        let raws = reports.iter().map(|report| self.writer.raw(*report)).collect::<Result<Vec<_>, _>>()?;
        let readings: Vec<Reading> = raws.into_par_iter().map(reading::read).collect();
        let batch = self.writer.batch()?;
        let corrections = batch.corrections(None)?;
        for (report, reading) in reports.iter().zip(readings) {
            replace(&batch, *report, reading, &corrections)?;
        }
        batch.commit()
    }
}

/// Reads one report again, so that what people say of its speakers is found.
pub(super) fn read_again(batch: &Batch<'_>, name: &str) -> Result<(), Error> {
    let report = batch.report(name)?.id;
    replace(batch, report, reading::read(batch.raw(report)?), &batch.corrections(None)?)
}

/// Puts what was read in the place of what was found before, with the speakers that people named.
fn replace(
    batch: &Batch<'_>,
    report: ReportId,
    reading: Reading,
    corrections: &[Correction],
) -> Result<(), Error> {
    let Reading::Read(mut read) = reading else { return Ok(()) };
    corrections::decide(std::slice::from_mut(&mut read.document), corrections);
    batch.replace(report, &Finding { raw: &read.raw, document: &read.document, stages: STAGES })
}
