//! Stories, the last changed first.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Answer, Asked, json, limited};
use crate::report::wire::ArchivedStoryRow;
use crate::web::failure::Problem;
use crate::web::site::Site;
use crate::web::story_cursor::{Wanted, read_cursor, wanted_stories, write_cursor};

/// Which stories are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct Which {
    /// Stories of at least so many reports.
    min_reports: Option<u32>,
    /// Stories of at least so many independent origins.
    min_origins: Option<u32>,
    /// At most so many.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Those behind the place that an earlier answer gave as `next`.
    after: Option<String>,
}

/// Some stories.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct Stories<'a> {
    stories: Vec<ArchivedStoryRow<'a>>,
    /// Where to go on; null at the end.
    next: Option<String>,
}

/// Stories, the last changed first
#[utoipa::path(get, path = "/api/v1/stories", params(Which), tag = "stories", responses(
        (status = 200, description = "Some stories", body = Stories),
        (status = 400, description = "Not understood", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::web) async fn stories(State(site): State<Arc<Site>>, Asked(which): Asked<Which>) -> Answer {
    let limit = limited(which.limit)? as usize;
    let read = move |archive: &parallax_archive::Archive| {
        let wanted =
            Wanted { reports: which.min_reports.unwrap_or(1), origins: which.min_origins.unwrap_or(0) };
        let after = which.after.as_deref().map(|cursor| read_cursor(archive, cursor)).transpose()?;
        let (found, has_more) = wanted_stories(archive, wanted, limit, after)?;
        let next = found.last().filter(|_| has_more).map(write_cursor);
        json(&Stories { stories: found.iter().map(ArchivedStoryRow::new).collect(), next })
    };
    site.archive.read(read).await
}
