//! Reports and their versions, read back.

use jiff::Timestamp;
use parallax_model::{Body, RawReport};
use rusqlite::{OptionalExtension, Row};

use crate::archive::Archive;
use crate::change::Change;
use crate::stored::{count, read_json};
use crate::{Error, moment};

/// A report's number in its archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId(pub(crate) i64);

/// What lists show of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its number.
    pub id: ReportId,
    /// Its name, by which people and other programs call it.
    pub name: String,
    /// The outlet.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// When it was first acquired.
    pub first_seen: Timestamp,
    /// When it was last met.
    pub last_seen: Timestamp,
    /// How many versions there are; the current one has this number.
    pub versions: u32,
}

/// A report as it was acquired at one time.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// From 1.
    pub number: u32,
    /// When.
    pub acquired: Timestamp,
    /// What was acquired, with the id that it came with.
    pub raw: RawReport,
    /// What changed in the article's text since the version before; `None` for the first.
    pub changes: Option<Vec<Change>>,
}

/// What a version changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The stretches that differ from the version before, in order.
    pub changes: Vec<Change>,
    /// The article's text of the version.
    pub text: String,
}

/// How a version is headed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heading {
    /// The outlet.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
}

/// The columns of a [`Report`], of the table `report`.
pub(crate) const COLUMNS: &str = "report.id, report.name, report.outlet, report.title, report.published, report.url,
    report.first_seen, report.last_seen, (SELECT number FROM version WHERE version.id = report.current) AS versions";

impl Archive {
    /// The report of a name.
    pub fn report(&self, name: &str) -> Result<Report, Error> {
        let found = self.ask(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("SELECT {COLUMNS} FROM report WHERE name = ?1"))?;
            statement.query_row([name], report).optional()
        })?;
        found.ok_or_else(|| self.unknown(format!("report called {name}")))
    }

    /// How many reports there are.
    pub fn reports(&self) -> Result<u64, Error> {
        self.ask(|connection| connection.query_row("SELECT count(*) FROM report", [], count))
    }

    /// At most so many reports, newest first, from the one before `before` on.
    pub fn newest_reports(&self, most: u32, before: Option<ReportId>) -> Result<Vec<Report>, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM report WHERE id < ?1 ORDER BY id DESC LIMIT ?2"
            ))?;
            let before = before.map_or(i64::MAX, |report| report.0);
            statement.query_map((before, most), report)?.collect()
        })
    }

    /// At most so many reports in the order in which they came in, from the one after `after` on.
    pub fn oldest_reports(&self, most: u32, after: Option<ReportId>) -> Result<Vec<Report>, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM report WHERE id > ?1 ORDER BY id LIMIT ?2"
            ))?;
            let after = after.map_or(0, |report| report.0);
            statement.query_map((after, most), report)?.collect()
        })
    }

    /// At most so many reports whose current version was last read by stages of another version than `stages`, from the one after `after` on.
    pub fn read_otherwise(
        &self,
        stages: u32,
        most: u32,
        after: Option<ReportId>,
    ) -> Result<Vec<ReportId>, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT report.id FROM report JOIN article ON article.version = current
                 WHERE stages <> ?1 AND report.id > ?2 ORDER BY report.id LIMIT ?3",
            )?;
            let after = after.map_or(0, |report| report.0);
            statement.query_map((stages, after, most), |row| row.get(0).map(ReportId))?.collect()
        })
    }

    /// How many reports were last read by stages of another version.
    pub fn count_read_otherwise(&self, stages: u32) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM report JOIN article ON article.version = current WHERE stages <> ?1";
        self.ask(|connection| connection.query_row(sql, [stages], count))
    }

    /// The versions of a report, first to last, with all that was acquired.
    pub fn versions(&self, report: ReportId) -> Result<Vec<Version>, Error> {
        self.ask(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT * FROM version WHERE report = ?1 ORDER BY number")?;
            statement.query_map([report.0], version)?.collect()
        })
    }

    /// What a report's version of a number changed; nothing for the first.
    pub fn revision_of(&self, report: ReportId, number: u32) -> Result<Option<Revision>, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT changes, coalesce(article.text, body) AS words
                 FROM version LEFT JOIN article ON article.version = version.id
                 WHERE report = ?1 AND number = ?2 AND changes IS NOT NULL",
            )?;
            let revision =
                |row: &Row<'_>| Ok(Revision { changes: read_json(row, "changes")?, text: row.get("words")? });
            statement.query_row((report.0, number), revision).optional()
        })
    }

    /// How a report's version of a number is headed; as nothing where there is no such version.
    pub fn heading_of(&self, report: ReportId, number: u32) -> Result<Heading, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT coalesce(article.outlet, version.outlet) AS outlet, coalesce(article.title, version.title) AS title
                 FROM version LEFT JOIN article ON article.version = version.id WHERE report = ?1 AND number = ?2",
            )?;
            let heading = |row: &Row<'_>| Ok(Heading { outlet: row.get("outlet")?, title: row.get("title")? });
            Ok(statement.query_row((report.0, number), heading).optional()?.unwrap_or_default())
        })
    }

    /// A report as it was last acquired, its id the report's name.
    pub fn raw(&self, report: ReportId) -> Result<RawReport, Error> {
        let found = self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT version.*, report.name FROM report JOIN version ON version.id = current WHERE report.id = ?1",
            )?;
            let named = |row: &Row<'_>| Ok(RawReport { id: row.get("name")?, ..raw(row)? });
            statement.query_row([report.0], named).optional()
        })?;
        found.ok_or_else(|| self.unknown(format!("report of number {}", report.0)))
    }
}

pub(crate) fn report(row: &Row<'_>) -> rusqlite::Result<Report> {
    Ok(Report {
        id: ReportId(row.get("id")?),
        name: row.get("name")?,
        outlet: row.get("outlet")?,
        title: row.get("title")?,
        published: row.get("published")?,
        url: row.get("url")?,
        first_seen: moment::read(row, "first_seen")?,
        last_seen: moment::read(row, "last_seen")?,
        versions: row.get("versions")?,
    })
}

fn version(row: &Row<'_>) -> rusqlite::Result<Version> {
    let is_first = row.get_ref("changes")? == rusqlite::types::ValueRef::Null;
    Ok(Version {
        number: row.get("number")?,
        acquired: moment::read(row, "acquired")?,
        raw: raw(row)?,
        changes: if is_first { None } else { Some(read_json(row, "changes")?) },
    })
}

fn raw(row: &Row<'_>) -> rusqlite::Result<RawReport> {
    let body = row.get("body")?;
    let kind: String = row.get("kind")?;
    Ok(RawReport {
        id: row.get("given")?,
        place: row.get("place")?,
        source: row.get("outlet")?,
        title: row.get("title")?,
        published: row.get("published")?,
        url: row.get("url")?,
        language: row.get("language")?,
        authors: read_json(row, "authors")?,
        credit: row.get("credit")?,
        body: if kind == "html" { Body::Html(body) } else { Body::Text(body) },
        fetched: row.get("fetched")?,
    })
}
