//! Pages for people, one handler a file.

mod explanation;
mod frame;
mod front;
mod help;
mod instruments;
mod sign_in;

use askama::Template;
use axum::response::Html;

pub(crate) use explanation::explain;
pub(crate) use frame::Frame;
pub(crate) use front::front;
pub(crate) use help::help;
pub(crate) use instruments::{health, metrics};
pub(crate) use sign_in::{sign_in, sign_in_page};

use super::failure::Failure;

/// A page as it is sent.
pub(crate) type Page = Result<Html<String>, Failure>;

/// Writes a page.
fn write(template: &impl Template) -> Page {
    Ok(Html(template.render()?))
}
