//! The reports of a story, compared.

use std::sync::Arc;

use axum::extract::State;

use super::{Answer, Named, json};
use crate::report::wire::ComparisonDocument;
use crate::web::failure::Problem;
use crate::web::site::Site;
use crate::web::story_name::story_id;

/// The reports of a story, compared: `parallax.comparison/1`
///
/// Offsets are counted in code points of the articles' texts. Of a very large story the latest reports are compared.
#[utoipa::path(get, path = "/api/v1/stories/{story}/comparison", tag = "stories",
    params(("story" = String, Path, description = "The story, as s12", pattern = "^s[0-9]{1,9}$")),
    responses(
        (status = 200, description = "The comparison", body = ComparisonDocument),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::web) async fn comparison(State(site): State<Arc<Site>>, Named(id): Named) -> Answer {
    let id = story_id(&id)?;
    let within = Arc::clone(&site);
    let read = move |archive: &parallax_archive::Archive| {
        let compared = within.compared(archive, id)?;
        json(&ComparisonDocument::new(&compared.comparison))
    };
    site.archive.read(read).await
}
