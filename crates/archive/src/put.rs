//! Taking in a report: a new one, another version of one that is there, or nothing new.

use jiff::Timestamp;
use parallax_model::{Body, RawReport};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::archive::{Archive, Batch};
use crate::change::{changes, reads_alike};
use crate::identity::{Candidate, candidates, free_name};
use crate::report::ReportId;
use crate::stored::json;
use crate::{Error, Finding, address, digest, moment};

/// What became of a report that was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// The report.
    pub report: ReportId,
    /// Its name: the id it came with, made unique.
    pub name: String,
    /// Whether it was new.
    pub fate: Fate,
}

/// Whether a report was new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It was not in the archive.
    New,
    /// It was, with another text: this is its next version.
    Updated,
    /// It was, with the same words under another outlet or day: this is its next version.
    Amended,
    /// It was, as it reads.
    Unchanged,
}

impl Archive {
    /// The report that `raw` is, where it was acquired just so. It need not be read again then.
    pub fn known(&self, raw: &RawReport) -> Result<Option<Put>, Error> {
        let digest = digest::of_raw(raw);
        let mut candidates = self.ask(|connection| candidates(connection, raw))?;
        let is_same = |other: &Candidate| other.raw_digest == digest && !other.is_amended(raw);
        let same = candidates.iter().position(is_same);
        Ok(same.map(|index| put(candidates.swap_remove(index), Fate::Unchanged)))
    }
}

impl Batch<'_> {
    /// Takes in a report with what was found in it. The same report with the same words changes nothing but when it was last seen.
    pub fn put(&self, finding: &Finding<'_>, at: Timestamp) -> Result<Put, Error> {
        self.ask(|connection| match known(connection, finding)? {
            None => begin(connection, finding, at),
            Some(candidate) if !is_unchanged(connection, finding, &candidate)? => {
                update(connection, finding, &candidate, at)?;
                Ok(put(candidate, Fate::Updated))
            }
            Some(candidate) if candidate.is_amended(finding.raw) => {
                update(connection, finding, &candidate, at)?;
                Ok(put(candidate, Fate::Amended))
            }
            Some(candidate) => {
                seen(connection, candidate.report, at)?;
                Ok(put(candidate, Fate::Unchanged))
            }
        })
    }

    /// Notes that a report was met again as it is. Moments only go forward: a clock that was set back changes nothing.
    pub fn seen(&self, report: ReportId, at: Timestamp) -> Result<(), Error> {
        self.ask(|connection| seen(connection, report, at))
    }

    /// Puts what the stages find now in the place of what they found before in a report's current version.
    pub fn replace(&self, report: ReportId, finding: &Finding<'_>) -> Result<(), Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT current FROM report WHERE id = ?1")?;
            let version = statement.query_row([report.0], |row| row.get(0))?;
            finding.write(connection, report, version)?;
            mark_stale(connection, report)
        })
    }
}

impl Batch<'_> {
    /// Lets all articles count as read by no stages that are known, so that they are read again.
    pub fn forget_stages(&self) -> Result<(), Error> {
        self.ask(|connection| connection.execute("UPDATE article SET stages = 0", []).map(drop))
    }
}

/// The report of the archive that a finding is a version of.
fn known(connection: &Connection, finding: &Finding<'_>) -> rusqlite::Result<Option<Candidate>> {
    let candidates = candidates(connection, finding.raw)?;
    let (mut same, others): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|other| was_put(finding, other));
    if !same.is_empty() {
        return Ok(Some(same.swap_remove(0)));
    }
    for candidate in others {
        let text = text(connection, candidate.version)?;
        if candidate.is_same(finding.raw, finding.document.text(), &text) {
            return Ok(Some(candidate));
        }
    }
    Ok(None)
}

/// Whether a report was put just so: it says what it says now, or what was put last under its id. Two rows of a table with one address are two
/// wordings of one report, and so are what two feeds give of one link; neither corrects the other each time that they are read.
fn was_put(finding: &Finding<'_>, candidate: &Candidate) -> bool {
    candidate.digest == digest::of_article(&finding.document.article)
        || candidate.raw_digest == digest::of_raw(finding.raw)
}

/// Whether a finding is no new version of the report that it is of: it was put so before, or reads as the report does. What a page states itself is
/// its headline; that two feeds link to it under two is no correction.
fn is_unchanged(
    connection: &Connection,
    finding: &Finding<'_>,
    candidate: &Candidate,
) -> rusqlite::Result<bool> {
    if was_put(finding, candidate) {
        return Ok(true);
    }
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(article.text, body), article.title, body FROM version JOIN article ON version = version.id
         WHERE version.id = ?1",
    )?;
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let (text, title, body): (String, Option<String>, String) =
        statement.query_row([candidate.version], read)?;
    let (article, title) = (&finding.document.article, title.unwrap_or_default());
    let is_same_page = matches!(&finding.raw.body, Body::Html(page) if *page == body && has_title(page));
    Ok(reads_alike(&text, &article.text)
        && (is_same_page || reads_alike(&title, article.title.as_deref().unwrap_or_default())))
}

/// Whether a page has a title itself, as what a feed gives of it has not.
fn has_title(page: &str) -> bool {
    const TITLE: &[u8] = b"<title";
    page.as_bytes().windows(TITLE.len()).any(|tag| tag.eq_ignore_ascii_case(TITLE))
}

fn text(connection: &Connection, version: i64) -> rusqlite::Result<String> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(text, body) FROM version LEFT JOIN article ON version = version.id WHERE version.id = ?1",
    )?;
    let text = statement.query_row([version], |row| row.get(0)).optional()?;
    Ok(text.unwrap_or_default())
}

fn put(candidate: Candidate, fate: Fate) -> Put {
    Put { report: candidate.report, name: candidate.name, fate }
}

fn begin(connection: &Connection, finding: &Finding<'_>, at: Timestamp) -> rusqlite::Result<Put> {
    let raw = finding.raw;
    let name = free_name(connection, &raw.id)?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO report (name, given, address, current, first_seen, last_seen) VALUES (?1, ?2, ?3, 0, ?4, ?4)",
    )?;
    let address = raw.url.as_deref().and_then(address::canonical);
    statement.execute(params![name, raw.id, address, moment::stored(at)])?;
    let report = ReportId(connection.last_insert_rowid());
    add_version(connection, finding, report, None, at)?;
    Ok(Put { report, name, fate: Fate::New })
}

fn update(
    connection: &Connection,
    finding: &Finding<'_>,
    former: &Candidate,
    at: Timestamp,
) -> rusqlite::Result<()> {
    let changes = changes(&text(connection, former.version)?, finding.document.text());
    add_version(connection, finding, former.report, Some(&json(&changes)?), at)?;
    seen(connection, former.report, at)?;
    mark_stale(connection, former.report)
}

fn add_version(
    connection: &Connection,
    finding: &Finding<'_>,
    report: ReportId,
    changes: Option<&str>,
    at: Timestamp,
) -> rusqlite::Result<()> {
    let raw = finding.raw;
    let (kind, body) = match &raw.body {
        Body::Text(text) => ("text", text),
        Body::Html(page) => ("html", page),
    };
    let mut statement = connection.prepare_cached(
        "INSERT INTO version (report, number, acquired, kind, digest, given, place, outlet, title, published, url, language,
             authors, credit, fetched, changes, body)
         SELECT ?1, 1 + coalesce(max(number), 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16
         FROM version WHERE report = ?1",
    )?;
    statement.execute(params![
        report.0,
        moment::stored(at),
        kind,
        digest::of_raw(raw),
        raw.id,
        raw.place,
        raw.source,
        raw.title,
        raw.published,
        raw.url,
        raw.language,
        json(&raw.authors)?,
        raw.credit,
        raw.fetched,
        changes,
        body,
    ])?;
    let version = connection.last_insert_rowid();
    let mut statement = connection.prepare_cached("UPDATE report SET current = ?2 WHERE id = ?1")?;
    statement.execute([report.0, version])?;
    finding.write(connection, report, version)
}

fn seen(connection: &Connection, report: ReportId, at: Timestamp) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare_cached("UPDATE report SET last_seen = max(last_seen, ?2) WHERE id = ?1")?;
    statement.execute([report.0, moment::stored(at)]).map(drop)
}

/// What was compared of a report's stories no longer holds.
fn mark_stale(connection: &Connection, report: ReportId) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "UPDATE story SET is_stale = 1 WHERE id IN (SELECT story FROM membership WHERE report = ?1)",
    )?;
    statement.execute([report.0]).map(drop)
}
