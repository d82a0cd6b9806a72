//! Finding reports by their words.

use std::fmt;
use std::str::FromStr;

use rusqlite::{Connection, params};

use crate::archive::Archive;
use crate::query::Query;
use crate::rank::scores;
use crate::report::{self, Report, ReportId};
use crate::snippet::{Snippet, snippet};
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
    // Only what is asked for is joined: to look up two thousand reports takes longer than to find them.
    let sql = match (&expression, query.is_filtered()) {
        (Some(_), false) => format!(
            "SELECT rowid AS id FROM search
             WHERE search MATCH ?1 AND ?2 IS NULL AND ?3 IS NULL AND ?4 IS NULL ORDER BY rowid DESC LIMIT {limit}"
        ),
        (Some(_), true) => format!(
            "SELECT search.rowid AS id FROM search CROSS JOIN report ON report.id = search.rowid
             WHERE search MATCH ?1 AND {FILTERS} ORDER BY search.rowid DESC LIMIT {limit}"
        ),
        (None, _) => format!(
            "SELECT report.id AS id FROM report WHERE ?1 IS NULL AND {FILTERS} ORDER BY report.id DESC LIMIT {limit}"
        ),
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let values = params![expression, query.before, query.after, query.story.map(|story| story.0)];
    statement.query_map(values, |row| row.get("id"))?.collect()
}

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
