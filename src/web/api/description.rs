//! The API described for programs, as OpenAPI 3.1.

use serde_json::Value;
use utoipa::OpenApi;

use super::{Answer, json};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Parallax",
        description = "An archive of reports: their stories, sayings, facts and origins. Read only."
    ),
    paths(
        super::stories::stories,
        super::story::story,
        super::saying::saying,
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

/// The same, to be read by ourselves.
pub(in crate::web) fn openapi() -> Value {
    serde_json::to_value(Description::openapi()).unwrap_or_default()
}
