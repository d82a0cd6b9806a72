//! Pages for people, one handler a file.

mod beside;
mod corrections;
mod description;
mod explanation;
mod frame;
mod front;
mod help;
mod import;
mod instruments;
mod outlet;
mod person;
mod report;
mod search;
mod sign_in;
mod story;

use askama::Template;
use axum::response::Html;

pub(crate) use beside::beside;
pub(crate) use corrections::{correct, corrections, undo};
pub(crate) use description::{description, try_it};
pub(crate) use explanation::explain;
pub(crate) use frame::Frame;
pub(crate) use front::front;
pub(crate) use help::help;
pub(crate) use import::{LARGEST, import, importing, progress, take_in};
pub(crate) use instruments::{health, metrics};
pub(crate) use outlet::outlet;
pub(crate) use person::person;
pub(crate) use report::report;
pub(crate) use search::search;
pub(crate) use sign_in::{sign_in, sign_in_page};
pub(crate) use story::{feed, saying, section, story};

use super::failure::Failure;

/// A page as it is sent.
pub(crate) type Page = Result<Html<String>, Failure>;

/// Writes a page.
fn write(template: &impl Template) -> Page {
    Ok(Html(template.render()?))
}
