//! `parallax export`: an archive as tables that other programs, and Parallax, read.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use parallax_archive::{Archive, EventId, Report};

use super::archive_file::ArchiveFile;
use super::corrections::write_corrections;
use super::outcome::Outcome;
use super::output::Destination;
use super::stories::stories;
use super::table::write_row;
use crate::changes::{edits, edits_of};
use crate::report::wire::{
    ArchivedQuotationRow, ArchivedReportRow, ArchivedStoryRow, EventLogRow, VersionRow,
};

const EXAMPLES: &str = "\
Examples:
  parallax export > all.jsonl                       every report as it was acquired last
  parallax export reports | parallax add - --archive other.db
  parallax export quotations --output said.jsonl
  parallax export events | jq 'select(.kind == \"correction-at-source\")'
  parallax export versions | jq 'select(.changes != []) | [.id, .version, .changes]'
  parallax export corrections > corrections.jsonl

Reports have the fields that `parallax add` reads, and the stories that they belong to. Offsets are
in code points. Others may read and write meanwhile.";

/// So many reports or events are read at once.
const AT_ONCE: u32 = 500;

/// Write the reports of an archive, or what is known of them, as JSONL
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Export {
    /// What to write
    #[arg(value_enum, value_name = "WHAT", default_value_t = What::Reports)]
    what: What,
    #[command(flatten)]
    archive: ArchiveFile,
    /// Where to write it; `-` for standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// What an archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Every report in its last version
    Reports,
    /// Every version of every report, and what is other in it than in the one before
    Versions,
    /// Who said what, a quotation a row
    Quotations,
    /// Every story
    Stories,
    /// What happened to stories, in order
    Events,
    /// What people corrected
    Corrections,
}

impl Export {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let archive = self.archive.open()?;
        Destination::new(self.output).write(|out| match self.what {
            What::Reports => each_report(&archive, |report| write_report(&archive, report, out)),
            What::Versions => each_report(&archive, |report| write_versions(&archive, report, out)),
            What::Quotations => each_report(&archive, |report| write_quotations(&archive, report, out)),
            What::Stories => {
                stories(&archive, 1).try_for_each(|story| write_row(&ArchivedStoryRow::new(&story?), out))
            }
            What::Events => write_events(&archive, out),
            What::Corrections => write_corrections(&archive, out),
        })?;
        Ok(Outcome::Complete)
    }
}

fn each_report(archive: &Archive, mut each: impl FnMut(&Report) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let reports = archive.oldest_reports(AT_ONCE, after)?;
        let Some(last) = reports.last() else { return Ok(()) };
        after = Some(last.id);
        reports.iter().try_for_each(&mut each)?;
    }
}

fn write_report(archive: &Archive, report: &Report, out: &mut dyn Write) -> anyhow::Result<()> {
    let stories = archive.stories_of(report.id)?.into_iter().map(|(story, _)| story);
    write_row(&ArchivedReportRow::new(&archive.raw(report.id)?, report, stories), out)
}

fn write_versions(archive: &Archive, report: &Report, out: &mut dyn Write) -> anyhow::Result<()> {
    for mut version in archive.versions(report.id)? {
        version.raw.id.clone_from(&report.name);
        let changes = edits(archive, report.id, version.number)?;
        write_row(&VersionRow::new(&version, changes), out)?;
    }
    Ok(())
}

fn write_quotations(archive: &Archive, report: &Report, out: &mut dyn Write) -> anyhow::Result<()> {
    let text = archive.article(report.id)?.article.text;
    ArchivedQuotationRow::all(report, &text, &archive.quotations(report.id)?)
        .iter()
        .try_for_each(|row| write_row(row, out))
}

fn write_events(archive: &Archive, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut after = EventId::default();
    loop {
        let events = archive.events(None, after, AT_ONCE)?;
        let Some(last) = events.last() else { return Ok(()) };
        after = last.id;
        for event in &events {
            write_row(&EventLogRow::new(event, edits_of(archive, event)?), out)?;
        }
    }
}
