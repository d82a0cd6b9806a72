//! An archive in a folder of its own, to try things on.

#![allow(dead_code, reason = "not every test needs all of it")]

use std::path::PathBuf;

use jiff::Timestamp;
use parallax_archive::{Archive, Finding, Membership, Put, ReportId, StoryId, Writer, keep_waiting};
use parallax_model::{Article, Body, Document, RawReport};
use rusqlite::types::Value;
use tempfile::TempDir;

pub(crate) struct Shelf {
    pub(crate) folder: TempDir,
    pub(crate) path: PathBuf,
    pub(crate) writer: Writer,
}

impl Shelf {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("a.db");
        let writer = Writer::open(&path, keep_waiting).unwrap();
        Self { folder, path, writer }
    }

    pub(crate) fn open(&self) -> Archive {
        Archive::open(&self.path).unwrap()
    }

    pub(crate) fn put(&mut self, raw: &RawReport, document: &Document, at: Timestamp) -> Put {
        let batch = self.writer.batch().unwrap();
        let put = batch.put(&Finding { raw, document, stages: 1 }, at).unwrap();
        batch.commit().unwrap();
        put
    }

    /// Puts a report into the story of a number, which begins where it is not there.
    pub(crate) fn join(&mut self, report: ReportId, story: u32, at: Timestamp) {
        let batch = self.writer.batch().unwrap();
        let story = StoryId::new(story);
        if batch.story(story).is_err() {
            batch.begin_story(story, "A story", at).unwrap();
        }
        let membership = Membership {
            score: 0.5,
            rule: "test".into(),
            reason: "alike".into(),
            section: None,
            is_pinned: false,
        };
        batch.join(report, story, &membership, at).unwrap();
        batch.commit().unwrap();
    }

    /// All rows of all tables that are no part of the index.
    pub(crate) fn dump(&self) -> Vec<(String, Vec<Vec<Value>>)> {
        let connection = rusqlite::Connection::open(&self.path).unwrap();
        let mut names = connection
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE 'search_%' ORDER BY name")
            .unwrap();
        let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let rows = |name: &str| -> Vec<Vec<Value>> {
            let mut statement = connection.prepare(&format!("SELECT * FROM {name}")).unwrap();
            let columns = statement.column_count();
            let rows =
                statement.query_map([], |row| (0..columns).map(|index| row.get(index)).collect()).unwrap();
            rows.map(Result::unwrap).collect()
        };
        names.iter().map(|name| (name.clone(), rows(name))).collect()
    }
}

/// Seconds after the beginning of time.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

pub(crate) fn report(id: &str, text: &str) -> RawReport {
    RawReport {
        id: id.into(),
        place: format!("{id}.txt"),
        source: Some("Harlow Wire".into()),
        title: None,
        published: Some("2025-10-09".into()),
        url: None,
        language: None,
        authors: vec!["Mara Ellison".into()],
        credit: Some("Harlow Wire".into()),
        body: Body::Text(text.into()),
        ..RawReport::default()
    }
}

pub(crate) fn document(id: &str, text: &str) -> Document {
    let article = Article {
        id: id.into(),
        source: Some("Harlow Wire".into()),
        published: Some("2025-10-09".into()),
        text: text.into(),
        ..Article::default()
    };
    Document { article, ..Document::default() }
}
