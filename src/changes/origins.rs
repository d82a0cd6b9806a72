//! News of origins: a report, or several, that depend on none that was there.

use parallax_archive::EventKind;

use super::News;
use super::kept::{Kept, Origin};
use super::novelty::Novelty;
use super::wording::listed;

pub(super) fn news(former: Option<&Kept>, present: &Kept, novelty: &Novelty<'_>) -> Vec<News> {
    let is_new = |report: &String| {
        novelty.has_arrived(report) && former.is_none_or(|former| former.article(report).is_none())
    };
    let is_origin = |origin: &&Origin| !origin.articles.is_empty() && origin.articles.iter().all(is_new);
    let origins = present.origins.iter().filter(is_origin).filter(|_| !novelty.is_beginning());
    origins.map(|origin| new_origin(present, origin)).collect()
}

fn new_origin(present: &Kept, origin: &Origin) -> News {
    let outlets: Vec<&str> = origin.articles.iter().map(|id| present.outlet(id)).collect();
    let sentence = match outlets[..] {
        [outlet] => format!("{outlet} tells the story independently of the reports before."),
        _ => format!("{} go back to one origin that is independent of the reports before.", listed(&outlets)),
    };
    News::about(EventKind::NewOrigin, origin.articles.clone(), sentence)
}
