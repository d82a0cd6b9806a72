//! Reports, the last that came in first.

use std::sync::Arc;

use axum::extract::State;
use parallax_archive::Report;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Answer, Asked, json, limited};
use crate::web::failure::Problem;
use crate::web::site::Site;

/// Which reports are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct Which {
    /// At most so many.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Those behind the report that an earlier answer gave as `next`.
    after: Option<String>,
}

/// What lists say of a report.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ListedReport<'a> {
    report: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<&'a str>,
    url: Option<&'a str>,
    versions: u32,
    first_seen: String,
    last_seen: String,
}

/// Some reports.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct Reports<'a> {
    reports: Vec<ListedReport<'a>>,
    /// Where to go on; null at the end.
    next: Option<&'a str>,
}

impl<'a> ListedReport<'a> {
    pub(super) fn new(report: &'a Report) -> Self {
        Self {
            report: &report.name,
            title: report.title.as_deref(),
            outlet: report.outlet.as_deref(),
            published: report.published.as_deref(),
            url: report.url.as_deref(),
            versions: report.versions,
            first_seen: report.first_seen.to_string(),
            last_seen: report.last_seen.to_string(),
        }
    }
}

/// Reports, the last that came in first
#[utoipa::path(get, path = "/api/v1/reports", params(Which), tag = "reports", responses(
        (status = 200, description = "Some reports", body = Reports),
        (status = 400, description = "Not understood", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::web) async fn reports(State(site): State<Arc<Site>>, Asked(which): Asked<Which>) -> Answer {
    let limit = limited(which.limit)?;
    let read = move |archive: &parallax_archive::Archive| {
        let after = which.after.as_deref().map(|name| archive.report(name)).transpose()?;
        let mut found = archive.newest_reports(limit + 1, after.map(|report| report.id))?;
        let has_more = found.len() > limit as usize;
        found.truncate(limit as usize);
        let next = found.last().filter(|_| has_more).map(|report| report.name.as_str());
        json(&Reports { reports: found.iter().map(ListedReport::new).collect(), next })
    };
    site.archive.read(read).await
}
