//! The one writer: corrections and imports go through it, one after the other.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;

use super::failure::Failure;
use super::site::Site;
use crate::ingest::Ingest;

/// How long another program that writes is waited for.
const PATIENCE: Duration = Duration::from_secs(15);

impl Site {
    /// Writes to the archive, apart from the threads that answer requests; what is remembered is forgotten then.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&mut Ingest) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let _turn = self.writing.lock().await;
        let path = self.settings.archive.clone();
        let written =
            spawn_blocking(move || write(&mut open(&path)?)).await.map_err(|_| Failure::broken())?;
        self.answers.forget();
        written
    }
}

/// Opens the archive to write to it. The lock is held no longer than the work takes, so that other programs get their turn.
fn open(path: &std::path::Path) -> Result<Ingest, Failure> {
    let began = Instant::now();
    let waiting = |_: &parallax_archive::Holder| {
        if began.elapsed() < PATIENCE { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    Ok(Ingest::open(path, waiting)?)
}
