//! Messages told on a thread of their own, and what became of them written down by the one writer.

use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use parallax_acquire::fetch::{Fetcher, Policy};
use parallax_archive::{Archive, Delivery, DeliveryState, Error, Receiver};

use super::{Message, program, webhook};
use crate::changes::told;
use crate::ingest::Ingest;

/// A message that nobody takes is given up after so many tries, some two days.
const MOST_TRIES: u32 = 12;
/// The wait before the second try; each further one is twice as long.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(60);
/// The longest wait.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(8);
/// Messages told in one go; the rest waits for the next.
const AT_ONCE: u32 = 64;
/// A receiver is given so long.
const PATIENCE: Duration = Duration::from_secs(15);
const PULSE: Duration = Duration::from_millis(20);

/// Tells what waits to be told.
pub(crate) struct Courier {
    path: PathBuf,
    policy: Policy,
    working: Option<JoinHandle<Result<Vec<Delivery>, Error>>>,
}

impl Courier {
    /// A courier for the archive at `path`, who connects to what `policy` allows.
    pub(crate) fn new(path: PathBuf, policy: Policy) -> Self {
        let policy = Policy { longest_fetch: PATIENCE, longest_silence: PATIENCE, ..policy };
        Self { path, policy, working: None }
    }

    /// Writes down what became of the messages that were told meanwhile, and sets out with those that wait. Returns at once.
    pub(crate) fn call(&mut self, ingest: &mut Ingest, now: Timestamp) -> Result<Vec<Delivery>, Error> {
        if self.working.as_ref().is_some_and(|working| !working.is_finished()) {
            return Ok(Vec::new());
        }
        let told = match self.working.take().map(JoinHandle::join) {
            Some(Ok(told)) => told?,
            // What was being told when it panicked waits on.
            Some(Err(_)) | None => Vec::new(),
        };
        settle(ingest, &told)?;
        if !ingest.archive().due_deliveries(now, LONGEST_WAIT, 1)?.is_empty() {
            let (path, policy) = (self.path.clone(), self.policy.clone());
            self.working = Some(thread::spawn(move || tell(&Archive::open(&path)?, policy, now)));
        }
        Ok(told)
    }

    /// Whether [`Courier::call`] would do anything.
    pub(crate) fn is_wanted(&self, now: Timestamp) -> Result<bool, Error> {
        match &self.working {
            Some(working) => Ok(working.is_finished()),
            None => Ok(!Archive::open(&self.path)?.due_deliveries(now, LONGEST_WAIT, 1)?.is_empty()),
        }
    }

    /// Tells what waits, for no longer than `patience`. What is not told by then waits for the next run.
    pub(crate) fn finish(&mut self, ingest: &mut Ingest, patience: Duration) -> Result<Vec<Delivery>, Error> {
        let start = Instant::now();
        let mut told = self.call(ingest, Timestamp::now())?;
        while self.working.is_some() && start.elapsed() < patience {
            thread::sleep(PULSE);
            told.extend(self.call(ingest, Timestamp::now())?);
        }
        Ok(told)
    }
}

fn settle(ingest: &mut Ingest, told: &[Delivery]) -> Result<(), Error> {
    if told.is_empty() {
        return Ok(());
    }
    let batch = ingest.batch()?;
    told.iter().try_for_each(|delivery| batch.settle_delivery(delivery))?;
    batch.commit()
}

/// Tells what is due; messages to different receivers at the same time.
fn tell(archive: &Archive, policy: Policy, now: Timestamp) -> Result<Vec<Delivery>, Error> {
    let fetcher = Fetcher::new(policy);
    let due = archive.due_deliveries(now, LONGEST_WAIT, AT_ONCE)?;
    let mut messages = Vec::new();
    for delivery in due {
        let events = delivery.events.iter().map(|event| {
            let event = archive.event(*event)?;
            let news = told(archive, &event)?;
            Ok((event, news))
        });
        let message = Message::new(&delivery, &events.collect::<Result<Vec<_>, Error>>()?);
        messages.push((delivery, message));
    }
    messages.sort_by_key(|(delivery, _)| format!("{:?}", delivery.receiver));
    let receivers = messages.chunk_by(|(a, _), (b, _)| a.receiver == b.receiver);
    thread::scope(|scope| {
        let fetcher = &fetcher;
        let told: Vec<_> = receivers.map(|own| scope.spawn(move || tell_receiver(own, fetcher))).collect();
        Ok(told.into_iter().filter_map(|told| told.join().ok()).flatten().collect())
    })
}

/// Tells one receiver one message after the other. Once it fails the rest waits too.
fn tell_receiver(messages: &[(Delivery, Message)], fetcher: &Fetcher) -> Vec<Delivery> {
    let mut told = Vec::new();
    for (delivery, message) in messages {
        let result = tell_once(&delivery.receiver, &delivery.alert, message, fetcher);
        let is_down = result.is_err();
        told.push(after(delivery, result, Timestamp::now()));
        if is_down {
            break;
        }
    }
    told
}

/// Tells one receiver one message, once.
pub(crate) fn tell_once(
    receiver: &Receiver,
    alert: &str,
    message: &Message,
    fetcher: &Fetcher,
) -> Result<(), String> {
    match receiver {
        Receiver::Exec { program, arguments } => program::run(program, arguments, alert, message),
        Receiver::Webhook { url, secret_file } => {
            webhook::post(fetcher, url, secret_file.as_deref(), message, Timestamp::now())
        }
    }
}

/// A telling after it was tried.
fn after(delivery: &Delivery, result: Result<(), String>, now: Timestamp) -> Delivery {
    let tries = delivery.tries.saturating_add(1);
    let problem = result.err();
    let state = match &problem {
        None => DeliveryState::Delivered,
        Some(_) if tries >= MOST_TRIES => DeliveryState::Failed,
        Some(_) => DeliveryState::Waiting,
    };
    let wait =
        FIRST_WAIT.checked_mul(2_i32.saturating_pow(tries - 1)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
    let due = now.checked_add(wait).unwrap_or(now);
    Delivery { tries, problem, state, due, ..delivery.clone() }
}

#[cfg(test)]
mod tests {
    use parallax_archive::EventId;

    use super::*;

    #[test]
    fn a_message_that_fails_waits_longer_each_time_and_is_given_up_at_last() {
        let mut delivery = Delivery {
            id: 1,
            alert: "dam".into(),
            query: "dam".into(),
            receiver: Receiver::Exec { program: "tell".into(), arguments: Vec::new() },
            events: vec![EventId(1)],
            state: DeliveryState::Waiting,
            tries: 0,
            at: Timestamp::UNIX_EPOCH,
            due: Timestamp::UNIX_EPOCH,
            problem: None,
        };
        let mut waits = Vec::new();
        while delivery.state == DeliveryState::Waiting {
            delivery = after(&delivery, Err("gone".into()), Timestamp::UNIX_EPOCH);
            waits.push(delivery.due.as_second() / 60);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 480, 480, 480]);
        assert_eq!((delivery.state, delivery.problem.as_deref()), (DeliveryState::Failed, Some("gone")));
        let told = after(&delivery, Ok(()), Timestamp::UNIX_EPOCH);
        assert_eq!((told.state, told.problem), (DeliveryState::Delivered, None));
    }
}
