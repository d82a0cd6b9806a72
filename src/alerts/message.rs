//! What a receiver gets.

use parallax_archive::{Delivery, Event};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::changes::News;
use crate::report::wire::NewsRow;

/// What an alert found, as it is told.
#[derive(Debug)]
pub(crate) struct Message {
    /// The JSON.
    pub(crate) body: String,
    /// The same for the same message, however often it is told.
    pub(crate) key: String,
}

/// The JSON of a message.
#[derive(Debug, Serialize)]
struct MessageRow<'a> {
    schema: &'static str,
    alert: &'a str,
    query: &'a str,
    key: &'a str,
    events: Vec<NewsRow<'a>>,
}

impl Message {
    /// The message of a telling.
    pub(crate) fn new(delivery: &Delivery, events: &[(Event, News)]) -> Self {
        Self::of(&delivery.alert, &delivery.query, &delivery.id.to_string(), events)
    }

    /// A message that is told to try a receiver.
    pub(crate) fn trial(alert: &str, query: &str, events: &[(Event, News)]) -> Self {
        Self::of(alert, query, "trial", events)
    }

    fn of(alert: &str, query: &str, number: &str, events: &[(Event, News)]) -> Self {
        let key = key(alert, number, events);
        let events = events.iter().map(|(event, news)| NewsRow::new(event, news)).collect();
        let row = MessageRow { schema: "parallax.alert/1", alert, query, key: &key, events };
        Self { body: serde_json::to_string(&row).unwrap_or_default(), key }
    }
}

fn key(alert: &str, number: &str, events: &[(Event, News)]) -> String {
    let mut digest = Sha256::new();
    let first = events.first().map(|(event, _)| format!("{} {} {}", event.story, event.id.0, event.at));
    for part in [alert, number, first.as_deref().unwrap_or_default()] {
        digest.update(part);
        digest.update([0xFF]);
    }
    digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
