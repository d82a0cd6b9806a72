//! How well the reports that were found match: BM25 over the words of the query that tell reports apart.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::query::{Column, Query, Words};

/// How much a word counts in the headline, the text, a quotation, the name of a speaker, the name of the outlet. Words of quotations and often
/// those of speakers stand in the text as well and count there too; every report of an outlet bears its name alike.
const WEIGHTS: &str = "4.0, 1.0, 1.0, 2.0, 0.0";

/// In so many reports and in half of the archive, a word is common. BM25 gives such a word next to no weight, but to learn that it reads all
/// its places: 30 ms for "the" in 100,000 reports.
const COMMON: i64 = 20_000;
/// How common a word is shows in so many reports that have it, the newest.
const SAMPLE: i64 = 256;

/// The scores of those of `reports` that have one; they match the query, newest first. A score is the sum over the words of the query that
/// are not common. Words of a phrase are weighed one by one: how many reports have the phrase shows only where all places of its words are read
/// once more, which for a phrase with a common word takes as long as to find it. So it is with the beginning of a word; it is weighed as a
/// whole, or not at all where `is_more` match than are to be ranked.
pub(crate) fn scores(
    connection: &Connection,
    query: &Query,
    reports: &[i64],
    is_more: bool,
) -> rusqlite::Result<HashMap<i64, f64>> {
    let (Some(newest), Some(oldest)) = (reports.first(), reports.last()) else { return Ok(HashMap::new()) };
    let words = query.wanted.iter().filter(|words| words.column != Column::Outlet).flat_map(Words::apart);
    let last: i64 = connection.query_row("SELECT max(id) FROM report", [], |row| row.get(0))?;
    let mut telling = Vec::new();
    for words in words.filter(|words| !(words.is_prefix && is_more)) {
        if words.is_prefix || !is_common(connection, &words, last)? {
            telling.push(weighed(&words));
        }
    }
    if telling.is_empty() {
        return Ok(HashMap::new());
    }
    // The sign keeps the list from being looked up in the index, report by report.
    let mut statement = connection.prepare_cached(&format!(
        "SELECT rowid, -bm25(search, {WEIGHTS}) FROM search
         WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3 AND +rowid IN (SELECT value FROM json_each(?4))"
    ))?;
    let list = serde_json::Value::from(reports).to_string();
    let score = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    statement.query_map(params![telling.join(" AND "), oldest, newest, list], score)?.collect()
}

/// Whether so many have the word that it tells nothing, as far as the newest reports show, of which `last` is the very newest.
fn is_common(connection: &Connection, word: &Words, last: i64) -> rusqlite::Result<bool> {
    let most = COMMON.max(last / 2);
    if last < most {
        return Ok(false);
    }
    let mut statement = connection.prepare_cached(&format!(
        "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET {}",
        SAMPLE - 1
    ))?;
    let first = statement.query_row([weighed(word)], |row| row.get::<_, i64>(0)).optional()?;
    Ok(first.is_some_and(|first| SAMPLE * last / (last - first + 1) >= most))
}

/// The words in the language of the index. Where they may stand anywhere, outlets' names are not left out: it takes a third longer, and names
/// of outlets have no weight.
fn weighed(words: &Words) -> String {
    match words.column {
        Column::Anywhere => words.quoted(),
        _ => words.expression(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    /// Reports of which every second says "dam", and one in a thousand, in its headline, "breach".
    fn archive(reports: i64) -> Connection {
        let mut connection = Connection::open_in_memory().expect("memory");
        schema::bring_up_to_date(&mut connection, "memory".as_ref()).expect("an archive");
        let numbers = format!("WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {reports})");
        connection
            .execute_batch(&format!(
                "{numbers} INSERT INTO report (id, name, given, current, first_seen, last_seen) SELECT i, i, i, i, 0, 0 FROM n;
                 {numbers} INSERT INTO search (rowid, title, text) SELECT i,
                     iif(i % 1000 = 0, 'The breach', 'News'), iif(i % 2 = 0, 'The dam holds', 'The rain falls') FROM n;"
            ))
            .expect("reports");
        connection
    }

    #[test]
    fn common_words_of_a_large_archive_are_not_weighed() {
        let check =
            |connection: &Connection, query: &str, reports: &[i64], is_more: bool, expected: usize| {
                let query: Query = query.parse().expect("a query");
                let scores = scores(connection, &query, reports, is_more).expect("scores");
                assert_eq!(scores.len(), expected, "{query:?}");
                assert!(scores.values().all(|score| *score > 0.0), "{query:?}");
            };
        let large = archive(COMMON + 1000);
        let small = archive(1000);
        for (query, in_large, in_small) in [
            ("the", 0, 1),
            ("dam", 1, 1),
            ("breach the", 1, 1),
            ("\"the breach\"", 1, 1),
            ("outlet:wire", 0, 0),
        ] {
            check(&large, query, &[3000, 1001], false, in_large);
            check(&small, query, &[1000], false, in_small);
        }
        check(&small, "bre*", &[1000, 999], false, 1);
        check(&small, "bre*", &[1000, 999], true, 0);
        check(&small, "bre* the", &[1000, 999], true, 2);
        check(&small, "breach", &[], false, 0);
    }
}
