//! Stories and which reports belong to them.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use parallax_model::Span;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::archive::{Archive, Batch};
use crate::report::{self, Report, ReportId};
use crate::stored::{count, json, pair, read_span};
use crate::{Error, digest, moment};

/// A story's number, from 1, written `s12`. It never changes and is never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryId(pub(crate) i64);

/// A story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Its number.
    pub id: StoryId,
    /// A headline taken from one of its reports.
    pub title: String,
    /// When its first report came in.
    pub began: Timestamp,
    /// When it last changed.
    pub changed: Timestamp,
    /// How many reports belong to it.
    pub reports: u32,
    /// How many independent origins they have, as far as they were compared.
    pub origins: Option<u32>,
    /// The story that it was merged into; it has no reports of its own then.
    pub merged_into: Option<StoryId>,
}

/// Why a report belongs to a story.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// Probability, 0 to 1, that it does.
    pub score: f32,
    /// The rule or model that decided; `person` where a person did.
    pub rule: String,
    /// Why, in fixed wording with the reports' words.
    pub reason: String,
    /// The part of the report that tells the story, where it is only a part.
    pub section: Option<Span>,
    /// Whether a person decided.
    pub is_pinned: bool,
}

/// What the clustering keeps of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptStory {
    /// The story.
    pub story: StoryId,
    /// When it last changed by the clustering's own count.
    pub changed: u64,
    /// In the clustering's own form; `None` where it is not as it was written.
    pub record: Option<Vec<u8>>,
}

/// A report of a story.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The report.
    pub report: Report,
    /// Why it belongs.
    pub membership: Membership,
}

impl StoryId {
    /// The story of a number, from 1.
    pub fn new(number: u32) -> Self {
        Self(number.into())
    }

    /// Its number.
    pub fn number(self) -> u64 {
        self.0.unsigned_abs()
    }
}

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s{}", self.0)
    }
}

impl FromStr for StoryId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number =
            text.strip_prefix(['s', 'S']).filter(|number| number.starts_with(|c: char| c.is_ascii_digit()));
        let number = number.and_then(|number| number.parse().ok());
        number.map(Self).ok_or_else(|| format!("{text} is no story: they are called s1, s2 and so on"))
    }
}

impl Archive {
    /// The story of a number.
    pub fn story(&self, id: StoryId) -> Result<Story, Error> {
        let found = self.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT * FROM story WHERE id = ?1")?;
            statement.query_row([id.0], story).optional()
        })?;
        found.ok_or_else(|| self.unknown(format!("story {id}")))
    }

    /// How many stories have reports.
    pub fn story_count(&self) -> Result<u64, Error> {
        self.ask(|connection| connection.query_row("SELECT count(*) FROM story WHERE reports > 0", [], count))
    }

    /// At most so many stories of at least `least` reports, the last changed first, from the one before `before` on.
    pub fn stories(&self, least: u32, most: u32, before: Option<&Story>) -> Result<Vec<Story>, Error> {
        let (changed, id) =
            before.map_or((i64::MAX, i64::MAX), |story| (moment::stored(story.changed), story.id.0));
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT * FROM story WHERE (changed, id) < (?1, ?2) AND reports >= max(?3, 1)
                 ORDER BY changed DESC, id DESC LIMIT ?4",
            )?;
            statement.query_map(params![changed, id, least, most], story)?.collect()
        })
    }

    /// The reports of a story in the order in which they came in.
    pub fn members(&self, id: StoryId) -> Result<Vec<Member>, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {}, score, rule, reason, section, is_pinned FROM membership JOIN report ON report.id = membership.report
                 WHERE story = ?1 ORDER BY report.id",
                report::COLUMNS
            ))?;
            let member = |row: &Row<'_>| Ok(Member { report: report::report(row)?, membership: membership(row)? });
            statement.query_map([id.0], member)?.collect()
        })
    }

    /// The stories that a report belongs to, each with why.
    pub fn stories_of(&self, report: ReportId) -> Result<Vec<(StoryId, Membership)>, Error> {
        self.ask(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT * FROM membership WHERE report = ?1 ORDER BY story")?;
            let row = |row: &Row<'_>| Ok((StoryId(row.get("story")?), membership(row)?));
            statement.query_map([report.0], row)?.collect()
        })
    }

    /// The highest number that a story ever had; 0 where there was none.
    pub fn last_story(&self) -> Result<u64, Error> {
        let sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'story'";
        self.ask(|connection| connection.query_row(sql, [], count))
    }

    /// What the clustering keeps of the `most` stories that changed last by its own count, the first changed first.
    pub fn story_records(&self, most: u32) -> Result<Vec<KeptStory>, Error> {
        self.ask(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT * FROM story_record ORDER BY changed DESC, story DESC LIMIT ?1")?;
            let mut records =
                statement.query_map([most], kept_story)?.collect::<rusqlite::Result<Vec<_>>>()?;
            records.reverse();
            Ok(records)
        })
    }

    /// What the clustering keeps of a story.
    pub fn story_record(&self, story: StoryId) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT record FROM story_record WHERE story = ?1";
        self.ask(|connection| {
            connection.prepare_cached(sql)?.query_row([story.0], |row| row.get(0)).optional()
        })
    }

    /// A number that is another whenever a report was placed in a story: who keeps stories in memory sees by it whether they still hold.
    pub fn placements(&self) -> Result<i64, Error> {
        let sql = "SELECT value FROM meta WHERE key = 'placements'";
        self.ask(|connection| connection.prepare_cached(sql)?.query_row([], |row| row.get(0)))
    }
}

impl Batch<'_> {
    /// Begins a story that has no report yet, under a number that was never used.
    pub fn begin_story(&self, story: StoryId, title: &str, at: Timestamp) -> Result<(), Error> {
        self.ask(|connection| {
            let mut statement = connection
                .prepare_cached("INSERT INTO story (id, title, began, changed) VALUES (?1, ?2, ?3, ?3)")?;
            statement.execute(params![story.0, title, moment::stored(at)]).map(drop)
        })
    }

    /// Makes a report belong to a story. Where it does already, the reason is the new one.
    pub fn join(
        &self,
        report: ReportId,
        story: StoryId,
        membership: &Membership,
        at: Timestamp,
    ) -> Result<(), Error> {
        self.ask(|connection| {
            let section = membership.section.map(|span| json(&pair(span))).transpose()?;
            let Membership { score, rule, reason, is_pinned, .. } = membership;
            let mut statement = connection.prepare_cached(
                "INSERT OR REPLACE INTO membership (story, report, score, rule, reason, section, is_pinned) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?;
            statement.execute(params![story.0, report.0, score, rule, reason, section, is_pinned])?;
            touch(connection, story, at)
        })
    }

    /// Makes a report belong to a story no more.
    pub fn leave(&self, report: ReportId, story: StoryId, at: Timestamp) -> Result<(), Error> {
        self.ask(|connection| {
            let mut statement =
                connection.prepare_cached("DELETE FROM membership WHERE story = ?1 AND report = ?2")?;
            statement.execute([story.0, report.0])?;
            touch(connection, story, at)
        })
    }

    /// Keeps what the clustering keeps of a story, with its count of when it last changed; `None` for a story that has ended.
    pub fn keep_story_record(&self, story: StoryId, record: Option<(u64, &[u8])>) -> Result<(), Error> {
        self.ask(|connection| match record {
            None => connection
                .prepare_cached("DELETE FROM story_record WHERE story = ?1")?
                .execute([story.0])
                .map(drop),
            Some((changed, record)) => {
                let mut statement = connection
                    .prepare_cached("INSERT OR REPLACE INTO story_record VALUES (?1, ?2, ?3, ?4)")?;
                statement
                    .execute(params![story.0, changed.cast_signed(), record, digest::of_bytes(record)])
                    .map(drop)
            }
        })
    }

    /// Gives a story another headline.
    pub fn title_story(&self, story: StoryId, title: &str) -> Result<(), Error> {
        let sql = "UPDATE story SET title = ?2 WHERE id = ?1";
        self.ask(|connection| connection.prepare_cached(sql)?.execute(params![story.0, title]).map(drop))
    }

    /// Notes that a story is part of another from now on, to which all its reports go.
    pub fn merge_story(&self, ended: StoryId, kept: StoryId, at: Timestamp) -> Result<(), Error> {
        self.ask(|connection| {
            let mut statement =
                connection.prepare_cached("UPDATE story SET merged_into = ?2 WHERE id = ?1")?;
            statement.execute([ended.0, kept.0])?;
            carry(connection, ended, kept, None, at)
        })
    }

    /// Notes that a story is part of no other after all.
    pub fn revive_story(&self, story: StoryId) -> Result<(), Error> {
        let sql = "UPDATE story SET merged_into = NULL WHERE id = ?1";
        self.ask(|connection| connection.prepare_cached(sql)?.execute([story.0]).map(drop))
    }

    /// Makes some reports of a story belong to another. Where a person decided that one belongs, it stays.
    pub fn move_reports(
        &self,
        reports: &[ReportId],
        from: StoryId,
        to: StoryId,
        at: Timestamp,
    ) -> Result<(), Error> {
        self.ask(|connection| {
            reports.iter().try_for_each(|report| carry(connection, from, to, Some(*report), at))
        })
    }
}

/// Carries the memberships of a report, or of all, from a story to another.
fn carry(
    connection: &Connection,
    from: StoryId,
    to: StoryId,
    report: Option<ReportId>,
    at: Timestamp,
) -> rusqlite::Result<()> {
    // A pinned membership goes only where the whole story goes.
    carry_which(connection, from, to, report, "NOT is_pinned", at)
}

/// Carries the memberships of reports from a story to another, pinned or not.
pub(crate) fn carry_all(
    connection: &Connection,
    reports: &[ReportId],
    from: StoryId,
    to: StoryId,
    at: Timestamp,
) -> rusqlite::Result<()> {
    reports.iter().try_for_each(|report| carry_which(connection, from, to, Some(*report), "1", at))
}

fn carry_which(
    connection: &Connection,
    from: StoryId,
    to: StoryId,
    report: Option<ReportId>,
    condition: &str,
    at: Timestamp,
) -> rusqlite::Result<()> {
    let which = format!("story = ?1 AND (?3 IS NULL OR report = ?3 AND {condition})");
    let report = report.map(|report| report.0);
    let mut statement = connection.prepare_cached(&format!(
        "INSERT OR IGNORE INTO membership SELECT ?2, report, score, rule, reason, section, is_pinned FROM membership WHERE {which}"
    ))?;
    statement.execute(params![from.0, to.0, report])?;
    let mut statement =
        connection.prepare_cached(&format!("DELETE FROM membership WHERE {which} AND ?2 <> story"))?;
    statement.execute(params![from.0, to.0, report])?;
    touch(connection, from, at)?;
    touch(connection, to, at)
}

/// Brings a story's counts up to date. Moments only go forward.
fn touch(connection: &Connection, story: StoryId, at: Timestamp) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "UPDATE story SET changed = max(changed, ?2), is_stale = 1,
             reports = (SELECT count(*) FROM membership WHERE story = ?1) WHERE id = ?1",
    )?;
    statement.execute([story.0, moment::stored(at)])?;
    connection
        .prepare_cached("UPDATE meta SET value = value + 1 WHERE key = 'placements'")?
        .execute([])
        .map(drop)
}

fn story(row: &Row<'_>) -> rusqlite::Result<Story> {
    Ok(Story {
        id: StoryId(row.get("id")?),
        title: row.get("title")?,
        began: moment::read(row, "began")?,
        changed: moment::read(row, "changed")?,
        reports: row.get("reports")?,
        origins: row.get("origins")?,
        merged_into: row.get::<_, Option<i64>>("merged_into")?.map(StoryId),
    })
}

fn kept_story(row: &Row<'_>) -> rusqlite::Result<KeptStory> {
    let record: Vec<u8> = row.get("record")?;
    let is_whole = digest::check(row, digest::of_bytes(&record)).is_ok();
    Ok(KeptStory {
        story: StoryId(row.get("story")?),
        changed: row.get::<_, i64>("changed")?.cast_unsigned(),
        record: is_whole.then_some(record),
    })
}

fn membership(row: &Row<'_>) -> rusqlite::Result<Membership> {
    Ok(Membership {
        score: row.get("score")?,
        rule: row.get("rule")?,
        reason: row.get("reason")?,
        section: read_span(row, "section")?,
        is_pinned: row.get("is_pinned")?,
    })
}
