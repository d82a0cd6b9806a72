//! The comparison of a story's reports, kept until one of them changes.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::archive::{Archive, Batch};
use crate::stored::count;
use crate::{Error, StoryId, digest, moment};

/// What a comparison was made from: the versions of the reports, the corrections in force and the version of the stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

/// A comparison as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptComparison {
    /// What it was made from.
    pub fingerprint: Fingerprint,
    /// When it was made.
    pub made: Timestamp,
    /// How many reports were compared.
    pub reports: u32,
    /// How many reports of the story were left out, because it has more than are compared.
    pub left_out: u32,
    /// `parallax.comparison/1` as JSON.
    pub document: String,
}

/// A comparison that was just made.
#[derive(Debug, Clone, Copy)]
pub struct NewComparison<'a> {
    /// What it was made from, as it was when the reports were read for it.
    pub fingerprint: Fingerprint,
    /// How many reports were compared.
    pub reports: u32,
    /// How many were left out.
    pub left_out: u32,
    /// How many independent origins they have.
    pub origins: u32,
    /// `parallax.comparison/1` as JSON.
    pub document: &'a str,
}

impl Archive {
    /// What a comparison of a story would be made from now, by stages of the given version.
    pub fn fingerprint(&self, story: StoryId, stages: u32) -> Result<Fingerprint, Error> {
        self.ask(|connection| fingerprint(connection, story, stages))
    }

    /// The comparison of a story as it was last made. It holds where its fingerprint is that of now. One that is damaged counts as none, since
    /// it can be made again.
    pub fn comparison(&self, story: StoryId) -> Result<Option<KeptComparison>, Error> {
        let found = self.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT * FROM comparison WHERE story = ?1")?;
            statement.query_row([story.0], comparison).optional()
        });
        match found {
            Err(error) if error.is_damage() => Ok(None),
            found => found,
        }
    }

    /// How many stories of several reports have no comparison that holds.
    pub fn count_stale(&self) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM story WHERE is_stale AND reports > 1";
        self.ask(|connection| connection.query_row(sql, [], count))
    }

    /// At most so many stories of several reports whose comparison no longer holds, from the one after `after` on.
    pub fn stale_stories(&self, most: u32, after: Option<StoryId>) -> Result<Vec<StoryId>, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id FROM story WHERE is_stale AND id > ?1 AND reports > 1 ORDER BY id LIMIT ?2",
            )?;
            let after = after.map_or(0, |story| story.0);
            statement.query_map((after, most), |row| row.get(0).map(StoryId))?.collect()
        })
    }
}

impl Batch<'_> {
    /// Keeps the comparison of a story in place of the one before. Where the story changed while it was made, it stays marked as one that no longer holds.
    pub fn keep_comparison(
        &self,
        story: StoryId,
        made: &NewComparison<'_>,
        stages: u32,
        at: Timestamp,
    ) -> Result<(), Error> {
        self.ask(|connection| {
            let mut statement = connection
                .prepare_cached("INSERT OR REPLACE INTO comparison VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
            let NewComparison { fingerprint, reports, left_out, origins, document } = made;
            statement.execute(params![
                story.0,
                fingerprint.0,
                moment::stored(at),
                reports,
                left_out,
                document,
                digest::of(&[document]),
            ])?;
            let is_stale = self::fingerprint(connection, story, stages)? != *fingerprint;
            let mut statement =
                connection.prepare_cached("UPDATE story SET is_stale = ?2, origins = ?3 WHERE id = ?1")?;
            statement.execute(params![story.0, is_stale, origins]).map(drop)
        })
    }

    /// Marks all stories as ones whose comparison no longer holds.
    pub fn mark_all_stale(&self) -> Result<(), Error> {
        self.ask(|connection| {
            connection.execute("UPDATE story SET is_stale = 1 WHERE NOT is_stale", []).map(drop)
        })
    }
}

fn fingerprint(connection: &Connection, story: StoryId, stages: u32) -> rusqlite::Result<Fingerprint> {
    let mut members = connection.prepare_cached(
        "SELECT report.id || ':' || current || ':' || coalesce(section, '') FROM membership JOIN report ON report.id = report
         WHERE story = ?1 ORDER BY report.id",
    )?;
    let mut made_from =
        members.query_map([story.0], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    let mut corrections = connection.prepare_cached(
        "SELECT 'c' || id FROM correction WHERE story = ?1 AND undone_at IS NULL ORDER BY id",
    )?;
    for correction in corrections.query_map([story.0], |row| row.get(0))? {
        made_from.push(correction?);
    }
    made_from.push(format!("stages {stages}"));
    let made_from: Vec<&str> = made_from.iter().map(String::as_str).collect();
    Ok(Fingerprint(digest::of(&made_from)))
}

pub(crate) fn comparison(row: &Row<'_>) -> rusqlite::Result<KeptComparison> {
    let document: String = row.get("document")?;
    digest::check(row, digest::of(&[&document]))?;
    Ok(KeptComparison {
        fingerprint: Fingerprint(row.get("fingerprint")?),
        made: moment::read(row, "made")?,
        reports: row.get("reports")?,
        left_out: row.get("left_out")?,
        document,
    })
}
