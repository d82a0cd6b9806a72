//! Folders.

use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::format::Format;
use crate::{Acquired, Error, read_file};

/// Reads all reports in the folder at `path` and below, in the order of their names. Files of other kinds are counted, hidden
/// ones passed over.
pub(crate) fn read(path: &Path, acquired: &mut Acquired) {
    let (mut known, mut unknown) = (0_usize, 0_usize);
    let entries = WalkDir::new(path).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
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

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}
