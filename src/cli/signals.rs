//! Signals of the system that would end a run without a word.

/// Lets it be an error like any other that a file may not grow as large (`ulimit -f`, SIGXFSZ). A process that does not listen is ended by it.
#[cfg(unix)]
pub(super) fn outlast_file_limits() {
    use tokio::runtime::Builder;
    use tokio::signal::unix::{SignalKind, signal};

    /// SIGXFSZ, by its number on Linux, macOS and the BSDs.
    const FILE_TOO_LARGE: i32 = 25;
    if let Ok(runtime) = Builder::new_current_thread().enable_io().build() {
        // Who once listens listens for ever: the handler outlasts the runtime and what is dropped here.
        let _inside = runtime.enter();
        let _ = signal(SignalKind::from_raw(FILE_TOO_LARGE));
    }
}

/// Other systems have no such signal.
#[cfg(not(unix))]
pub(super) fn outlast_file_limits() {}
