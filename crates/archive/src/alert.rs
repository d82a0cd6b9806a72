//! Saved searches, and what became of telling people what they found.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::archive::{Archive, Batch};
use crate::search::{FILTERS, story};
use crate::stored::{json, read_json, readable};
use crate::{Error, ErrorKind, EventId, Query, moment};

/// A saved search: what is new and matches is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// What it is called.
    pub name: String,
    /// What it searches for.
    pub query: String,
    /// Who is told.
    pub receivers: Vec<Receiver>,
    /// When it was saved.
    pub added: Timestamp,
    /// The last event that it looked at.
    pub after: EventId,
}

/// Who is told what an alert found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Receiver {
    /// A program, which gets JSON on its standard input.
    Exec {
        /// The program.
        program: String,
        /// Its arguments.
        arguments: Vec<String>,
    },
    /// An address, to which JSON is posted with a signature.
    Webhook {
        /// The address.
        url: String,
        /// The file that holds the secret which both sides know.
        secret_file: Option<String>,
    },
}

/// One telling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its number.
    pub id: i64,
    /// The name of its alert.
    pub alert: String,
    /// What its alert searches for.
    pub query: String,
    /// Who is told.
    pub receiver: Receiver,
    /// Of what.
    pub events: Vec<EventId>,
    /// What became of it.
    pub state: DeliveryState,
    /// How often it was tried.
    pub tries: u32,
    /// When it was found.
    pub at: Timestamp,
    /// When it is to be tried next.
    pub due: Timestamp,
    /// Why it did not work the last time.
    pub problem: Option<String>,
}

/// What became of a telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is still to be done.
    Waiting,
    /// The receiver has it.
    Delivered,
    /// It was tried often enough.
    Failed,
}

impl DeliveryState {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }
}

impl Archive {
    /// All alerts, by name.
    pub fn alerts(&self) -> Result<Vec<Alert>, Error> {
        self.ask(|connection| {
            readable(connection.prepare_cached("SELECT * FROM alert ORDER BY name")?.query_map([], alert)?)
        })
    }

    /// The alert of a name.
    pub fn alert(&self, name: &str) -> Result<Alert, Error> {
        let found = self.ask(|connection| {
            let sql = "SELECT * FROM alert WHERE name = ?1";
            connection.prepare_cached(sql)?.query_row([name], alert).optional()
        })?;
        found.ok_or_else(|| self.unknown(format!("alert called {name}")))
    }

    /// Whether a query finds the report of a name.
    pub fn is_found(&self, query: &Query, report: &str) -> Result<bool, Error> {
        self.ask(|connection| finds(connection, query, report))
    }

    /// The tellings of an alert, the last first, at most so many.
    pub fn deliveries(&self, alert: &str, most: u32) -> Result<Vec<Delivery>, Error> {
        self.ask(|connection| {
            let sql = format!("{DELIVERIES} WHERE alert.name = ?1 ORDER BY delivery.id DESC LIMIT ?2");
            connection.prepare_cached(&sql)?.query_map(params![alert, most], delivery)?.collect()
        })
    }

    /// The tellings that are to be done now, at most so many. One that would be due in more than `longest` was put off by a clock that
    /// went wrong, and is due too.
    pub fn due_deliveries(
        &self,
        now: Timestamp,
        longest: jiff::SignedDuration,
        most: u32,
    ) -> Result<Vec<Delivery>, Error> {
        let now = moment::stored(now);
        let latest = now.saturating_add(i64::try_from(longest.as_millis()).unwrap_or(i64::MAX));
        self.ask(|connection| {
            let sql = format!(
                "{DELIVERIES} WHERE state = 'waiting' AND (due <= ?1 OR due > ?2) ORDER BY delivery.id LIMIT ?3"
            );
            connection.prepare_cached(&sql)?.query_map(params![now, latest, most], delivery)?.collect()
        })
    }
}

const DELIVERIES: &str =
    "SELECT delivery.*, alert.name, alert.query FROM delivery JOIN alert ON alert.id = delivery.alert";

impl Batch<'_> {
    /// Saves a search, which finds what happens from now on.
    pub fn add_alert(
        &self,
        name: &str,
        query: &str,
        receivers: &[Receiver],
        at: Timestamp,
    ) -> Result<(), Error> {
        let after = self.last_event()?;
        let added = self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "INSERT OR IGNORE INTO alert (name, query, receivers, added, after) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            statement.execute(params![name, query, json(&receivers)?, moment::stored(at), after.0])
        })?;
        if added == 0 {
            let reason = format!("there is an alert called {name} already");
            return Err(Error::new(self.path(), ErrorKind::Impossible(reason)));
        }
        Ok(())
    }

    /// Removes a saved search with all that is known of its tellings.
    pub fn remove_alert(&self, name: &str) -> Result<(), Error> {
        let id = "SELECT id FROM alert WHERE name = ?1";
        let removed = self.ask(|connection| {
            let sql = format!("DELETE FROM delivery WHERE alert = ({id})");
            connection.prepare_cached(&sql)?.execute([name])?;
            connection.prepare_cached("DELETE FROM alert WHERE name = ?1")?.execute([name])
        })?;
        if removed == 0 {
            return Err(self.unknown(format!("alert called {name}")));
        }
        Ok(())
    }

    /// Notes that an alert looked at the events up to `after`, and what of them is to be told to each of its receivers.
    pub fn queue(
        &self,
        alert: &Alert,
        after: EventId,
        found: &[EventId],
        at: Timestamp,
    ) -> Result<(), Error> {
        self.ask(|connection| {
            let sql = "UPDATE alert SET after = ?2 WHERE name = ?1";
            connection.prepare_cached(sql)?.execute(params![alert.name, after.0])?;
            let mut statement = connection.prepare_cached(
                "INSERT INTO delivery (alert, receiver, events, state, at, due)
                 SELECT id, ?2, ?3, 'waiting', ?4, ?4 FROM alert WHERE name = ?1",
            )?;
            let receivers = alert.receivers.iter().filter(|_| !found.is_empty());
            for receiver in receivers {
                statement.execute(params![
                    alert.name,
                    json(receiver)?,
                    json(&found.iter().map(|event| event.0).collect::<Vec<_>>())?,
                    moment::stored(at)
                ])?;
            }
            Ok(())
        })
    }

    /// Notes what became of a telling: it worked, or why not, and when to try again.
    pub fn settle_delivery(&self, delivery: &Delivery) -> Result<(), Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "UPDATE delivery SET state = ?2, tries = ?3, due = ?4, problem = ?5 WHERE id = ?1",
            )?;
            let Delivery { id, state, tries, due, problem, .. } = delivery;
            statement.execute(params![id, state.word(), tries, moment::stored(*due), problem]).map(drop)
        })
    }
}

fn finds(connection: &Connection, query: &Query, report: &str) -> rusqlite::Result<bool> {
    let expression = query.expression();
    let words = match &expression {
        Some(_) => "AND report.id IN (SELECT rowid FROM search WHERE search MATCH ?1 AND rowid = report.id)",
        None => "AND ?1 IS NULL",
    };
    let sql = format!("SELECT EXISTS (SELECT 1 FROM report WHERE report.name = ?5 {words} AND {FILTERS})");
    let story = story(connection, query)?;
    let values = params![expression, query.before, query.after, story, report];
    connection.prepare_cached(&sql)?.query_row(values, |row| row.get(0))
}

pub(crate) fn alert(row: &Row<'_>) -> rusqlite::Result<Alert> {
    Ok(Alert {
        name: row.get("name")?,
        query: row.get("query")?,
        receivers: read_json(row, "receivers")?,
        added: moment::read(row, "added")?,
        after: EventId(row.get("after")?),
    })
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    let state: String = row.get("state")?;
    Ok(Delivery {
        id: row.get("id")?,
        alert: row.get("name")?,
        query: row.get("query")?,
        receiver: read_json(row, "receiver")?,
        events: read_json::<Vec<i64>>(row, "events")?.into_iter().map(EventId).collect(),
        state: match state.as_str() {
            "delivered" => DeliveryState::Delivered,
            "failed" => DeliveryState::Failed,
            _ => DeliveryState::Waiting,
        },
        tries: row.get("tries")?,
        at: moment::read(row, "at")?,
        due: moment::read(row, "due")?,
        problem: row.get("problem")?,
    })
}
