//! Quotations of the reports that a search finds.

use std::sync::Arc;

use axum::extract::State;
use parallax_archive::{Archive, QuotationRecord};
use serde::Serialize;
use utoipa::ToSchema;

use super::search::Wanted;
use super::{Answer, Asked, json};
use crate::report::wire::ArchivedQuotationRow;
use crate::web::failure::{Failure, Problem};
use crate::web::site::Site;

/// The quotations of some reports.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct Quotations<'a> {
    quotations: Vec<ArchivedQuotationRow<'a>>,
    /// Where to go on; null at the end.
    next: Option<String>,
}

/// Quotations in the reports that a search finds
///
/// The filters choose reports, as in the search; `limit` counts reports. Where a speaker is asked for, only what that speaker says is given.
#[utoipa::path(get, path = "/api/v1/quotations", params(Wanted), tag = "search", responses(
        (status = 200, description = "Some quotations", body = Quotations),
        (status = 400, description = "Not understood", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::web) async fn quotations(
    State(site): State<Arc<Site>>,
    Asked(wanted): Asked<Wanted>,
) -> Answer {
    let read = move |archive: &Archive| {
        let (found, hits) = wanted.find(archive)?;
        let is_wanted = |quotation: &QuotationRecord| {
            let Some(wanted) = wanted.speaker() else { return true };
            quotation.speaker.as_deref().is_some_and(|name| has_words(name, wanted))
        };
        let of_hit = |hit: &parallax_archive::Hit| {
            let mut quotations = archive.quotations(hit.report.id)?;
            quotations.retain(is_wanted);
            Ok(quotations)
        };
        let kept = hits.iter().map(of_hit).collect::<Result<Vec<_>, Failure>>()?;
        let rows = hits.iter().zip(&kept);
        let rows =
            rows.flat_map(|(hit, quotations)| ArchivedQuotationRow::all(&hit.report, &hit.text, quotations));
        json(&Quotations { quotations: rows.collect(), next: found.next.map(|next| next.to_string()) })
    };
    site.archive.read(read).await
}

/// Whether a name has all words of another, but for case.
fn has_words(name: &str, wanted: &str) -> bool {
    let name: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    wanted.split_whitespace().all(|word| name.contains(&word.to_lowercase()))
}
