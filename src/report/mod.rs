//! A comparison as people and programs read it.

pub(crate) mod csv;
pub(crate) mod graphml;
pub(crate) mod html;
pub(crate) mod json;
mod labels;
pub(crate) mod quotations;
mod reading;
pub(crate) mod text;
pub(crate) mod wire;
