//! What people corrected. A correction is never deleted; undoing it is written beside it.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::archive::{Archive, Batch};
use crate::report::ReportId;
use crate::stored::{json, read_json, readable};
use crate::story::carry_all;
use crate::{Error, ErrorKind, Membership, StoryId, moment};

/// A correction's number in its archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CorrectionId(pub i64);

/// A correction by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its number.
    pub id: CorrectionId,
    /// The story that it is about.
    pub story: StoryId,
    /// Who made it.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// What is right.
    pub what: Right,
    /// Who undid it, and when.
    pub undone: Option<(String, Timestamp)>,
}

/// What a person says is right. Words of a report are named by themselves, so that it holds however the report is read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Right {
    /// Two stories are one: the reports of `ended`, by name, belong to `kept`.
    MergeStories {
        /// The story that goes on.
        kept: String,
        /// The story that ends.
        ended: String,
        /// The reports that it had.
        reports: Vec<String>,
    },
    /// A story is two: the named reports belong to `new`.
    SplitStory {
        /// The story that goes on with the rest.
        from: String,
        /// The story that they form.
        new: String,
        /// The reports that leave.
        reports: Vec<String>,
    },
    /// A report belongs to another story.
    MoveReport {
        /// Its name.
        report: String,
        /// The story that it leaves.
        from: String,
        /// The story that it belongs to.
        to: String,
    },
    /// Somebody else says these words.
    Speaker {
        /// The words.
        saying: Anchor,
        /// Who says them.
        speaker: String,
    },
    /// Two renditions are of one saying.
    SameSaying {
        /// The one.
        one: Anchor,
        /// The other.
        other: Anchor,
    },
    /// Two renditions are of different sayings.
    AnotherSaying {
        /// The one.
        one: Anchor,
        /// The other.
        other: Anchor,
    },
}

/// Words of a report, named so that they are found again after the report was read anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The report's name.
    pub report: String,
    /// The version in which they were seen.
    pub version: u32,
    /// The words.
    pub text: String,
    /// Where they began: bytes into the article's text. Where they stand several times, the nearest are meant.
    pub start: usize,
}

impl Archive {
    /// All corrections, or those of a story, in the order in which they were made.
    pub fn corrections(&self, story: Option<StoryId>) -> Result<Vec<Correction>, Error> {
        self.ask(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT * FROM correction WHERE ?1 IS NULL OR story = ?1 ORDER BY id")?;
            readable(statement.query_map([story.map(|story| story.0)], correction)?)
        })
    }

    /// The correction of a number.
    pub fn correction(&self, id: CorrectionId) -> Result<Correction, Error> {
        let found = self.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT * FROM correction WHERE id = ?1")?;
            statement.query_row([id.0], correction).optional()
        })?;
        found.ok_or_else(|| self.unknown(format!("correction c{}", id.0)))
    }

    /// Where an anchor's words stand in the current text of its report; `None` where they no longer do.
    pub fn anchored(&self, anchor: &Anchor) -> Result<Option<parallax_model::Span>, Error> {
        let report = self.report(&anchor.report)?;
        let text = self.article(report.id)?.article.text;
        let nearest =
            text.match_indices(&anchor.text).map(|(at, _)| at).min_by_key(|at| at.abs_diff(anchor.start));
        Ok(nearest.map(|at| parallax_model::Span::new(at, at + anchor.text.len())))
    }
}

impl Batch<'_> {
    /// Writes down a correction. One that says where reports belong is carried out at once, and holds against the clustering from now on.
    pub fn correct(
        &self,
        story: StoryId,
        who: &str,
        what: &Right,
        at: Timestamp,
    ) -> Result<CorrectionId, Error> {
        self.carry_out(what, at)?;
        self.ask(|connection| {
            let mut statement = connection
                .prepare_cached("INSERT INTO correction (story, who, at, what) VALUES (?1, ?2, ?3, ?4)")?;
            statement.execute(params![story.0, who, moment::stored(at), json(what)?])?;
            mark_stale(connection, story)?;
            Ok(CorrectionId(connection.last_insert_rowid()))
        })
    }

    /// Undoes a correction: what it changed is as it was before, but for what changed since.
    pub fn undo(&self, id: CorrectionId, who: &str, at: Timestamp) -> Result<Correction, Error> {
        let correction = self.correction(id)?;
        if correction.undone.is_some() {
            let reason = format!("correction c{} is undone already", id.0);
            return Err(Error::new(self.path(), ErrorKind::Impossible(reason)));
        }
        self.take_back(&correction.what, at)?;
        self.ask(|connection| {
            let mut statement = connection
                .prepare_cached("UPDATE correction SET undone_by = ?2, undone_at = ?3 WHERE id = ?1")?;
            statement.execute(params![id.0, who, moment::stored(at)])?;
            mark_stale(connection, correction.story)
        })?;
        Ok(correction)
    }

    fn carry_out(&self, what: &Right, at: Timestamp) -> Result<(), Error> {
        match what {
            Right::MergeStories { kept, ended, .. } => {
                let (kept, ended) = (self.story_called(kept)?, self.story_called(ended)?);
                self.pin(&self.reports_of(ended)?, ended)?;
                self.merge_story(ended, kept, at)
            }
            Right::SplitStory { from, new, reports } => {
                let (from, new) = (self.story_called(from)?, self.story_called(new)?);
                self.put_by_hand(&self.reports_called(reports)?, from, new, at)
            }
            Right::MoveReport { report, from, to } => {
                let (from, to) = (self.story_called(from)?, self.story_called(to)?);
                self.put_by_hand(&[self.report(report)?.id], from, to, at)
            }
            Right::Speaker { .. } | Right::SameSaying { .. } | Right::AnotherSaying { .. } => Ok(()),
        }
    }

    fn take_back(&self, what: &Right, at: Timestamp) -> Result<(), Error> {
        match what {
            Right::MergeStories { kept, ended, reports } => {
                let (kept, ended) = (self.story_called(kept)?, self.story_called(ended)?);
                self.revive_story(ended)?;
                self.put_by_hand(&self.reports_called(reports)?, kept, ended, at)
            }
            Right::SplitStory { from, new, reports } => {
                let (from, new) = (self.story_called(from)?, self.story_called(new)?);
                self.put_by_hand(&self.reports_called(reports)?, new, from, at)
            }
            Right::MoveReport { report, from, to } => {
                let (from, to) = (self.story_called(from)?, self.story_called(to)?);
                self.put_by_hand(&[self.report(report)?.id], to, from, at)
            }
            Right::Speaker { .. } | Right::SameSaying { .. } | Right::AnotherSaying { .. } => Ok(()),
        }
    }

    /// Makes reports belong to another story, and lets no clustering move them.
    fn put_by_hand(
        &self,
        reports: &[ReportId],
        from: StoryId,
        to: StoryId,
        at: Timestamp,
    ) -> Result<(), Error> {
        self.ask(|connection| carry_all(connection, reports, from, to, at))?;
        self.pin(reports, to)
    }

    /// Notes that a person decided that reports belong to a story.
    fn pin(&self, reports: &[ReportId], story: StoryId) -> Result<(), Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "UPDATE membership SET is_pinned = 1, rule = 'person' WHERE story = ?1 AND report = ?2",
            )?;
            reports.iter().try_for_each(|report| statement.execute([story.0, report.0]).map(drop))
        })
    }

    fn reports_of(&self, story: StoryId) -> Result<Vec<ReportId>, Error> {
        Ok(self.members(story)?.into_iter().map(|member| member.report.id).collect())
    }

    fn reports_called(&self, names: &[String]) -> Result<Vec<ReportId>, Error> {
        names.iter().map(|name| Ok(self.report(name)?.id)).collect()
    }

    fn story_called(&self, name: &str) -> Result<StoryId, Error> {
        let story = name.parse().map_err(|reason| Error::new(self.path(), ErrorKind::Impossible(reason)))?;
        Ok(self.story(story)?.id)
    }
}

fn mark_stale(connection: &Connection, story: StoryId) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE story SET is_stale = 1 WHERE id = ?1")?.execute([story.0]).map(drop)
}

pub(crate) fn correction(row: &Row<'_>) -> rusqlite::Result<Correction> {
    let undone_by: Option<String> = row.get("undone_by")?;
    Ok(Correction {
        id: CorrectionId(row.get("id")?),
        story: StoryId(row.get("story")?),
        who: row.get("who")?,
        at: moment::read(row, "at")?,
        what: read_json(row, "what")?,
        undone: undone_by
            .map(|who| Ok::<_, rusqlite::Error>((who, moment::read(row, "undone_at")?)))
            .transpose()?,
    })
}

impl Membership {
    /// The membership of a report that a person put somewhere.
    pub fn by_person(reason: &str) -> Self {
        Self { score: 1.0, rule: "person".into(), reason: reason.into(), section: None, is_pinned: true }
    }
}
