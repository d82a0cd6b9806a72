//! Listening, answering, ending.

use std::future::{IntoFuture, pending};
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::signal;
use tokio::sync::watch;

use super::patience::{PatientListener, Peer};
use super::routes::router;
use super::settings::Settings;
use super::site::Site;
use super::witness;

/// How long answers that were begun may take once the server is to end.
const LAST_ANSWERS: Duration = Duration::from_secs(10);

/// Serves an archive until the process is told to end.
pub(crate) fn serve(settings: Settings) -> anyhow::Result<()> {
    settings.check()?;
    let site = Site::open(settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(answer(site));
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

async fn answer(site: Arc<Site>) -> anyhow::Result<()> {
    let listen = site.settings.listen;
    let listener = TcpListener::bind(listen).await.with_context(|| listen.to_string())?;
    announce(listener.local_addr()?);
    witness::start(&site);
    let service = router(&site).into_make_service_with_connect_info::<Peer>();
    let ending = site.ending.subscribe();
    tokio::spawn(end_when_told(Arc::clone(&site)));
    let answers = axum::serve(PatientListener::new(listener, site), service)
        .with_graceful_shutdown(ended(ending.clone()));
    tokio::select! {
        answered = answers.into_future() => answered?,
        () = overdue(ending) => tracing::warn!("some answers were not taken in time"),
    }
    tracing::info!("ended");
    Ok(())
}

/// Says where the server is, on standard output, so that a script can read the port that the system chose.
fn announce(address: SocketAddr) {
    let _ = writeln!(std::io::stdout().lock(), "http://{address}/");
    tracing::info!(%address, "serving");
}

async fn end_when_told(site: Arc<Site>) {
    tokio::select! {
        told = signal::ctrl_c() => if told.is_err() { pending::<()>().await },
        () = terminated() => {}
    }
    tracing::info!("ending");
    site.ending.send_replace(true);
}

#[cfg(unix)]
async fn terminated() {
    match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(mut signals) => drop(signals.recv().await),
        Err(_) => pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    pending::<()>().await;
}

/// Waits until the server is to end.
pub(crate) async fn ended(mut ending: watch::Receiver<bool>) {
    // The sender lives as long as the site.
    let _ = ending.wait_for(|ending| *ending).await;
}

async fn overdue(ending: watch::Receiver<bool>) {
    ended(ending).await;
    tokio::time::sleep(LAST_ANSWERS).await;
}
