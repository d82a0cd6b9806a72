//! Whether a report is one that the archive has.
//!
//! A report is known by its address, or else by its id. Neither is trusted blindly: files called `1.txt` in two folders are two reports, and a
//! table may give the outlet's front page as the address of all. So a report of the same name must also have a good part of its words in common with
//! the one that is there.

use std::collections::HashSet;

use parallax_model::RawReport;
use rusqlite::{Connection, Row, params};

use crate::address;
use crate::report::ReportId;
use crate::stored::count;

/// Two versions of a report share at least this part of their words. Versions of one web page in an archive of the web seldom fall below a half,
/// while reports of different events by one outlet share about a tenth, the words of grammar.
const LEAST_SHARED: f64 = 0.25;

/// A report of the archive that may be the same.
pub(crate) struct Candidate {
    pub(crate) report: ReportId,
    pub(crate) name: String,
    pub(crate) version: i64,
    /// Of what was acquired: last under the id that is asked for, by the same feed where it is of one, or else last at all.
    pub(crate) raw_digest: Vec<u8>,
    /// Of the article read out of it.
    pub(crate) digest: Vec<u8>,
    given: String,
    address: Option<String>,
    /// Whether anything was acquired under the id that is asked for, and what it then said of its outlet and day.
    is_own: bool,
    outlet: Option<String>,
    published: Option<String>,
}

/// The reports that a report may be by its address or id, as they are now.
pub(crate) fn candidates(connection: &Connection, raw: &RawReport) -> rusqlite::Result<Vec<Candidate>> {
    let address = raw.url.as_deref().and_then(address::canonical);
    let mut statement = connection.prepare_cached(
        "SELECT report.id, name, report.given, address, current, article.digest,
             coalesce(own.digest, version.digest) AS raw_digest, own.id IS NOT NULL AS is_own,
             own.outlet AS own_outlet, own.published AS own_published
         FROM report JOIN version ON version.id = current JOIN article ON article.version = current
         LEFT JOIN version AS own ON own.id = (
             SELECT id FROM version AS other WHERE other.report = report.id AND other.given = ?2
                 AND substr(other.place, 1, instr(other.place, '#')) = substr(?3, 1, instr(?3, '#'))
             ORDER BY number DESC LIMIT 1)
         WHERE report.id IN (
             SELECT id FROM report WHERE address = ?1
             UNION SELECT id FROM report WHERE name = ?2
             UNION SELECT id FROM report WHERE given = ?2 AND given <> name)
         ORDER BY report.id",
    )?;
    let rows = statement.query_map(params![address, raw.id, raw.place], candidate)?;
    let mut candidates = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    candidates.retain(|other| other.address.is_none() || address.is_none() || other.address == address);
    Ok(candidates)
}

fn candidate(row: &Row<'_>) -> rusqlite::Result<Candidate> {
    Ok(Candidate {
        report: ReportId(row.get("id")?),
        name: row.get("name")?,
        version: row.get("current")?,
        raw_digest: row.get("raw_digest")?,
        digest: row.get("digest")?,
        given: row.get("given")?,
        address: row.get("address")?,
        is_own: row.get("is_own")?,
        outlet: row.get("own_outlet")?,
        published: row.get("own_published")?,
    })
}

impl Candidate {
    /// Whether `raw` names another outlet or day than when the same was acquired last.
    pub(crate) fn is_amended(&self, raw: &RawReport) -> bool {
        let is_other = |now: &Option<String>, before: &Option<String>| now.is_some() && now != before;
        self.is_own && (is_other(&raw.source, &self.outlet) || is_other(&raw.published, &self.published))
    }

    /// Whether `raw`, which says `text`, is a version of this report, which says `known`.
    pub(crate) fn is_same(&self, raw: &RawReport, text: &str, known: &str) -> bool {
        let same_page = self.address.is_some() && raw.url.is_some() && self.given == raw.id;
        same_page || shared(text, known) >= LEAST_SHARED
    }
}

/// The part of their different words that two texts have in common, 0 to 1; 1 for two texts without words.
fn shared(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> HashSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let common = a.intersection(&b).count();
    let all = a.len() + b.len() - common;
    if all == 0 { 1.0 } else { common as f64 / all as f64 }
}

/// `id`, or else the first of `id-2`, `id-3` and so on that no report has.
pub(crate) fn free_name(connection: &Connection, id: &str) -> rusqlite::Result<String> {
    let mut statement = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM report WHERE name = ?1)")?;
    let mut is_taken = |name: &str| statement.query_row([name], |row| row.get::<_, bool>(0));
    if !is_taken(id)? {
        return Ok(id.to_owned());
    }
    let same = connection
        .prepare_cached("SELECT count(*) FROM report WHERE given = ?1 AND given <> name")?
        .query_row([id], count)?;
    let mut number = same + 2;
    loop {
        let name = format!("{id}-{number}");
        if !is_taken(&name)? {
            return Ok(name);
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_share_words_and_other_reports_do_not() {
        let before = "At least 14 people died when the dam broke before dawn on Thursday.";
        let after = "At least 17 people died when the dam broke on Thursday, officials said.";
        let other = "The striker signed for a record fee, the club said on Friday.";
        assert!(shared(before, after) >= LEAST_SHARED);
        assert!(shared(before, other) < LEAST_SHARED);
        assert!((shared("", "—") - 1.0).abs() < f64::EPSILON);
    }
}
