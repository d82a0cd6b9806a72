//! The API described: for programs as OpenAPI 3.1, for people as a page to try it on.

use std::sync::{Arc, LazyLock};

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use utoipa::OpenApi;
use utoipa_swagger_ui::Config;

use super::{Answer, json};
use crate::web::failure::Failure;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Parallax",
        description = "An archive of reports: their stories, sayings, facts and origins. Read only."
    ),
    paths(
        super::stories::stories,
        super::story::story,
        super::comparison::comparison,
        super::events::events,
        super::reports::reports,
        super::report::report,
        super::search::search,
        super::quotations::quotations,
    )
)]
struct Description;

/// The description for programs.
pub(in crate::web) async fn description() -> Answer {
    json(&Description::openapi())
}

/// Where the page of the description is.
pub(in crate::web) async fn description_root() -> Redirect {
    Redirect::permanent("/api/docs/")
}

/// The page of the description and the files that it loads, all compiled in.
pub(in crate::web) async fn description_page(path: Option<Path<String>>) -> Result<Response, Failure> {
    static CONFIG: LazyLock<Arc<Config<'static>>> =
        LazyLock::new(|| Arc::new(Config::from("/api/v1/openapi.json").validator_url("none")));
    let path = path.map(|Path(path)| path).unwrap_or_default();
    let missing = || Failure::not_found("The description has no such file.");
    let file =
        utoipa_swagger_ui::serve(&path, Arc::clone(&CONFIG)).map_err(|_| missing())?.ok_or_else(missing)?;
    let mut response = Bytes::from(file.bytes.into_owned()).into_response();
    let kind = file.content_type.parse().map_err(|_| Failure::broken())?;
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    if file.gzpipped {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static("gzip"));
    }
    Ok(response)
}
