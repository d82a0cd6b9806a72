//! `parallax corrections`: what people corrected, exchanged and undone.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use parallax_archive::{Archive, Correction, CorrectionId, Error, Right};
use serde::Deserialize;

use super::archive_file::{ArchiveFile, wait_and_say};
use super::compared::compare_changed;
use super::outcome::{Outcome, say};
use super::output::Destination;
use super::table::write_row;
use crate::changes::right;
use crate::corrections::{Import, Stories, anchors, correct, imported, is_there, named_stories};
use crate::ingest::Ingest;
use crate::report::wire::CorrectionRow;

const EXAMPLES: &str = "\
Examples:
  parallax corrections                              who corrected what, and what no longer applies
  parallax corrections export > corrections.jsonl
  parallax corrections import corrections.jsonl --archive other.db
  parallax corrections undo c2 --by ada

Exported are all, with who and when, a JSON object a line. Imported are those that the archive
does not have yet and that were not undone; stories are found again by their reports, quotations by
their words. One whose reports are not there yet is refused: import it again when they are.

An undone correction leaves what changed since: reports that came to a merged story meanwhile stay
in it.

Exit status: 0; 1 if something was refused; 2 if the archive could not be written.";

/// List, export, import and undo what people corrected
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Corrections {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    archive: ArchiveFile,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say who corrected what
    List,
    /// Write all corrections as JSONL
    Export,
    /// Take in corrections that were exported
    Import {
        /// A file that was exported
        file: PathBuf,
    },
    /// Take a correction back
    Undo {
        /// Its number, as c2
        #[arg(value_parser = number)]
        id: CorrectionId,
        /// Who takes it back
        #[arg(long, value_name = "NAME")]
        by: String,
    },
}

impl Corrections {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        match self.command {
            None | Some(Command::List) => list(&self.archive.open()?),
            Some(Command::Export) => {
                let archive = self.archive.open()?;
                Destination::Standard.write(|out| write_corrections(&archive, out))?;
                Ok(Outcome::Complete)
            }
            Some(Command::Import { file }) => {
                self.archive.ensure_there()?;
                let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
                import(
                    Ingest::open(&self.archive.path(), wait_and_say())?,
                    &file.display().to_string(),
                    &text,
                )
            }
            Some(Command::Undo { id, by }) => {
                self.archive.ensure_there()?;
                let mut ingest = Ingest::open(&self.archive.path(), wait_and_say())?;
                let now = Timestamp::now();
                ingest.undo(id, &by, now)?;
                compare_changed(&mut ingest, true, now)?;
                Ok(Outcome::Complete)
            }
        }
    }
}

/// Writes all corrections, so that another archive can take them in.
pub(super) fn write_corrections(archive: &Archive, out: &mut dyn Write) -> anyhow::Result<()> {
    archive.corrections(None)?.iter().try_for_each(|correction| {
        let stories = named_stories(archive, &correction.what)?;
        write_row(&CorrectionRow::new(correction, &stories), out)
    })
}

fn list(archive: &Archive) -> anyhow::Result<Outcome> {
    let corrections = archive.corrections(None)?;
    if corrections.is_empty() {
        say("nobody has corrected anything");
    }
    Destination::Standard.write(|out| {
        for correction in &corrections {
            let Correction { id, who, at, what, .. } = correction;
            let day = at.strftime("%Y-%m-%d %H:%M UTC");
            writeln!(out, "c{} {day} {who}: {}{}", id.0, right(what), standing(archive, correction)?)?;
        }
        Ok(())
    })?;
    Ok(Outcome::Complete)
}

/// Whether a correction holds, where it does not.
fn standing(archive: &Archive, correction: &Correction) -> Result<String, Error> {
    if let Some((who, at)) = &correction.undone {
        return Ok(format!(" [undone by {who}, {}]", at.strftime("%Y-%m-%d %H:%M UTC")));
    }
    for anchor in anchors(&correction.what) {
        let report = archive.report(&anchor.report)?;
        if !is_there(&archive.article(report.id)?.article.text, anchor) {
            return Ok(format!(" [no longer applies: {} does not say so any more]", anchor.report));
        }
    }
    Ok(String::new())
}

fn import(mut ingest: Ingest, file: &str, text: &str) -> anyhow::Result<Outcome> {
    let (mut taken, mut passed, mut refused) = (0, 0, 0);
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let result =
            serde_json::from_str(line).map_err(anyhow::Error::from).and_then(|row| take(&mut ingest, row));
        match result {
            Ok(true) => taken += 1,
            Ok(false) => passed += 1,
            Err(error) => {
                say(&format!("{file}:{}: {error:#}", number + 1));
                refused += 1;
            }
        }
    }
    compare_changed(&mut ingest, true, Timestamp::now())?;
    let refusals = if refused > 0 { format!(", {refused} refused") } else { String::new() };
    say(&format!("{taken} taken in, {passed} there already or undone{refusals}"));
    Ok(if refused > 0 { Outcome::Partial } else { Outcome::Complete })
}

/// Takes in a correction; says whether it was new.
fn take(ingest: &mut Ingest, row: ExportedRow) -> anyhow::Result<bool> {
    let at: Timestamp = row.at.parse().with_context(|| format!("{} is no moment", row.at))?;
    let ExportedRow { who, what, undone_by, stories, .. } = row;
    if undone_by.is_some() {
        return Ok(false);
    }
    let Some(what) = imported(ingest.archive(), &Import { who: &who, at, what, stories })? else {
        return Ok(false);
    };
    correct(ingest, &who, &what, at)?;
    Ok(true)
}

/// A correction as it was exported.
#[derive(Debug, Deserialize)]
struct ExportedRow {
    who: String,
    at: String,
    what: Right,
    undone_by: Option<String>,
    #[serde(default)]
    stories: Stories,
}

/// The number of a correction, with or without its letter.
fn number(text: &str) -> Result<CorrectionId, String> {
    let number = text.trim_start_matches(['c', 'C']).parse().ok();
    number
        .map(CorrectionId)
        .ok_or_else(|| format!("{text} is no correction: they are called c1, c2 and so on"))
}
