//! Folders.

use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::format::Format;
use crate::{Acquired, Error, read_file};

/// Endings of files that say something about the others.
const DOCUMENTATION: [&str; 4] = ["md", "markdown", "rst", "adoc"];

/// Reads all reports in the folder at `path` and below, in the order of their names. What is plainly no report, hidden files and
/// documentation, is skipped quietly; other files of unknown formats are counted.
pub(crate) fn read(path: &Path, acquired: &mut Acquired) {
    let (mut known, mut unknown) = (0_usize, 0_usize);
    let entries = WalkDir::new(path).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_no_report(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if Format::of(entry.path()).is_none() => unknown += 1,
            Ok(entry) => {
                known += 1;
                read_file(entry.path(), acquired);
            }
            Err(error) => {
                let place = error.path().unwrap_or(path).display().to_string();
                acquired.problem(place, &Error::Io(error.into()));
            }
        }
    }
    let place = path.display().to_string();
    if known == 0 {
        acquired.problem(place.clone(), &Error::NoReports);
    }
    if unknown > 0 {
        acquired.note(place, format!("files of other formats passed over: {unknown}"));
    }
}

fn is_no_report(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().to_lowercase();
    let is_documentation = |ending: &str| DOCUMENTATION.contains(&ending) && entry.file_type().is_file();
    name.starts_with('.') || name.rsplit_once('.').is_some_and(|(_, ending)| is_documentation(ending))
}
