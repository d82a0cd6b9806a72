//! A comparison as people and programs read it.

pub(crate) mod json;
mod wire;
