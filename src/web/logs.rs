//! What the server says while it runs: to people as text, to programs as JSON, a line an event.

use std::io::stderr;

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// A line of text an event.
    Text,
    /// A JSON object an event.
    Json,
}

/// Starts the log on standard error. `PARALLAX_LOG` chooses what it holds, in the notation of `tracing`, as `debug` or `parallax=warn`.
pub(crate) fn start_logs(format: LogFormat) {
    let filter = EnvFilter::builder()
        .with_default_directive(tracing::level_filters::LevelFilter::INFO.into())
        .with_env_var("PARALLAX_LOG")
        .from_env_lossy();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    // A second server in one process, as in a test, finds the log started.
    let _ = match format {
        LogFormat::Text => log.with_target(false).with_ansi(false).try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(false).try_init(),
    };
}
