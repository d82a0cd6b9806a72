//! The reader: web pages and a JSON API over an archive.
//!
//! [`routes`] lists every address. A handler is one file: under `pages` it answers with HTML, under `api` with JSON. `guard` is what every
//! request passes first. [`site::Site`] is what all handlers share. Pages work without script; the small script only saves key strokes.

mod answers;
mod api;
mod assets;
mod compared;
mod failure;
mod guard;
mod imports;
mod inquiry;
mod logs;
#[cfg(feature = "mcp")]
mod mcp;
mod metrics;
mod moment;
mod pages;
mod patience;
mod pieces;
mod readers;
mod report_line;
mod routes;
mod server;
mod settings;
mod site;
mod story_cursor;
mod story_name;
#[cfg(test)]
mod tests;
mod variants;
mod witness;
mod writing;

pub(crate) use logs::{LogFormat, start_logs};
#[cfg(feature = "mcp")]
pub(crate) use mcp::serve_models;
pub(crate) use server::serve;
pub(crate) use settings::{Settings, Token};
