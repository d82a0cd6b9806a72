//! One report, as it came in last, with what was found in it.

use std::sync::Arc;

use axum::extract::State;
use parallax_archive::{Archive, Error, Report};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answer, Named, json};
use crate::changes::edits;
use crate::report::wire::{ArchivedQuotationRow, ArchivedReportRow, RevisionRow};
use crate::web::failure::Problem;
use crate::web::site::Site;

/// A report, its article and its quotations.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ReportAnswer<'a> {
    #[serde(flatten)]
    report: ArchivedReportRow<'a>,
    /// The text of the article, which offsets refer to.
    article: &'a str,
    quotations: Vec<ArchivedQuotationRow<'a>>,
    /// What each version after the first changed.
    history: Vec<RevisionRow>,
}

/// A report as it came in last, and its quotations
#[utoipa::path(get, path = "/api/v1/reports/{report}", tag = "reports",
    params(("report" = String, Path, description = "The report, by its name")),
    responses(
        (status = 200, description = "The report", body = ReportAnswer),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::web) async fn report(State(site): State<Arc<Site>>, Named(name): Named) -> Answer {
    let read = move |archive: &Archive| {
        let report = archive.report(&name)?;
        let (raw, article) = (archive.raw(report.id)?, archive.article(report.id)?);
        let (stories, quotations) = (archive.stories_of(report.id)?, archive.quotations(report.id)?);
        json(&ReportAnswer {
            report: ArchivedReportRow::new(&raw, &report, stories.iter().map(|(story, _)| *story)),
            article: &article.article.text,
            quotations: ArchivedQuotationRow::all(&report, &article.article.text, &quotations),
            history: history(archive, &report)?,
        })
    };
    site.archive.read(read).await
}

fn history(archive: &Archive, report: &Report) -> Result<Vec<RevisionRow>, Error> {
    if report.versions < 2 {
        return Ok(Vec::new());
    }
    let versions = archive.versions(report.id)?;
    let row = |version| Ok(RevisionRow::new(version, edits(archive, report.id, version.number)?));
    versions.iter().skip(1).map(row).collect()
}
