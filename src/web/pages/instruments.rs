//! Whether the server lives, and what it counts: for the programs that watch over it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use crate::web::failure::Failure;
use crate::web::site::Site;

/// Answers `ok` while the archive can be read.
pub(crate) async fn health(State(site): State<Arc<Site>>) -> Result<impl IntoResponse, Failure> {
    site.archive.read(|archive| Ok(archive.placements()?)).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], "ok\n"))
}

/// Answers with the counters.
pub(crate) async fn metrics(State(site): State<Arc<Site>>) -> impl IntoResponse {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], site.metrics.text())
}
