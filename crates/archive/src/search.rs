//! Finding reports by their words.

use std::fmt;
use std::str::FromStr;

use rusqlite::{Connection, params};

use crate::archive::Archive;
use crate::event::LINE;
use crate::query::Query;
use crate::rank::scores;
use crate::report::{self, Report, ReportId};
use crate::snippet::{Snippet, snippet};
use crate::stored::count;
use crate::{Error, StoryId};

/// So many of the newest reports that match are ranked. Ranking takes some microseconds each; words that stand in nearly all reports would
/// take seconds in a large archive and tell little.
const RANKED: usize = 2000;

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// The best reports, best first; the newest first where nothing tells them apart.
    pub hits: Vec<Hit>,
    /// How many match; where `is_more`, at least.
    pub matching: usize,
    /// Whether more match than were ranked: the newest were.
    pub is_more: bool,
    /// Where to go on, if there are more.
    pub next: Option<Cursor>,
}

/// One report that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The report.
    pub report: Report,
    /// How well it matches (BM25, higher is better); 0 for a query without words, or with none but those that half of a large archive has.
    pub score: f64,
    /// The text of the article.
    pub text: String,
    /// The part of the text that shows why.
    pub snippet: Snippet,
    /// The stories that it belongs to.
    pub stories: Vec<StoryId>,
}

/// The place behind a hit, to go on from. It can be written down and read again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cursor {
    score: f64,
    report: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}.{:x}", self.score.to_bits(), self.report)
    }
}

impl FromStr for Cursor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('.').and_then(|(score, report)| {
            Some((u64::from_str_radix(score, 16).ok()?, i64::from_str_radix(report, 16).ok()?))
        });
        let (score, report) = numbers.ok_or_else(|| format!("{text} is no place in a list of hits"))?;
        Ok(Self { score: f64::from_bits(score), report })
    }
}

impl Archive {
    /// The reports that a query finds, at most so many, behind the place `from`.
    pub fn search(&self, query: &Query, most: usize, from: Option<Cursor>) -> Result<Found, Error> {
        self.ask(|connection| {
            let mut newest = newest(connection, query)?;
            let is_more = newest.len() > RANKED;
            newest.truncate(RANKED);
            let matching = newest.len();
            let scores = scores(connection, query, &newest, is_more)?;
            let score = |report: i64| scores.get(&report).copied().unwrap_or_default();
            let mut ranked: Vec<Cursor> =
                newest.iter().map(|&report| Cursor { score: score(report), report }).collect();
            ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.report.cmp(&a.report)));
            let start = from.map_or(0, |from| ranked.partition_point(|place| !place.is_behind(from)));
            let page = ranked.get(start..).unwrap_or_default();
            let hits = page.iter().take(most).map(|place| hit(connection, query, *place));
            let hits = hits.collect::<rusqlite::Result<Vec<_>>>()?;
            let next =
                page.get(hits.len()).and(hits.len().checked_sub(1)).and_then(|last| page.get(last)).copied();
            Ok(Found { hits, matching, is_more, next })
        })
    }
}

impl Cursor {
    fn is_behind(self, other: Self) -> bool {
        self.score.total_cmp(&other.score).then(self.report.cmp(&other.report)).is_lt()
    }
}

/// The newest reports that match, newest first, one more than are ranked.
fn newest(connection: &Connection, query: &Query) -> rusqlite::Result<Vec<i64>> {
    let limit = RANKED + 1;
    let expression = query.expression();
    // Only what is asked for is joined: to look up two thousand reports takes longer than to find them. The plus keeps SQLite from asking the
    // index of words for one report at a time, which took a second for a common word.
    let sql = match (&expression, chosen(connection, query)?) {
        (Some(_), Some(chosen)) => format!(
            "SELECT rowid AS id FROM search WHERE search MATCH ?1 AND +rowid IN ({chosen}) ORDER BY rowid DESC LIMIT {limit}"
        ),
        (Some(_), None) if query.is_filtered() => format!(
            "SELECT search.rowid AS id FROM search CROSS JOIN report ON report.id = search.rowid
             WHERE search MATCH ?1 AND {FILTERS} ORDER BY search.rowid DESC LIMIT {limit}"
        ),
        (Some(_), None) => format!(
            "SELECT rowid AS id FROM search
             WHERE search MATCH ?1 AND ?2 IS NULL AND ?3 IS NULL AND ?4 IS NULL ORDER BY rowid DESC LIMIT {limit}"
        ),
        (None, Some(chosen)) => {
            format!("SELECT id FROM ({chosen}) WHERE ?1 IS NULL ORDER BY id DESC LIMIT {limit}")
        }
        (None, None) => format!(
            "SELECT report.id AS id FROM report WHERE ?1 IS NULL AND {FILTERS} ORDER BY report.id DESC LIMIT {limit}"
        ),
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let values = params![expression, query.before, query.after, story(connection, query)?];
    statement.query_map(values, |row| row.get("id"))?.collect()
}

/// The story that a query asks for, or the one that it became part of.
pub(crate) fn story(connection: &Connection, query: &Query) -> rusqlite::Result<Option<i64>> {
    let Some(story) = query.story else { return Ok(None) };
    let sql = format!(
        "{LINE} SELECT coalesce(max(id), ?1) FROM line JOIN story USING (id) WHERE merged_into IS NULL"
    );
    connection.prepare_cached(&sql)?.query_row([story.0], |row| row.get(0))
}

/// How to find the reports of a story or of some days, where these are few: to look for them among all that have a common word took 60 ms
/// where no report was of the days. Of many days the newest reports with the words are soon found.
fn chosen(connection: &Connection, query: &Query) -> rusqlite::Result<Option<String>> {
    if query.story.is_some() {
        return Ok(Some(format!(
            "SELECT report.id FROM membership CROSS JOIN report ON report.id = membership.report WHERE story = ?4 AND {FILTERS}"
        )));
    }
    let is_dated = query.before.is_some() || query.after.is_some();
    let of_days = format!("SELECT id FROM report WHERE {DAYS} AND ?4 IS NULL");
    Ok((is_dated && are_few(connection, query)?).then_some(of_days))
}

/// Whether so few reports are of the days that to list them costs less than to look each report up that has the words.
fn are_few(connection: &Connection, query: &Query) -> rusqlite::Result<bool> {
    let sql =
        format!("SELECT count(*) FROM (SELECT 1 FROM report WHERE ?1 IS NULL AND {DAYS} LIMIT {FEW} + 1)");
    let values = params![None::<i64>, query.before, query.after];
    Ok(connection.prepare_cached(&sql)?.query_row(values, count)? <= FEW)
}

/// Reports of some days that are listed in 4 ms.
const FEW: u64 = 20_000;

/// [`FILTERS`] of days in the form that the index of days answers: bytes stand behind every text.
const DAYS: &str = "published >= coalesce(?3, '') AND published < coalesce(?2, x'')";

/// Days, months and years compare like their times: `2025-10` stands before all its days.
pub(crate) const FILTERS: &str = "(?2 IS NULL OR published < ?2) AND (?3 IS NULL OR published >= ?3)
    AND (?4 IS NULL OR report.id IN (SELECT report FROM membership WHERE story = ?4))";

fn hit(connection: &Connection, query: &Query, place: Cursor) -> rusqlite::Result<Hit> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {}, coalesce(article.text, version.body) AS words FROM report
         JOIN version ON version.id = report.current JOIN article ON article.version = report.current WHERE report.id = ?1",
        report::COLUMNS
    ))?;
    let (report, text) = statement
        .query_row([place.report], |row| Ok((report::report(row)?, row.get::<_, String>("words")?)))?;
    let stories = stories(connection, report.id)?;
    Ok(Hit { report, score: place.score, snippet: snippet(&text, query), text, stories })
}

fn stories(connection: &Connection, report: ReportId) -> rusqlite::Result<Vec<StoryId>> {
    let mut statement =
        connection.prepare_cached("SELECT story FROM membership WHERE report = ?1 ORDER BY story")?;
    statement.query_map([report.0], |row| row.get(0).map(StoryId))?.collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::schema;

    /// One report more than are few, all with the same word, the first of them of 2024 and a few of no day.
    fn many() -> rusqlite::Result<Connection> {
        let mut connection = Connection::open_in_memory()?;
        schema::bring_up_to_date(&mut connection, Path::new("memory"))
            .expect("an empty file takes every form");
        connection.execute_batch(&format!(
            "WITH RECURSIVE number (id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM number WHERE id < {FEW} + 24)
             INSERT INTO report (id, name, given, current, first_seen, last_seen, published)
             SELECT id, id, id, 0, 0, 0, iif(id <= 3, '2024-05-' || id || '1', iif(id % 1000 = 0, NULL, '2025-01-01')) FROM number;
             INSERT INTO search (rowid, text) SELECT id, 'dam' FROM report;
             INSERT INTO story (id, title, began, changed) VALUES (1, '', 0, 0);
             INSERT INTO membership (story, report, score, rule, reason) VALUES (1, 2, 1, '', ''), (1, 7, 1, '', '');"
        ))?;
        Ok(connection)
    }

    #[test]
    fn few_days_and_many_are_found_alike() -> rusqlite::Result<()> {
        let connection = many()?;
        let check = |days: &str, are_listed: bool, expected: &[i64]| {
            for words in ["", "dam "] {
                let text = format!("{words}{days}");
                let query: Query = text.parse().expect("a query");
                assert_eq!(chosen(&connection, &query)?.is_some(), are_listed, "{text}");
                let found = newest(&connection, &query)?;
                assert_eq!(&found[..expected.len()], expected, "{text}");
                assert_eq!(found.len(), if are_listed { expected.len() } else { RANKED + 1 }, "{text}");
            }
            Ok(())
        };
        check("before:1990", true, &[])?;
        check("before:2024-05-21", true, &[1])?;
        check("after:2024-05-21 before:2025", true, &[3, 2])?;
        check("after:2026", true, &[])?;
        check("after:2024", false, &[FEW.cast_signed() + 24, FEW.cast_signed() + 23])?;
        check("after:2024-05-31", false, &[FEW.cast_signed() + 24])?;
        check("story:s1", true, &[7, 2])?;
        check("story:s1 after:2025", true, &[7])
    }
}
