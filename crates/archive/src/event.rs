//! What happened to stories, in order, never altered.

use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;

use crate::archive::{Archive, Batch};
use crate::stored::{json, read_json, unknown_word};
use crate::{Error, StoryId, digest, moment};

/// A place in the order of events. It only grows, whatever the clock does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct EventId(pub i64);

/// Something that happened to a story.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its place in the order of events.
    pub id: EventId,
    /// The story.
    pub story: StoryId,
    /// When it was written down.
    pub at: Timestamp,
    /// What happened.
    pub kind: EventKind,
    /// Which reports, which places in them, which words: a JSON object whose fields depend on the kind.
    pub detail: Value,
}

/// Kinds of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum EventKind {
    /// A report began the story.
    StoryBegan,
    /// A report joined it.
    NewReport,
    /// A report gives words of somebody that no other gave.
    NewSaying,
    /// A report gives a saying between quotation marks in other words.
    AlteredQuotation,
    /// A figure is another than it was reported before.
    FigureChanged,
    /// Reports give what cannot all be true.
    Conflict,
    /// A report that depends on no other of the story.
    NewOrigin,
    /// A report was acquired again with another text.
    CorrectionAtSource,
    /// Another story became part of it.
    Merged,
    /// Reports left it for a story of their own.
    Split,
    /// A person corrected something, or undid a correction.
    CorrectedByPerson,
    /// Something that can no longer be read: its bytes are not what was written.
    Unreadable,
}

/// Every kind with its word, as it is stored and exported.
const WORDS: [(EventKind, &str); 12] = [
    (EventKind::StoryBegan, "story-began"),
    (EventKind::NewReport, "new-report"),
    (EventKind::NewSaying, "new-saying"),
    (EventKind::AlteredQuotation, "altered-quotation"),
    (EventKind::FigureChanged, "figure-changed"),
    (EventKind::Conflict, "conflict"),
    (EventKind::NewOrigin, "new-origin"),
    (EventKind::CorrectionAtSource, "correction-at-source"),
    (EventKind::Merged, "merged"),
    (EventKind::Split, "split"),
    (EventKind::CorrectedByPerson, "corrected-by-person"),
    (EventKind::Unreadable, "unreadable"),
];

impl EventKind {
    /// Its word.
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// The kind of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        WORDS.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
    }
}

/// The stories `line`: that of the number `?1`, and those that it became part of.
pub(crate) const LINE: &str = "WITH RECURSIVE line (id) AS (
    SELECT ?1 UNION SELECT merged_into FROM story JOIN line ON story.id = line.id WHERE merged_into IS NOT NULL)";

/// What happened to a story goes on with what happened to the one that it became part of.
impl Archive {
    /// What happened to a story, or to all, after `after`: at most so many events, in order.
    pub fn events(&self, story: Option<StoryId>, after: EventId, most: u32) -> Result<Vec<Event>, Error> {
        let which = if story.is_some() { of_story() } else { "?1 IS NULL".to_owned() };
        self.list_events(&format!("{which} AND id > ?2 ORDER BY id"), story, after, most)
    }

    /// What happened to a story last: at most so many events, the last first.
    pub fn last_events(&self, story: StoryId, most: u32) -> Result<Vec<Event>, Error> {
        let which = format!("{} AND id > ?2 ORDER BY id DESC", of_story());
        self.list_events(&which, Some(story), EventId(0), most)
    }

    /// What happened last to any story: at most so many events, the last first.
    pub fn newest_events(&self, most: u32) -> Result<Vec<Event>, Error> {
        self.list_events("?1 IS NULL AND id > ?2 ORDER BY id DESC", None, EventId(0), most)
    }

    /// The event of a number.
    pub fn event(&self, id: EventId) -> Result<Event, Error> {
        let mut found = self.list_events("?1 IS NULL AND id = ?2", None, id, 1)?;
        found.pop().ok_or_else(|| self.unknown(format!("event {}", id.0)))
    }

    /// The number of the last event.
    pub fn last_event(&self) -> Result<EventId, Error> {
        let sql = "SELECT coalesce(max(id), 0) FROM event";
        self.ask(|connection| connection.prepare_cached(sql)?.query_row([], |row| row.get(0).map(EventId)))
    }

    fn list_events(
        &self,
        which: &str,
        story: Option<StoryId>,
        after: EventId,
        most: u32,
    ) -> Result<Vec<Event>, Error> {
        self.ask(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("SELECT * FROM event WHERE {which} LIMIT ?3"))?;
            statement.query_map(params![story.map(|story| story.0), after.0, most], listed)?.collect()
        })
    }
}

fn of_story() -> String {
    format!("story IN ({LINE} SELECT id FROM line)")
}

impl Batch<'_> {
    /// Writes down what happened to a story.
    pub fn log(
        &self,
        story: StoryId,
        kind: EventKind,
        detail: &Value,
        at: Timestamp,
    ) -> Result<EventId, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "INSERT INTO event (story, at, kind, detail, digest) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            let detail = json(detail)?;
            let digest = digest::of(&[kind.word(), &detail]);
            statement.execute(params![story.0, moment::stored(at), kind.word(), detail, digest])?;
            Ok(EventId(connection.last_insert_rowid()))
        })
    }
}

/// An event in a list. One that is damaged stands there as that, and hides no other.
fn listed(row: &Row<'_>) -> rusqlite::Result<Event> {
    let (kind, detail) = content(row).unwrap_or((EventKind::Unreadable, Value::Null));
    let (id, story) = (EventId(row.get("id")?), StoryId(row.get("story")?));
    Ok(Event { id, story, at: moment::read(row, "at")?, kind, detail })
}

/// What happened, as it was written.
pub(crate) fn content(row: &Row<'_>) -> rusqlite::Result<(EventKind, Value)> {
    let (word, detail): (String, String) = (row.get("kind")?, row.get("detail")?);
    digest::check(row, digest::of(&[&word, &detail]))?;
    let kind = EventKind::of_word(&word).ok_or_else(|| unknown_word(&word))?;
    Ok((kind, read_json(row, "detail")?))
}
