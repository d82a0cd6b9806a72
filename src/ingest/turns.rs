//! Writing in turns, so that other programs write in between.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use parallax_archive::{Error, Holder, Writer};

use super::Ingest;
use super::placing::Placing;

/// What says whether to wait on for another writer.
type Waiting = dyn FnMut(&Holder) -> ControlFlow<()>;

/// A writer for long runs that mostly wait: it holds the archive only while it works. What it knows of the stories it keeps from turn to turn.
pub(crate) struct Turns {
    path: PathBuf,
    waiting: Box<Waiting>,
    placing: Option<Placing>,
}

impl Turns {
    /// Turns at the archive at `path`. While another process has its own, `waiting` is asked again and again whether to wait on.
    pub(crate) fn new(path: &Path, waiting: impl FnMut(&Holder) -> ControlFlow<()> + 'static) -> Self {
        Self { path: path.to_owned(), waiting: Box::new(waiting), placing: None }
    }

    /// Opens the archive, made where there is none, works on it and lets it go.
    pub(crate) fn turn<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut Ingest) -> Result<T, E>,
    ) -> Result<T, E> {
        let writer = Writer::open(&self.path, &mut self.waiting)?;
        let mut ingest = Ingest { writer, placing: self.placing.take() };
        let done = work(&mut ingest);
        self.placing = ingest.placing;
        done
    }
}
