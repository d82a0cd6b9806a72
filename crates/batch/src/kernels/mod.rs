//! The work on rows: Arrow arrays in, an Arrow array out, nothing of an engine in between.
//!
//! A [`Kernel`] calls [`parallax_analysis`] as the command line does. It is pure: the same rows give the same rows on every machine.
//!
//! ```
//! use std::sync::Arc;
//! use arrow::array::{Array, ArrayRef, LargeStringArray};
//! use parallax_batch::kernels::FINGERPRINT;
//! let texts: ArrayRef = Arc::new(LargeStringArray::from(vec!["The ferry left the harbour at nine."]));
//! let fingerprints = (FINGERPRINT.call)(&[texts])?;
//! assert_eq!(fingerprints.len(), 1);
//! # Ok::<(), arrow::error::ArrowError>(())
//! ```

mod article;
mod copies;
mod extract;
mod fingerprint;
mod lists;
mod outline;
mod passages;
mod profile;
mod quotations;
mod reports;

use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use arrow::error::ArrowError;

pub use article::article_type;
pub use copies::{LIKENESS, NEIGHBOURS};
pub use extract::EXTRACT;
pub use fingerprint::{BANDS, FINGERPRINT};
pub use outline::{OUTLINE, STEMS};
pub use passages::PASSAGES;
pub use profile::PROFILE;
pub use quotations::QUOTATIONS;
pub use reports::{ReportRows, report_schema};

/// The version of the kernels: one more whenever the columns that one takes or gives change. What the analysis finds has a version of its own,
/// [`parallax_analysis::STAGES`].
pub const VERSION: u32 = 2;

/// A function from columns to a column.
#[derive(Debug, Clone, Copy)]
pub struct Kernel {
    /// What it is called in messages.
    pub name: &'static str,
    /// The types of the columns that it takes.
    pub takes: fn() -> Vec<DataType>,
    /// The type of the column that it gives: as many rows as it took.
    pub gives: fn() -> DataType,
    /// The function.
    pub call: fn(&[ArrayRef]) -> Result<ArrayRef, ArrowError>,
}

/// All kernels.
pub const ALL: [Kernel; 10] =
    [EXTRACT, QUOTATIONS, FINGERPRINT, BANDS, NEIGHBOURS, LIKENESS, OUTLINE, STEMS, PASSAGES, PROFILE];

impl Kernel {
    /// The name by which machines of a cluster call it. Builds whose kernels or analysis differ have no name in common, so that they
    /// cannot mix their rows unnoticed.
    pub fn full_name(&self) -> String {
        format!("parallax_{}_{}", self.name, version().replace('.', "_"))
    }
}

/// The version of all that decides about rows: of the kernels and of the analysis.
pub fn version() -> String {
    format!("{VERSION}.{}", parallax_analysis::STAGES)
}
