//! One saying with its renditions.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use parallax_model::{Comparison, QuotationRef};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answer, json};
use crate::report::wire::{ComparisonDocument, QuotationRow, UtteranceRow};
use crate::web::failure::{Failure, Problem};
use crate::web::site::Site;
use crate::web::story_name::story_id;

/// A saying, and the quotations that are its renditions.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct SayingAnswer<'a> {
    saying: UtteranceRow<'a>,
    quotations: Vec<SaidRow<'a>>,
}

/// A quotation with its words.
#[derive(Debug, Serialize, ToSchema)]
struct SaidRow<'a> {
    #[serde(flatten)]
    quotation: QuotationRow<'a>,
    /// The words of each of its spans, as the report has them.
    words: Vec<&'a str>,
}

/// A saying and its renditions, with their words
#[utoipa::path(get, path = "/api/v1/stories/{story}/sayings/{saying}", tag = "stories",
    params(
        ("story" = String, Path, description = "The story, as s12", pattern = "^s[0-9]{1,9}$"),
        ("saying" = String, Path, description = "The saying, by its id among the utterances of the comparison, as u3", pattern = "^u[0-9]{1,6}$"),
    ),
    responses(
        (status = 200, description = "The saying", body = SayingAnswer),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::web) async fn saying(
    State(site): State<Arc<Site>>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Answer {
    let Path((id, name)) = path?;
    let id = story_id(&id)?;
    let within = Arc::clone(&site);
    let read = move |archive: &parallax_archive::Archive| {
        let compared = within.compared(archive, id)?;
        answer(&compared.comparison, &name)
            .unwrap_or_else(|| Err(Failure::not_found(format!("Story {id} has no saying {name}."))))
    };
    site.archive.read(read).await
}

fn answer(comparison: &Comparison, name: &str) -> Option<Answer> {
    let index = name.strip_prefix('u')?.parse::<usize>().ok()?.checked_sub(1)?;
    let renditions = &comparison.utterances.get(index)?.renditions;
    let document = ComparisonDocument::new(comparison);
    let saying = document.utterances.into_iter().nth(index)?;
    let rows = document.quotations.into_iter().map(|row| (row.id.clone(), row));
    let mut rows: BTreeMap<_, _> = rows.collect();
    let quotations = renditions.iter().zip(&saying.renditions).filter_map(|(rendition, told)| {
        Some(SaidRow {
            quotation: rows.remove(&told.quotation)?,
            words: said(comparison, rendition.quotation),
        })
    });
    let quotations = quotations.collect();
    Some(json(&SayingAnswer { saying, quotations }))
}

/// The words of each span of a quotation.
fn said(comparison: &Comparison, at: QuotationRef) -> Vec<&str> {
    let document = &comparison.documents[at.article];
    let spans = document.quotations.get(at.quotation).map_or(&[][..], |quotation| &quotation.spans);
    spans.iter().map(|span| span.of(document.text())).collect()
}
