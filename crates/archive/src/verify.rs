//! Whether an archive is whole: the file, the index, and what its parts say of each other.

use parallax_model::Span;
use rusqlite::{Connection, Row};

use crate::finding::ArticleRecord;
use crate::report::{Report, ReportId};
use crate::stored::count;
use crate::{Archive, Error, QuotationRecord, digest};

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
        let mut after = None;
        let mut seen = 0;
        loop {
            let reports = self.oldest_reports(AT_ONCE, after)?;
            let Some(last) = reports.last() else { return Ok(()) };
            after = Some(last.id);
            for report in &reports {
                // A report that cannot be read is a fault like any other.
                if let Err(error) = self.verify_report(report, &mut tell) {
                    tell(fault(&report.name, &error.kind().to_string()));
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

    fn verify_report(&self, report: &Report, tell: &mut impl FnMut(Fault)) -> Result<(), Error> {
        let mut say = |reason: &str| tell(fault(&report.name, reason));
        self.ask(|connection| verify_versions(connection, report.id, &mut say))?;
        let found = self.article(report.id)?;
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

fn fault(place: &str, reason: &str) -> Fault {
    Fault { place: place.to_owned(), reason: reason.to_owned() }
}
