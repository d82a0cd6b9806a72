//! One story with its reports.

use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::reports::ListedReport;
use super::{Answer, Named, json};
use crate::report::wire::ArchivedStoryRow;
use crate::web::failure::Problem;
use crate::web::site::Site;
use crate::web::story_name::story_id;

/// A story and the reports that belong to it.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct StoryAnswer<'a> {
    #[serde(flatten)]
    story: ArchivedStoryRow<'a>,
    /// The story that it became part of.
    merged_into: Option<String>,
    members: Vec<Member<'a>>,
}

/// A report of a story, and why it belongs to it.
#[derive(Debug, Serialize, ToSchema)]
struct Member<'a> {
    #[serde(flatten)]
    report: ListedReport<'a>,
    /// How alike they are, 0 to 1.
    score: f32,
    reason: &'a str,
}

/// A story and its reports
#[utoipa::path(get, path = "/api/v1/stories/{story}", tag = "stories",
    params(("story" = String, Path, description = "The story, as s12", pattern = "^s[0-9]{1,9}$")),
    responses(
        (status = 200, description = "The story", body = StoryAnswer),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::web) async fn story(State(site): State<Arc<Site>>, Named(id): Named) -> Answer {
    let id = story_id(&id)?;
    let read = move |archive: &parallax_archive::Archive| {
        let story = archive.story(id)?;
        let members = archive.members(id)?;
        let rows = members.iter().map(|member| Member {
            report: ListedReport::new(&member.report),
            score: member.membership.score,
            reason: &member.membership.reason,
        });
        json(&StoryAnswer {
            story: ArchivedStoryRow::new(&story),
            merged_into: story.merged_into.map(|into| into.to_string()),
            members: rows.collect(),
        })
    };
    site.archive.read(read).await
}
