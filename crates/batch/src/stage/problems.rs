//! What went wrong with reports, as rows. Nothing that was left out vanishes.

use std::path::Path;
use std::sync::Arc;

use arrow::array::StringArray;
use arrow::datatypes::{DataType, Field, Schema};
use arrow::record_batch::RecordBatch;
use parallax_model::Problem;

use super::columns::write_batches;

/// How grave it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It could not be read.
    Problem,
    /// It was read, but not as it stands.
    Note,
}

/// Writes what went wrong in a stage.
pub(super) fn write_problems(path: &Path, stage: &str, problems: &[(Kind, Problem)]) -> anyhow::Result<()> {
    let column = |name: &str| Field::new(name, DataType::Utf8, true);
    let schema = Arc::new(Schema::new(["stage", "kind", "place", "reason"].map(column).to_vec()));
    let word = |kind: &Kind| if *kind == Kind::Problem { "problem" } else { "note" };
    let columns = [
        problems.iter().map(|_| Some(stage)).collect::<StringArray>(),
        problems.iter().map(|(kind, _)| Some(word(kind))).collect(),
        problems.iter().map(|(_, problem)| Some(problem.place.as_str())).collect(),
        problems.iter().map(|(_, problem)| Some(problem.reason.as_str())).collect(),
    ];
    let columns = columns.into_iter().map(|column| Arc::new(column) as _).collect();
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns)?;
    write_batches(path, &schema, [Ok(batch)])
}
