//! What all handlers share.

use std::sync::Arc;

use tokio::sync::watch;

use super::answers::Answers;
use super::compared::Comparisons;
use super::guard::{Limiter, Seal};
use super::imports::Imports;
use super::metrics::Metrics;
use super::readers::Readers;
use super::settings::Settings;

/// A server and its archive.
pub(crate) struct Site {
    pub(crate) settings: Settings,
    pub(crate) archive: Readers,
    pub(crate) answers: Answers,
    pub(crate) comparisons: Comparisons,
    pub(crate) metrics: Metrics,
    pub(crate) seal: Seal,
    /// Who holds it writes.
    pub(crate) writing: tokio::sync::Mutex<()>,
    pub(crate) imports: Imports,
    pub(crate) limiter: Limiter,
    /// Becomes true when the server is to end; streams end with it.
    pub(crate) ending: watch::Sender<bool>,
}

impl Site {
    /// Opens the archive.
    pub(crate) fn open(settings: Settings) -> anyhow::Result<Arc<Self>> {
        let archive = Readers::open(&settings.archive)?;
        Ok(Arc::new(Self {
            archive,
            answers: Answers::default(),
            comparisons: Comparisons::default(),
            metrics: Metrics::default(),
            seal: Seal::new(),
            writing: tokio::sync::Mutex::new(()),
            imports: Imports::default(),
            limiter: Limiter::new(settings.rate),
            ending: watch::Sender::new(false),
            settings,
        }))
    }
}
