//! Connections that read the archive, a few of them, on threads that may wait.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use parallax_archive::Archive;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::failure::Failure;

/// Reads that go on at a time. What an answer takes is the processor's time; more would only wait for it.
const AT_ONCE: usize = 8;

/// Connections to one archive.
#[derive(Clone)]
pub(crate) struct Readers(Arc<Shared>);

struct Shared {
    path: PathBuf,
    idle: Mutex<Vec<Archive>>,
    turns: Semaphore,
    /// A connection that only watches, since what tells that others have written is told to each connection for itself.
    watching: Mutex<Archive>,
}

impl Readers {
    pub(crate) fn open(path: &Path) -> Result<Self, parallax_archive::Error> {
        let (first, watching) = (Archive::open(path)?, Archive::open(path)?);
        Ok(Self(Arc::new(Shared {
            path: path.to_owned(),
            idle: Mutex::new(vec![first]),
            turns: Semaphore::new(AT_ONCE),
            watching: Mutex::new(watching),
        })))
    }

    /// A number that is another when the archive has changed; `None` where it cannot be read.
    pub(crate) async fn revision(&self) -> Option<i64> {
        let shared = Arc::clone(&self.0);
        let read = move || shared.watching.lock().unwrap_or_else(PoisonError::into_inner).revision().ok();
        spawn_blocking(read).await.ok().flatten()
    }

    /// Reads from the archive, apart from the threads that answer requests.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Archive) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let shared = Arc::clone(&self.0);
        let _turn = self.0.turns.acquire().await.map_err(|_| Failure::ending())?;
        spawn_blocking(move || shared.read(read)).await.map_err(|_| Failure::broken())?
    }
}

impl Shared {
    fn read<T>(&self, read: impl FnOnce(&Archive) -> Result<T, Failure>) -> Result<T, Failure> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let archive = match idle {
            Some(archive) => archive,
            None => Archive::open(&self.path)?,
        };
        let found = read(&archive)?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(archive);
        Ok(found)
    }
}
