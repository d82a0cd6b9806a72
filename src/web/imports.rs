//! Reports that are taken in while the server runs, and how far each import is.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use parallax_acquire::online::{Online, Texts};
use parallax_acquire::{Event, Meter, stream_with};
use parallax_archive::Fate;
use parallax_model::{Problem, RawReport};
use serde::Serialize;
use tokio::sync::watch;

use super::failure::Failure;
use super::site::Site;
use crate::ingest::{Added, Ingest, Reader};
use crate::pipeline::{self, Step};

/// Imports that are remembered.
const KEPT: usize = 100;
/// Problems of an import that are told; the rest is counted.
const TOLD: usize = 50;

/// What is taken in.
pub(crate) enum Source {
    /// A report that was typed or pasted.
    Typed(Box<RawReport>),
    /// Files that were sent, in a folder of their own that goes with the import, or the address of a page or a feed.
    Inputs(Vec<PathBuf>, Option<Folder>),
}

/// A folder that is removed when it is no longer needed.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clean up.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// How far an import is.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Progress {
    pub(crate) new: usize,
    pub(crate) updated: usize,
    pub(crate) unchanged: usize,
    /// What could not be read.
    pub(crate) problems: Vec<String>,
    pub(crate) more_problems: usize,
    /// The stories that the reports belong to.
    pub(crate) stories: Vec<String>,
    /// What is being done.
    pub(crate) step: &'static str,
    pub(crate) is_done: bool,
    /// Why it could not go on.
    pub(crate) failure: Option<String>,
}

/// The imports of this server, by number.
#[derive(Default)]
pub(crate) struct Imports(Mutex<BTreeMap<u64, watch::Sender<Progress>>>);

impl Imports {
    /// How far an import is, now and as it goes on.
    pub(crate) fn watch(&self, number: u64) -> Option<watch::Receiver<Progress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&number).map(watch::Sender::subscribe)
    }

    fn begin(&self) -> (u64, watch::Sender<Progress>) {
        let mut imports = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = imports.last_key_value().map_or(1, |(last, _)| last + 1);
        while imports.len() >= KEPT {
            imports.pop_first();
        }
        let sender = watch::Sender::new(Progress { step: "waiting", ..Progress::default() });
        imports.insert(number, sender.clone());
        (number, sender)
    }
}

/// Begins to take reports in; gives the number of the import.
pub(crate) fn begin(site: &Arc<Site>, source: Source) -> u64 {
    let (number, progress) = site.imports.begin();
    let site = Arc::clone(site);
    tokio::spawn(async move {
        let told = progress.clone();
        let taken = site.write(move |ingest| take_in(ingest, source, &told)).await;
        progress.send_modify(|progress| {
            progress.failure = taken.err().map(|failure| failure.detail);
            progress.is_done = true;
            progress.step = "done";
        });
    });
    number
}

fn take_in(ingest: &mut Ingest, source: Source, progress: &watch::Sender<Progress>) -> Result<(), Failure> {
    progress.send_modify(|progress| progress.step = "reading");
    let reader = Reader::open(ingest.archive().path())?;
    let (events, _folder) = events(source);
    for batch in pipeline::start(events, move |raw| reader.read(raw)) {
        let mut readings = Vec::new();
        for step in batch {
            match step {
                Step::Worked(reading) => readings.push(reading),
                Step::Problem(problem) => progress.send_modify(|progress| progress.tell(&problem)),
                Step::Note(_) => {}
            }
        }
        let added = ingest.add(readings, Timestamp::now())?;
        progress.send_modify(|progress| progress.count(&added));
    }
    progress.send_modify(|progress| progress.step = "comparing");
    ingest.compare_changed(Timestamp::now(), |_| {}).map_err(|error| {
        tracing::error!(error = %error, "stories could not be compared");
        Failure::broken()
    })
}

fn events(source: Source) -> (Box<dyn Iterator<Item = Event> + Send>, Option<Folder>) {
    match source {
        Source::Typed(raw) => (Box::new(std::iter::once(Event::Report(*raw))), None),
        Source::Inputs(inputs, folder) => {
            // No address within our own network is fetched for a reader, and a page is taken in whole.
            let online = Online { texts: Texts::Full, ..Online::default() };
            (Box::new(stream_with(inputs, &online, &Meter::default())), folder)
        }
    }
}

impl Progress {
    fn tell(&mut self, problem: &Problem) {
        if self.problems.len() == TOLD {
            self.more_problems += 1;
            return;
        }
        // The folder that files were sent to means nothing to the one who sent them.
        let place = problem.place.rsplit('/').next().unwrap_or_default();
        self.problems.push(format!("{place}: {}", problem.reason));
    }

    fn count(&mut self, added: &[Added]) {
        for added in added {
            match added.fate {
                Fate::New => self.new += 1,
                Fate::Updated | Fate::Amended => self.updated += 1,
                Fate::Unchanged => self.unchanged += 1,
            }
            for story in &added.stories {
                let story = story.to_string();
                if self.stories.len() < TOLD && !self.stories.contains(&story) {
                    self.stories.push(story);
                }
            }
        }
    }
}
