//! Saved searches looked through after each round, and who asked for it told what they found.
//!
//! What an alert found is written down first and told afterwards, on a thread of its own, so that a receiver that is slow or gone holds up
//! nothing. It is told at least once: where a run ends between the telling and the note that it worked, it is told again, under the same
//! idempotency key.

mod courier;
mod message;
mod program;
mod webhook;

use jiff::Timestamp;
use parallax_archive::{Archive, Error, Event, EventId, Query};

pub(crate) use courier::{Courier, tell_once};
pub(crate) use message::Message;
pub(crate) use webhook::secret;

use crate::changes::told;
use crate::ingest::Ingest;

/// Events that are told at once at most; more are told in further messages.
const TOLD_AT_ONCE: usize = 100;
/// Events that are looked at before what was found is written down.
const LOOKED_AT: u32 = 500;

/// Looks through what happened since the last time; what alerts find waits to be told. Returns how many messages wait.
pub(crate) fn look(ingest: &mut Ingest, at: Timestamp) -> Result<usize, Error> {
    let mut waiting = 0;
    for alert in ingest.archive().alerts()? {
        // A query was read when it was saved; one that a newer program wrote finds nothing here.
        let Ok(query) = alert.query.parse::<Query>() else { continue };
        let mut alert = alert;
        loop {
            let events = ingest.archive().events(None, alert.after, LOOKED_AT)?;
            let Some(last) = events.last().map(|event| event.id) else { break };
            let found = found(ingest.archive(), &query, &events)?;
            let batch = ingest.batch()?;
            for found in found.chunks(TOLD_AT_ONCE) {
                batch.queue(&alert, last, found, at)?;
                waiting += alert.receivers.len();
            }
            batch.queue(&alert, last, &[], at)?;
            batch.commit()?;
            alert.after = last;
        }
    }
    Ok(waiting)
}

fn found(archive: &Archive, query: &Query, events: &[Event]) -> Result<Vec<EventId>, Error> {
    let mut found = Vec::new();
    for event in events {
        if is_found(archive, query, event)? {
            found.push(event.id);
        }
    }
    Ok(found)
}

/// Whether a query finds one of the reports that an event is about.
pub(crate) fn is_found(archive: &Archive, query: &Query, event: &Event) -> Result<bool, Error> {
    for report in told(archive, event)?.reports {
        if archive.is_found(query, &report)? {
            return Ok(true);
        }
    }
    Ok(false)
}
