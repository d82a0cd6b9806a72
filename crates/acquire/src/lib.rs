//! Where reports come from: files, folders, JSONL and standard input.
//!
//! One door, [`acquire`], looks at each input and hands it to the reader of its format: plain text and HTML pages,
//! JSONL tables, folders of all these. What cannot be read is a problem with its place and reason, and does not
//! stop the rest.

mod decode;
mod error;
mod file;
mod folder;
mod format;
mod identity;
mod jsonl;

use std::io::{BufRead, stdin};
use std::path::{Path, PathBuf};

use parallax_model::{Problem, RawReport};

use format::Format;

pub use error::Error;

/// The most bytes that a report may have: one file, or one line of a table. A novel has less than two million; what is larger is no
/// report, and the analysis of it would take memory many times its size.
pub const LARGEST_REPORT: usize = 32 << 20;

/// What was acquired, and what could not be.
#[derive(Debug, Default)]
pub struct Acquired {
    /// The reports, in the order of the inputs.
    pub reports: Vec<RawReport>,
    /// What could not be read, with path, line and reason.
    pub problems: Vec<Problem>,
    /// What was read but not as it stands: another encoding, an id that was taken.
    pub notes: Vec<Problem>,
}

/// Reads all reports of the given inputs; `-` is JSONL on standard input. Ids come out unique.
///
/// ```no_run
/// let acquired = parallax_acquire::acquire(&["reports/".into(), "more.jsonl.gz".into()]);
/// for problem in &acquired.problems {
///     eprintln!("{}: {}", problem.place, problem.reason);
/// }
/// ```
pub fn acquire(inputs: &[PathBuf]) -> Acquired {
    let mut acquired = Acquired::default();
    for input in inputs {
        if input.as_os_str() == "-" {
            jsonl::read(stdin().lock(), "-", &mut acquired);
        } else if input.is_dir() {
            folder::read(input, &mut acquired);
        } else {
            read_file(input, &mut acquired);
        }
    }
    identity::make_unique(&mut acquired);
    acquired
}

/// Reads all reports of a table that is called `name` in messages: a JSON object a line. Ids come out unique.
///
/// ```
/// let table = "{\"id\": \"a\", \"text\": \"Rain.\"}\n{\"id\": \n";
/// let acquired = parallax_acquire::read_table(table.as_bytes(), "reports");
/// assert_eq!(acquired.reports.len(), 1);
/// assert_eq!(acquired.problems[0].place, "reports:2");
/// ```
pub fn read_table(table: impl BufRead, name: &str) -> Acquired {
    let mut acquired = Acquired::default();
    jsonl::read(table, name, &mut acquired);
    identity::make_unique(&mut acquired);
    acquired
}

/// Reads the reports of the file at `path`.
fn read_file(path: &Path, acquired: &mut Acquired) {
    let place = path.display().to_string();
    let read = match Format::of(path) {
        Some(Format::Jsonl(compression)) => {
            compression.open(path).map(|lines| jsonl::read(lines, &place, acquired))
        }
        Some(Format::Html(compression)) => file::read_html(path, compression, acquired),
        Some(Format::Text(compression)) => file::read_text(path, compression, acquired),
        None => Err(Error::UnknownFormat),
    };
    if let Err(error) = read {
        acquired.problem(place, &error);
    }
}

impl Acquired {
    fn problem(&mut self, place: String, error: &Error) {
        self.problems.push(Problem { place, reason: error.to_string() });
    }

    fn note(&mut self, place: String, reason: String) {
        self.notes.push(Problem { place, reason });
    }
}
