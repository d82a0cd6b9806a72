//! Work on all cores with the order kept: one thread reads ahead, all cores work on what is there, and the caller writes.
//!
//! Each stage waits for the next one, so that memory does not grow with the input. Where reading is slow, as from a pipe that another program
//! still writes to, what is there is worked on at once.

use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{JoinHandle, spawn};

use parallax_acquire::Event;
use parallax_model::{Body, Problem, RawReport};
use rayon::prelude::*;

/// Events that may wait for a core: enough to keep all busy, few enough to hold in memory.
const AHEAD: usize = 256;
/// Bytes of text that are worked on at once. A few long reports are as much as many short ones.
const HEAVIEST: usize = 8 << 20;

/// An event whose report was worked on.
pub(crate) enum Step<T> {
    Worked(T),
    Problem(Problem),
    Note(Problem),
}

/// Work that goes on on other threads. They end with the program where it is dropped before the last batch.
pub(crate) struct Running<T> {
    batches: Receiver<Vec<Step<T>>>,
    threads: Vec<JoinHandle<()>>,
}

/// Starts to work on each report among `events`.
pub(crate) fn start<T: Send + 'static>(
    events: impl Iterator<Item = Event> + Send + 'static,
    work: impl Fn(RawReport) -> T + Send + Sync + 'static,
) -> Running<T> {
    let (read, waiting) = sync_channel(AHEAD);
    let (worked, batches) = sync_channel(1);
    let reader = spawn(move || {
        let mut events = events;
        while events.next().is_some_and(|event| read.send(event).is_ok()) {}
    });
    let worker = spawn(move || {
        let batches = std::iter::from_fn(|| next_batch(&waiting));
        for batch in batches {
            let steps = batch.into_par_iter().map(|event| step(event, &work)).collect();
            if worked.send(steps).is_err() {
                return;
            }
        }
    });
    Running { batches, threads: vec![reader, worker] }
}

impl<T> Iterator for Running<T> {
    type Item = Vec<Step<T>>;

    /// What came of the next events, in their order.
    fn next(&mut self) -> Option<Vec<Step<T>>> {
        let batch = self.batches.recv().ok();
        if batch.is_none() {
            // Both have ended. A panic of theirs must not look like the end of the input.
            if let Some(panic) = self.threads.drain(..).find_map(|thread| thread.join().err()) {
                resume_unwind(panic);
            }
        }
        batch
    }
}

/// The events that wait, at least one; `None` after the last.
fn next_batch(waiting: &Receiver<Event>) -> Option<Vec<Event>> {
    let first = waiting.recv().ok()?;
    let mut weight = weight(&first);
    let mut batch = vec![first];
    while batch.len() < AHEAD && weight < HEAVIEST {
        let Ok(event) = waiting.try_recv() else { break };
        weight += self::weight(&event);
        batch.push(event);
    }
    Some(batch)
}

fn weight(event: &Event) -> usize {
    match event {
        Event::Report(RawReport { body: Body::Text(text) | Body::Html(text), .. }) => text.len(),
        Event::Problem(_) | Event::Note(_) => 0,
    }
}

fn step<T>(event: Event, work: impl Fn(RawReport) -> T) -> Step<T> {
    match event {
        Event::Report(report) => Step::Worked(work(report)),
        Event::Problem(problem) => Step::Problem(problem),
        Event::Note(note) => Step::Note(note),
    }
}
