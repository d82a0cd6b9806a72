//! Reports by their words.

use std::sync::Arc;

use axum::extract::State;
use parallax_archive::{Archive, Cursor, Found, Hit};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Answer, Asked, json, limited};
use crate::report::wire::HitRow;
use crate::web::failure::{Failure, Problem};
use crate::web::inquiry::Inquiry;
use crate::web::site::Site;

/// What is searched for; at least one of the filters.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct Wanted {
    /// Words, phrases, and fields as `speaker:vidal`, in the notation of the search.
    q: Option<String>,
    /// Reports in which somebody of this name is quoted.
    speaker: Option<String>,
    /// Reports of an outlet.
    outlet: Option<String>,
    /// Published on this day, or in this month or year, or later.
    after: Option<String>,
    /// Published before.
    before: Option<String>,
    /// Reports of a story.
    story: Option<String>,
    /// Reports of a story with at least so many independent origins.
    min_origins: Option<u32>,
    /// At most so many.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Those behind the place that an earlier answer gave as `next`.
    from: Option<String>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct Hits<'a> {
    hits: Vec<HitRow<'a>>,
    /// How many reports match; where `is_more`, at least, and these are of the newest.
    matching: usize,
    is_more: bool,
    /// Where to go on; null at the end.
    next: Option<String>,
}

impl Wanted {
    /// The reports that are found, and those of them that have origins enough.
    pub(super) fn find(&self, archive: &Archive) -> Result<(Found, Vec<Hit>), Failure> {
        let query = self.inquiry().query().map_err(|error| Failure::bad_request(error.to_string()))?;
        let from = self
            .from
            .as_deref()
            .map(|from| from.parse::<Cursor>().map_err(Failure::bad_request))
            .transpose()?;
        let mut found = archive.search(&query, limited(self.limit)? as usize, from)?;
        let mut hits = Vec::new();
        for hit in std::mem::take(&mut found.hits) {
            if self.has_origins(archive, &hit)? {
                hits.push(hit);
            }
        }
        Ok((found, hits))
    }

    fn inquiry(&self) -> Inquiry {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Inquiry {
            q: text(&self.q),
            speaker: text(&self.speaker),
            outlet: text(&self.outlet),
            after: text(&self.after),
            before: text(&self.before),
            story: text(&self.story),
        }
    }

    fn has_origins(&self, archive: &Archive, hit: &Hit) -> Result<bool, Failure> {
        let Some(least) = self.min_origins.filter(|least| *least > 0) else { return Ok(true) };
        for story in &hit.stories {
            if archive.story(*story)?.origins.is_some_and(|origins| origins >= least) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The speaker, where one is asked for.
    pub(super) fn speaker(&self) -> Option<&str> {
        self.speaker.as_deref().filter(|speaker| !speaker.trim().is_empty())
    }
}

/// Reports by their words, best first
#[utoipa::path(get, path = "/api/v1/search", params(Wanted), tag = "search", responses(
        (status = 200, description = "What was found", body = Hits),
        (status = 400, description = "Not understood", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::web) async fn search(State(site): State<Arc<Site>>, Asked(wanted): Asked<Wanted>) -> Answer {
    let read = move |archive: &Archive| {
        let (found, hits) = wanted.find(archive)?;
        json(&Hits {
            hits: hits.iter().map(HitRow::new).collect(),
            matching: found.matching,
            is_more: found.is_more,
            next: found.next.map(|next| next.to_string()),
        })
    };
    site.archive.read(read).await
}
