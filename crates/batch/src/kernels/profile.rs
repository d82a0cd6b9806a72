//! What each article is about, in a form that can be placed in a story elsewhere.

use std::sync::Arc;

use arrow::array::{ArrayRef, BinaryArray};
use arrow::datatypes::DataType;
use arrow::error::ArrowError;
use parallax_analysis::story::Profile;
use parallax_analysis::words_of;

use super::Kernel;
use super::article::{article_columns, articles};

/// An article → its profile as bytes, [`Profile::to_bytes`].
pub const PROFILE: Kernel =
    Kernel { name: "profile", takes: article_columns, gives: || DataType::Binary, call };

fn call(columns: &[ArrayRef]) -> Result<ArrayRef, ArrowError> {
    let articles = articles(columns)?.into_iter();
    let profiles = articles.map(|article| Some(Profile::of(&words_of(article)).to_bytes()));
    Ok(Arc::new(profiles.collect::<BinaryArray>()))
}
