//! The JSON API, one handler a file. Its shapes are those that the commands write.

#![allow(unused_qualifications, reason = "what the macros of utoipa write")]

mod answer;
mod comparison;
mod description;
mod events;
mod question;
mod quotations;
mod report;
mod reports;
mod saying;
mod search;
mod stories;
mod story;

use answer::{Answer, Asked, Named, json, limited};
pub(super) use description::{description, openapi};

pub(super) use comparison::comparison;
pub(super) use events::events;
#[cfg(feature = "mcp")]
pub(super) use question::Parameter;
pub(super) use question::{QUESTIONS, Question, plain};
pub(super) use quotations::quotations;
pub(super) use report::report;
pub(super) use reports::reports;
pub(super) use saying::saying;
pub(super) use search::search;
pub(super) use stories::stories;
pub(super) use story::story;
