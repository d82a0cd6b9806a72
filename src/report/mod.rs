//! A comparison as people and programs read it.

pub(crate) mod atom;
pub(crate) mod collatex;
pub(crate) mod csv;
pub(crate) mod graphml;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod labels;
pub(crate) mod quotations;
pub(crate) mod reading;
mod sigla;
pub(crate) mod tei;
pub(crate) mod text;
pub(crate) mod wire;
mod xml;
