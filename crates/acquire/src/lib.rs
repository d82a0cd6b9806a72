//! Where reports come from: files, folders, JSONL and standard input.

use std::path::PathBuf;

use parallax_model::{Body, Problem, RawReport};

/// What was acquired, and what could not be.
#[derive(Debug, Default)]
pub struct Acquired {
    /// The reports, in the order of the inputs.
    pub reports: Vec<RawReport>,
    /// What could not be read, with path, line and reason.
    pub problems: Vec<Problem>,
}

/// Reads all reports of the given inputs.
pub fn acquire(inputs: &[PathBuf]) -> Acquired {
    let mut acquired = Acquired::default();
    for path in inputs {
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match std::fs::read_to_string(path) {
            Ok(text) => acquired.reports.push(RawReport {
                id,
                place: path.display().to_string(),
                source: None,
                title: None,
                published: None,
                url: None,
                language: None,
                body: Body::Text(text),
            }),
            Err(error) => {
                acquired
                    .problems
                    .push(Problem { place: path.display().to_string(), reason: error.to_string() });
            }
        }
    }
    acquired
}
