//! `parallax correct`: what people know better.

use anyhow::bail;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use parallax_archive::{Anchor, Archive, Right, StoryId};

use super::archive_file::{ArchiveFile, wait_and_say};
use super::compared::compare_changed;
use super::outcome::{Outcome, say};
use crate::corrections::{correct, meant, quoted};
use crate::ingest::Ingest;

const EXAMPLES: &str = "\
Examples:
  parallax correct merge s3 s7 --by ada             s7 becomes part of s3
  parallax correct split s3 wire-12 post-4 --by ada these reports become a story of their own
  parallax correct speaker wire-12 'We were warned in May' 'Ines Vidal' --by ada
  parallax correct same-saying wire-12 'We were warned in May' post-4 'they had been warned' --by ada
  parallax correct another-saying wire-12 'We were warned' post-4 'Nobody warned us' --by ada
  parallax corrections                              who corrected what
  parallax corrections undo c2 --by ada             and what it changed is as before

A quotation is named by its report and its words, or a part of them that no other quotation of the
report has. Undone, a merge gives the other story the reports back that it had; those that came
in between stay where they are. A correction is kept with who
and when, holds whenever the reports are compared again, also by a newer version of this program, and
stays kept, marked as no longer applying, where an outlet changes the words.

Exit status: 0; 2 if there are no such stories, reports or words, or the archive could not be written.";

/// Correct what was found: stories, speakers, which sayings are the same
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Correct {
    #[command(subcommand)]
    what: What,
    /// Who corrects it
    #[arg(long, value_name = "NAME", global = true)]
    by: Option<String>,
    #[command(flatten)]
    archive: ArchiveFile,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Two stories are one
    Merge {
        /// The story that goes on
        kept: StoryId,
        /// The story that becomes part of it
        ended: StoryId,
    },
    /// A report belongs to another story
    Move {
        /// The report
        report: String,
        /// The story that it leaves
        from: StoryId,
        /// The story that it belongs to
        to: StoryId,
    },
    /// Some reports of a story tell another
    Split {
        /// The story
        story: StoryId,
        /// The reports that leave it
        #[arg(required = true, value_name = "REPORT")]
        reports: Vec<String>,
    },
    /// Somebody else says a quotation
    Speaker {
        /// The report
        report: String,
        /// Words of the quotation
        words: String,
        /// Who says it
        speaker: String,
    },
    /// Two quotations render the same saying
    SameSaying(Pair),
    /// Two quotations render two sayings
    AnotherSaying(Pair),
}

#[derive(Debug, Args)]
struct Pair {
    /// The one report
    report: String,
    /// Words of the quotation in it
    words: String,
    /// The other report
    other_report: String,
    /// Words of the quotation in that
    other_words: String,
}

impl Correct {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let by = self.by.unwrap_or_default();
        if by.trim().is_empty() {
            bail!("--by needs a name: a correction is kept with who made it");
        }
        self.archive.ensure_there()?;
        let mut ingest = Ingest::open(&self.archive.path(), wait_and_say())?;
        let what = self.what.right(ingest.archive())?;
        let now = Timestamp::now();
        let id = correct(&mut ingest, by.trim(), &what, now)?.0;
        compare_changed(&mut ingest, true, now)?;
        say(&format!("kept as c{id}; `parallax corrections undo c{id} --by NAME` takes it back"));
        Ok(Outcome::Complete)
    }
}

impl What {
    fn right(self, archive: &Archive) -> anyhow::Result<Right> {
        Ok(match self {
            Self::Merge { kept, ended } if kept == ended => bail!("{kept} is one story already"),
            Self::Merge { kept, ended } => {
                Right::MergeStories { kept: kept.to_string(), ended: ended.to_string(), reports: Vec::new() }
            }
            Self::Split { story, reports } => {
                Right::SplitStory { from: story.to_string(), new: String::new(), reports }
            }
            Self::Move { report, from, to } => {
                Right::MoveReport { report, from: from.to_string(), to: to.to_string() }
            }
            Self::Speaker { speaker, .. } if speaker.trim().is_empty() => {
                bail!("say who the speaker is: the name is empty")
            }
            Self::Speaker { report, words, speaker } => {
                let saying = anchor(archive, &report, &words)?;
                Right::Speaker { saying, speaker: speaker.trim().to_owned() }
            }
            Self::SameSaying(pair) => {
                let (one, other) = pair.anchors(archive)?;
                Right::SameSaying { one, other }
            }
            Self::AnotherSaying(pair) => {
                let (one, other) = pair.anchors(archive)?;
                Right::AnotherSaying { one, other }
            }
        })
    }
}

impl Pair {
    fn anchors(self, archive: &Archive) -> anyhow::Result<(Anchor, Anchor)> {
        let one = anchor(archive, &self.report, &self.words)?;
        Ok((one, anchor(archive, &self.other_report, &self.other_words)?))
    }
}

fn anchor(archive: &Archive, name: &str, words: &str) -> anyhow::Result<Anchor> {
    let report = archive.report(name)?;
    let text = archive.article(report.id)?.article.text;
    meant(&report, &text, &quoted(archive, &report)?, words).map_err(anyhow::Error::msg)
}
