//! What happened to stories, in order.

use std::sync::Arc;

use axum::extract::State;
use parallax_archive::{Archive, Error, EventId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Answer, Asked, json, limited};
use crate::changes::edits_of;
use crate::report::wire::EventLogRow;
use crate::web::failure::Problem;
use crate::web::site::Site;
use crate::web::story_name::story_id;

/// Which events are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct Which {
    /// Only what happened to this story, and to the one that it became part of.
    #[param(pattern = "^s[0-9]{1,9}$")]
    story: Option<String>,
    /// Those behind the event that an earlier answer gave as `next`.
    #[param(minimum = 0)]
    after: Option<i64>,
    /// At most so many.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// Some events.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct Events<'a> {
    events: Vec<EventLogRow<'a>>,
    /// The last of them: ask again after it, now or later. Null where there was none.
    next: Option<i64>,
}

/// What happened to stories, in order
#[utoipa::path(get, path = "/api/v1/events", params(Which), tag = "stories", responses(
        (status = 200, description = "Some events", body = Events),
        (status = 400, description = "Not understood", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::web) async fn events(State(site): State<Arc<Site>>, Asked(which): Asked<Which>) -> Answer {
    let limit = limited(which.limit)?;
    let read = move |archive: &Archive| {
        let story = which.story.as_deref().map(story_id).transpose()?;
        let found = archive.events(story, EventId(which.after.unwrap_or(0)), limit)?;
        let next = found.last().map(|event| event.id.0);
        let row = |event| Ok(EventLogRow::new(event, edits_of(archive, event)?));
        let events = found.iter().map(row).collect::<Result<_, Error>>()?;
        json(&Events { events, next })
    };
    site.archive.read(read).await
}
