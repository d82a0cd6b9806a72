//! Whether an archive is whole: the file, the index, and what its parts say of each other.

use parallax_model::Span;
use rusqlite::{Connection, Row};
use serde::de::IgnoredAny;

use crate::finding::ArticleRecord;
use crate::report::{Report, ReportId};
use crate::stored::count;
use crate::{
    Archive, Error, ErrorKind, Query, QuotationRecord, StoryId, alert, comparison, correction, digest, event,
};

/// Reports that are looked at between two words of progress.
const AT_ONCE: u32 = 256;
/// More faults of the file than these are not told one by one.
const MOST_FAULTS: i64 = 100;

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: the file, a table, a report, a story.
    pub place: String,
    /// What, in a sentence without a full stop.
    pub reason: String,
}

impl Archive {
    /// Looks at everything, and tells each fault as it is found; `progress` is told how many reports were looked at.
    pub fn verify(&self, mut tell: impl FnMut(Fault), mut progress: impl FnMut(u64)) -> Result<(), Error> {
        self.verify_file(&mut tell)?;
        self.ask(|connection| verify_counts(connection, &mut tell))?;
        self.ask(|connection| verify_stories(connection, &mut tell))?;
        self.ask(|connection| verify_log(connection, &mut tell))?;
        let mut after = None;
        let mut seen = 0;
        loop {
            let reports = self.oldest_reports(AT_ONCE, after)?;
            let Some(last) = reports.last() else { return Ok(()) };
            after = Some(last.id);
            for report in &reports {
                // A report that cannot be read is a fault like any other.
                if let Err(error) = self.verify_report(report, &mut tell) {
                    tell(fault(&report.name, &unreadable(&error)));
                }
            }
            seen += reports.len() as u64;
            progress(seen);
        }
    }

    /// The pages of the file, its indices and its full-text index, by SQLite's own check.
    fn verify_file(&self, tell: &mut impl FnMut(Fault)) -> Result<(), Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare(&format!("PRAGMA integrity_check({MOST_FAULTS})"))?;
            for line in statement.query_map([], |row| row.get::<_, String>(0))? {
                match line?.as_str() {
                    "ok" => {}
                    reason => tell(fault("the file", reason)),
                }
            }
            let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
            for table in statement.query_map([], |row| row.get::<_, String>(0))? {
                tell(fault(&format!("the table {}", table?), "a row names one that is not there"));
            }
            Ok(())
        })
    }

    fn article_digest(&self, report: ReportId) -> Result<[u8; 32], Error> {
        let sql = "SELECT digest FROM report JOIN article ON version = current WHERE report.id = ?1";
        self.ask(|connection| connection.prepare_cached(sql)?.query_row([report.0], |row| row.get(0)))
    }

    fn verify_report(&self, report: &Report, tell: &mut impl FnMut(Fault)) -> Result<(), Error> {
        let mut say = |reason: &str| tell(fault(&report.name, reason));
        self.ask(|connection| verify_versions(connection, report.id, &mut say))?;
        let found = self.article(report.id)?;
        if self.article_digest(report.id)? != digest::of_article(&found.article) {
            say("its article is another than was read from it; `parallax reanalyse --all` reads it again");
        }
        if !spans(&found).all(|span| slices(span, &found.article.text)) {
            say("a part of its article lies outside the text");
        }
        for quotation in self.quotations(report.id)? {
            if !quoted(&quotation).all(|span| slices(span, &found.article.text)) {
                say(&format!("quotation {} lies outside the text", quotation.number + 1));
            }
        }
        Ok(())
    }
}

/// The comparisons of stories, and what the clustering keeps of them.
fn verify_stories(connection: &Connection, tell: &mut impl FnMut(Fault)) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT * FROM comparison ORDER BY story")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let kept = comparison::comparison(row);
        if !kept.is_ok_and(|kept| serde_json::from_str::<IgnoredAny>(&kept.document).is_ok()) {
            let story = StoryId(row.get("story")?);
            tell(fault(
                &story.to_string(),
                "its comparison is not as it was written; it is made again when the story is next compared",
            ));
        }
    }
    let mut statement = connection.prepare("SELECT * FROM story_record ORDER BY story")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let record: Vec<u8> = row.get("record")?;
        if digest::check(row, digest::of_bytes(&record)).is_err() {
            let story = StoryId(row.get("story")?);
            tell(fault(
                &story.to_string(),
                "what tells which reports belong to it is not as it was written; the next run that adds reports makes it again",
            ));
        }
    }
    Ok(())
}

/// What happened to stories, what people corrected and what they want to hear of.
fn verify_log(connection: &Connection, tell: &mut impl FnMut(Fault)) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT * FROM event ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if event::content(row).is_err() {
            let (event, story) = (row.get::<_, i64>("id")?, StoryId(row.get("story")?));
            tell(fault(&format!("event {event} of {story}"), "it is not as it was written"));
        }
    }
    let mut statement = connection.prepare("SELECT * FROM correction ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if correction::correction(row).is_err() {
            tell(fault(&format!("correction c{}", row.get::<_, i64>("id")?), "it cannot be read"));
        }
    }
    let mut statement = connection.prepare("SELECT * FROM alert ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if !alert::alert(row).is_ok_and(|alert| alert.query.parse::<Query>().is_ok()) {
            tell(fault(&format!("alert {}", row.get::<_, i64>("id")?), "it cannot be read"));
        }
    }
    Ok(())
}

/// What is counted or named twice is the same in both places.
fn verify_counts(connection: &Connection, tell: &mut impl FnMut(Fault)) -> rusqlite::Result<()> {
    let mut statement = connection
        .prepare("SELECT name FROM report WHERE id NOT IN (SELECT id FROM search_docsize) ORDER BY id")?;
    for name in statement.query_map([], |row| row.get::<_, String>(0))? {
        tell(fault(&name?, "its words are not in the index"));
    }
    let unknown = "SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT id FROM report)";
    if connection.query_row(unknown, [], count)? > 0 {
        tell(fault("the index", "has words of reports that are not there"));
    }
    let mut statement = connection.prepare(
        "SELECT id FROM story WHERE reports <> (SELECT count(*) FROM membership WHERE story = story.id) ORDER BY id",
    )?;
    for story in statement.query_map([], |row| row.get::<_, i64>(0))? {
        tell(fault(&format!("s{}", story?), "counts another number of reports than it has"));
    }
    let mut statement = connection
        .prepare("SELECT name FROM report WHERE id NOT IN (SELECT report FROM membership) ORDER BY id")?;
    for name in statement.query_map([], |row| row.get::<_, String>(0))? {
        tell(fault(&name?, "belongs to no story"));
    }
    Ok(())
}

/// What was acquired is what it was, and no version is missing.
fn verify_versions(
    connection: &Connection,
    report: ReportId,
    say: &mut impl FnMut(&str),
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT number, kind, version.title, body, digest, version.id = current AS is_current
         FROM version JOIN report ON report.id = report WHERE report.id = ?1 ORDER BY number",
    )?;
    let version = |row: &Row<'_>| {
        let kind: String = row.get("kind")?;
        let title: Option<String> = row.get("title")?;
        let body: String = row.get("body")?;
        let found = digest::of(&[&kind, title.as_deref().unwrap_or_default(), &body]);
        Ok((
            row.get::<_, u32>("number")?,
            row.get::<_, [u8; 32]>("digest")? == found,
            row.get::<_, bool>("is_current")?,
        ))
    };
    let versions = statement.query_map([report.0], version)?.collect::<rusqlite::Result<Vec<_>>>()?;
    for (expected, (number, is_whole, _)) in (1..).zip(&versions) {
        if *number != expected {
            say(&format!("version {expected} is missing"));
        }
        if !is_whole {
            say(&format!("the text of version {number} is another than was acquired"));
        }
    }
    if !versions.last().is_some_and(|(_, _, is_current)| *is_current) {
        say("its last version is not the current one");
    }
    Ok(())
}

fn spans(found: &ArticleRecord) -> impl Iterator<Item = Span> {
    let parts = found.article.parts.iter().map(|part| part.span);
    parts.chain(found.boilerplate.iter().map(|stretch| stretch.span))
}

fn quoted(quotation: &QuotationRecord) -> impl Iterator<Item = Span> {
    quotation.spans.iter().copied().chain(quotation.cue).chain(quotation.mention)
}

fn slices(span: Span, text: &str) -> bool {
    text.get(span.start..span.end).is_some()
}

/// Why something could not be read.
fn unreadable(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Damaged(what) => format!("it cannot be read ({what})"),
        other => other.to_string(),
    }
}

fn fault(place: &str, reason: &str) -> Fault {
    Fault { place: place.to_owned(), reason: reason.to_owned() }
}
