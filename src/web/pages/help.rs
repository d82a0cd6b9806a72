//! The keys, the signs, and how to search.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::{Frame, Page, write};
use crate::web::site::Site;

const KEYS: &[(&str, &str)] = &[
    ("/", "Goes to the search"),
    ("j", "Goes to the next story, saying, fact or report"),
    ("k", "Goes to the one before"),
    ("h", "Goes to the stories"),
    ("?", "Comes here"),
    ("Esc", "Leaves the search"),
];

const SEARCHES: &[(&str, &str)] = &[
    ("dam water", "reports that have both words"),
    ("\"water stood high\"", "reports that have these words one after the other"),
    ("evacuat*", "words that begin so"),
    ("-football", "reports without the word"),
    ("speaker:vidal", "reports in which somebody of this name is quoted"),
    ("outlet:courier", "reports of an outlet"),
    ("after:2025-10-01 before:2025-10-09", "reports published between two days"),
    ("story:s12", "reports of a story"),
];

#[derive(Template)]
#[template(path = "help.html")]
struct Help {
    frame: Frame,
}

/// Answers with the help.
pub(crate) async fn help(State(site): State<Arc<Site>>) -> Page {
    write(&Help { frame: Frame::new(&site, "/help") })
}
