//! From acquired reports into the archive: each is read on its own, placed in its story and written.
//!
//! [`Reader`] is for all cores, one report at a time; [`Ingest`] is the one writer, a batch at a time. A batch is one transaction: its reports are
//! in the archive with all that was found in them, with their stories and their words in the index, or none of them is.

mod comparing;
mod correcting;
mod placing;
mod reading;
mod rereading;
#[cfg(test)]
mod tests;
mod turns;

use std::ops::ControlFlow;
use std::path::Path;

use jiff::Timestamp;
use parallax_analysis::story::Profile;
use parallax_archive::{Archive, Batch, Error, EventKind, Fate, Finding, Holder, ReportId, StoryId, Writer};
use serde_json::json;

pub(crate) use comparing::{Compared, MOST_COMPARED, compare};
use placing::Placing;
pub(crate) use reading::{Read, Reader, Reading};
pub(crate) use turns::Turns;

use crate::corrections;

/// The one writer of an archive.
pub(crate) struct Ingest {
    writer: Writer,
    /// The stories as they were after the last batch; none before the first, and after one that failed.
    placing: Option<Placing>,
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Added {
    /// Its name in the archive.
    pub(crate) name: String,
    pub(crate) fate: Fate,
    /// The stories that it belongs to.
    pub(crate) stories: Vec<StoryId>,
}

impl Ingest {
    /// Opens the archive at `path`, made where there is none. While another process writes, `waiting` is asked again and again whether to wait on.
    pub(crate) fn open(path: &Path, waiting: impl FnMut(&Holder) -> ControlFlow<()>) -> Result<Self, Error> {
        Ok(Self { writer: Writer::open(path, waiting)?, placing: None })
    }

    /// The archive, to read it.
    pub(crate) fn archive(&self) -> &Archive {
        &self.writer
    }

    /// Lets the archive grow to so many bytes and no further.
    pub(crate) fn limit(&mut self, bytes: u64) -> Result<(), Error> {
        self.writer.limit(bytes)
    }

    /// Takes in reports in their order. When this returns they are in the archive for good; where it fails none of them is.
    pub(crate) fn add(&mut self, readings: Vec<Reading>, at: Timestamp) -> Result<Vec<Added>, Error> {
        self.add_with(readings, at, |_| Ok(()))
    }

    /// Begins to write something else than reports.
    pub(crate) fn batch(&mut self) -> Result<Batch<'_>, Error> {
        self.writer.batch()
    }

    /// Takes in reports as [`Ingest::add`] does, with what else is to be written together with them.
    pub(crate) fn add_with(
        &mut self,
        readings: Vec<Reading>,
        at: Timestamp,
        write: impl FnOnce(&Batch<'_>) -> Result<(), Error>,
    ) -> Result<Vec<Added>, Error> {
        let known = self.placing.take();
        let batch = self.writer.batch()?;
        let mut placing = Placing::up_to_date(known, &batch)?;
        let added = readings.into_iter().map(|reading| take_in(&batch, &mut placing, reading, at));
        let added = added.collect::<Result<Vec<_>, Error>>()?;
        placing.keep(&batch)?;
        write(&batch)?;
        batch.commit()?;
        self.placing = Some(placing);
        Ok(added)
    }
}

fn take_in(
    batch: &Batch<'_>,
    placing: &mut Placing,
    reading: Reading,
    at: Timestamp,
) -> Result<Added, Error> {
    match reading {
        Reading::Known(put) => {
            batch.seen(put.report, at)?;
            Ok(Added { stories: stories_of(batch, put.report)?, name: put.name, fate: put.fate })
        }
        Reading::Read(read) => take_in_read(batch, placing, *read, at),
    }
}

fn stories_of(batch: &Batch<'_>, report: ReportId) -> Result<Vec<StoryId>, Error> {
    Ok(batch.stories_of(report)?.into_iter().map(|(story, _)| story).collect())
}

fn take_in_read(
    batch: &Batch<'_>,
    placing: &mut Placing,
    mut read: Read,
    at: Timestamp,
) -> Result<Added, Error> {
    let Read { raw, document, .. } = &read;
    let put = batch.put(&Finding { raw, document, stages: parallax_analysis::STAGES }, at)?;
    if put.name != read.document.article.id {
        read.document.article.id.clone_from(&put.name);
        read.profile = Profile::of(&read.document);
    }
    let stories = match put.fate {
        Fate::New => placing.place(batch, put.report, &read.document, &read.profile, at)?,
        Fate::Updated | Fate::Amended => {
            let stories = stories_of(batch, put.report)?;
            if put.fate == Fate::Updated {
                let detail = json!({"report": put.name, "version": batch.report(&put.name)?.versions});
                for story in &stories {
                    batch.log(*story, EventKind::CorrectionAtSource, &detail, at)?;
                }
            }
            if batch.corrections(None)?.iter().any(|it| corrections::holds_in(it, &put.name)) {
                rereading::read_again(batch, &put.name)?;
            }
            stories
        }
        Fate::Unchanged => stories_of(batch, put.report)?,
    };
    Ok(Added { name: put.name, fate: put.fate, stories })
}
