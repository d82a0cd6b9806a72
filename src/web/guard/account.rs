//! Counts and logs each request, bounds its time, and survives what breaks in it.

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::failure::Failure;
use crate::web::site::Site;

/// How long an answer may take to begin. Streams begin at once.
const LONGEST: Duration = Duration::from_secs(30);

/// Counts a request and its answer, and gives up on what takes too long.
pub(crate) async fn account(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let response = tokio::time::timeout(LONGEST, next.run(request)).await.unwrap_or_else(|_| overdue());
    let took = began.elapsed();
    let status = response.status().as_u16();
    site.metrics.answered(&route, status, took);
    let ms = took.as_secs_f64() * 1e3;
    tracing::info!(%method, path, status, ms, "answered");
    response
}

fn overdue() -> Response {
    Failure::new(StatusCode::GATEWAY_TIMEOUT, "This took longer than half a minute and was given up.")
        .into_response()
}

/// The answer where something broke.
#[expect(clippy::needless_pass_by_value, reason = "the layer gives it away")]
pub(crate) fn broke(reason: Box<dyn Any + Send>) -> Response {
    let words = reason.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| reason.downcast_ref::<&str>().copied());
    tracing::error!(reason = words.unwrap_or("unknown"), "an answer broke");
    Failure::broken().into_response()
}
