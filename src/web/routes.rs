//! Every address of the server.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, Uri};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use super::failure::Failure;
use super::site::Site;
use super::{answers, api, assets, guard, pages};

/// No form is longer but that of an import, which sets its own limit.
const LONGEST_FORM: usize = 64 << 10;

/// The server as a function from requests to answers.
pub(crate) fn router(site: &Arc<Site>) -> Router {
    let remembered = Router::new()
        .route("/", get(pages::front))
        .route("/search", get(pages::search))
        .route("/stories/{id}", get(pages::story))
        .route("/stories/{id}/feed.atom", get(pages::feed))
        .route("/stories/{id}/{section}", get(pages::section))
        .route("/stories/{id}/sayings/{saying}", get(pages::saying))
        .route("/reports/{name}", get(pages::report))
        .route("/beside", get(pages::beside))
        .route("/people/{name}", get(pages::person))
        .route("/outlets/{name}", get(pages::outlet))
        .route("/help", get(pages::help))
        .route("/api/docs/", get(pages::description))
        .route("/api/v1/stories", get(api::stories))
        .route("/api/v1/stories/{story}", get(api::story))
        .route("/api/v1/stories/{story}/sayings/{saying}", get(api::saying))
        .route("/api/v1/stories/{story}/comparison", get(api::comparison))
        .route("/api/v1/events", get(api::events))
        .route("/api/v1/reports", get(api::reports))
        .route("/api/v1/reports/{report}", get(api::report))
        .route("/api/v1/search", get(api::search))
        .route("/api/v1/quotations", get(api::quotations))
        .route("/api/v1/openapi.json", get(api::description))
        .route("/assets/{name}", get(assets::asset))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(Arc::clone(site), answers::remember));
    let live = Router::new()
        .route("/api/docs/try", get(pages::try_it))
        .route("/corrections", get(pages::corrections).post(pages::correct))
        .route("/corrections/{id}/undo", post(pages::undo))
        .route(
            "/import",
            get(pages::import).post(pages::take_in).layer(DefaultBodyLimit::max(pages::LARGEST)),
        )
        .route("/import/{number}", get(pages::importing))
        .route("/import/{number}/events", get(pages::progress))
        .route("/healthz", get(pages::health))
        .route("/metrics", get(pages::metrics))
        .route("/sign-in", get(pages::sign_in).post(guard::sign_in));
    remembered
        .merge(live)
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_so)
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
        .layer(from_fn_with_state(Arc::clone(site), guard::limit))
        .layer(from_fn_with_state(Arc::clone(site), guard::own_page))
        .layer(from_fn_with_state(Arc::clone(site), guard::token_shown))
        .layer(from_fn_with_state(Arc::clone(site), guard::own_host))
        .layer(from_fn(pages::explain))
        .layer(CatchPanicLayer::custom(guard::broke))
        .layer(from_fn(guard::dress))
        .layer(from_fn_with_state(Arc::clone(site), guard::account))
        .with_state(Arc::clone(site))
}

async fn nothing_here(uri: Uri) -> Failure {
    Failure::not_found(format!("There is nothing at {}.", uri.path()))
}

async fn not_so() -> Failure {
    Failure::new(StatusCode::METHOD_NOT_ALLOWED, "This address does not answer to this method.")
}
