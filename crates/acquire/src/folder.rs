//! Folders.

use std::path::Path;

use walkdir::{DirEntry, FilterEntry, IntoIter, WalkDir};

use crate::format::{Format, is_listing};
use crate::{Error, Event, Meter, Source, open_file};

/// Endings of files that say something about the others.
const DOCUMENTATION: [&str; 4] = ["md", "markdown", "rst", "adoc"];

/// The reports in the folder at `path` and below, in the order of their names. What is plainly no report, hidden files and
/// documentation, is skipped quietly; other files of unknown formats are counted.
pub(crate) fn open(path: &Path, meter: &Meter) -> Source {
    let entries = WalkDir::new(path).sort_by_file_name().into_iter();
    let is_wanted: fn(&DirEntry) -> bool = |entry| entry.depth() == 0 || !is_no_report(entry);
    let mut folder = Folder {
        place: path.display().to_string(),
        meter: meter.clone(),
        entries: entries.filter_entry(is_wanted),
        known: 0,
        unknown: 0,
    };
    let mut is_done = false;
    Box::new(std::iter::from_fn(move || folder.next_file(&mut is_done)).flatten())
}

struct Folder {
    place: String,
    meter: Meter,
    entries: FilterEntry<IntoIter, fn(&DirEntry) -> bool>,
    known: usize,
    unknown: usize,
}

impl Folder {
    /// What the next file gives, and at the end what there is to say of them all.
    fn next_file(&mut self, is_done: &mut bool) -> Option<Source> {
        for entry in self.entries.by_ref() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if is_passed_over(entry.path()) => self.unknown += 1,
                Ok(entry) => {
                    self.known += 1;
                    return Some(open_file(entry.path(), &self.meter));
                }
                Err(error) => {
                    let place = error.path().map_or(self.place.clone(), |path| path.display().to_string());
                    let problem = Event::problem(place, &Error::Io(error.into()));
                    return Some(Box::new(std::iter::once(problem)));
                }
            }
        }
        (!std::mem::replace(is_done, true)).then(|| self.summary())
    }

    fn summary(&self) -> Source {
        let nothing = (self.known == 0).then(|| Event::problem(self.place.clone(), &Error::NoReports));
        let passed = (self.unknown > 0).then(|| {
            let reason = format!("files of other formats passed over: {}", self.unknown);
            Event::note(self.place.clone(), reason)
        });
        Box::new(nothing.into_iter().chain(passed))
    }
}

/// Whether a file is of no format that is read in folders. A listing is not, since a folder is never a reason to go online.
fn is_passed_over(path: &Path) -> bool {
    Format::of(path).is_none() || is_listing(path)
}

fn is_no_report(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().to_lowercase();
    let is_documentation = |ending: &str| DOCUMENTATION.contains(&ending) && entry.file_type().is_file();
    name.starts_with('.') || name.rsplit_once('.').is_some_and(|(_, ending)| is_documentation(ending))
}
