//! Where reports come from: files, folders, JSONL, standard input, addresses and feeds.
//!
//! One door, [`stream`], looks at each input and hands it to the reader of its format: plain text and HTML pages; tables as
//! JSONL, CSV or Parquet; ninjs and NewsML-G2 items; web archives; folders of all these; addresses of pages and feeds, files of
//! feeds. It gives one [`Event`] at a time: a report, or what could not be read with its place
//! and reason, which does not stop the rest. [`acquire`] gathers all of them.
//!
//! A new kind of input is an arm of `open` that returns a [`Source`]; a new format of files is an arm of `open_file`.

mod bounded;
mod columns;
mod decode;
mod error;
mod event;
pub mod feed;
pub mod fetch;
mod file;
mod folder;
mod format;
mod identity;
mod json;
mod jsonl;
mod meter;
mod newsml;
pub mod online;
#[cfg(feature = "parquet")]
mod parquet;
mod separated;
mod standard;
mod warc;

use std::io::{self, BufRead, Cursor};
use std::path::{Path, PathBuf};

use parallax_model::{Problem, RawReport};

use event::Record;
use format::{Compression, Format};
use identity::Ids;
use online::{Crawler, Ledger, Online};

pub use error::Error;
pub use event::{Event, Source};
pub use meter::{Meter, size};

/// The most bytes that a report may have: one file, or one line of a table. A novel has less than two million; what is larger is no
/// report, and the analysis of it would take memory many times its size.
pub const LARGEST_REPORT: usize = 32 << 20;

/// Reads the reports of the given inputs one at a time; `-` is JSONL on standard input. Of two reports with the same id the later one is given
/// another. Nothing is kept of what was read but a hash of each id, and nothing is read before it is asked for. `meter` tells how
/// far reading has come.
///
/// ```no_run
/// use parallax_acquire::{Event, Meter, stream};
/// for event in stream(vec!["reports/".into(), "more.jsonl.gz".into()], &Meter::default()) {
///     match event {
///         Event::Report(report) => println!("{}", report.id),
///         Event::Problem(problem) | Event::Note(problem) => eprintln!("{}: {}", problem.place, problem.reason),
///     }
/// }
/// ```
pub fn stream(inputs: Vec<PathBuf>, meter: &Meter) -> Source {
    stream_with(inputs, &Online::default(), meter)
}

/// The same, where `online` says how addresses among the inputs are read.
pub fn stream_with(inputs: Vec<PathBuf>, online: &Online, meter: &Meter) -> Source {
    let mut ids = Ids::default();
    Box::new(events(inputs, online, meter).flat_map(move |event| ids.admit(event)))
}

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

/// Reads all reports of the given inputs at once, for work that needs them all. Ids come out unique, and which report keeps an id does not
/// depend on the order of the inputs.
///
/// ```no_run
/// let acquired = parallax_acquire::acquire(&["reports/".into(), "more.jsonl.gz".into()]);
/// for problem in &acquired.problems {
///     eprintln!("{}: {}", problem.place, problem.reason);
/// }
/// ```
pub fn acquire(inputs: &[PathBuf]) -> Acquired {
    acquire_with(inputs, &Online::default())
}

/// The same, where `online` says how addresses among the inputs are read.
pub fn acquire_with(inputs: &[PathBuf], online: &Online) -> Acquired {
    events(inputs.to_vec(), online, &Meter::default()).collect()
}

/// Reads all reports in `bytes` as those of a file that is called `name`, whose ending tells the format: any of those that hold several
/// reports and need no file. Ids come out unique.
///
/// ```
/// let table = "{\"id\": \"a\", \"text\": \"Rain.\"}\n{\"id\": \n";
/// let acquired = parallax_acquire::read_bytes(table.into(), "reports.jsonl");
/// assert_eq!(acquired.reports.len(), 1);
/// assert_eq!(acquired.problems[0].place, "reports.jsonl:2");
/// ```
pub fn read_bytes(bytes: Vec<u8>, name: &str) -> Acquired {
    let path = Path::new(name);
    let opened = Format::of(path).ok_or(Error::UnknownFormat);
    let opened = opened.and_then(|format| open_collection(format, Box::new(Cursor::new(bytes)), path));
    opened.unwrap_or_else(|error| failed(path, &error)).collect()
}

/// What the inputs give, one after the other, with the ids that they give. A client is made when the first address needs one.
fn events(
    inputs: Vec<PathBuf>,
    online: &Online,
    meter: &Meter,
) -> impl Iterator<Item = Event> + Send + use<> {
    let (meter, online) = (meter.clone(), online.clone());
    let mut crawler = None;
    inputs.into_iter().flat_map(move |input| {
        open(&input, &meter, || {
            crawler.get_or_insert_with(|| Crawler::new(&online, Ledger::default(), &meter)).clone()
        })
    })
}

/// What one input gives. This is where a new kind of input plugs in.
fn open(input: &Path, meter: &Meter, crawler: impl FnOnce() -> Crawler) -> Source {
    if input.as_os_str() == "-" {
        standard::open()
    } else if online::is_elsewhere(input) {
        failed(input, &Error::OtherScheme)
    } else if online::is_address(input) || format::is_listing(input) {
        crawler().open(input.to_owned())
    } else if input.is_dir() {
        folder::open(input, meter)
    } else {
        open_file(input, meter)
    }
}

/// What the file at `path` gives. This is where a new format plugs in.
fn open_file(path: &Path, meter: &Meter) -> Source {
    let opened = match Format::of(path) {
        Some(Format::Text(compression)) => Ok(one(file::read_text(path, compression, meter))),
        Some(Format::Html(compression)) => Ok(one(file::read_html(path, compression, meter))),
        #[cfg(feature = "parquet")]
        Some(Format::Parquet) => parquet::open(path, path.display().to_string(), file::stem(path)),
        Some(format) => {
            Compression::None.open(path, meter).and_then(|file| open_collection(format, file, path))
        }
        None if !path.exists() => Err(io::Error::from(io::ErrorKind::NotFound).into()),
        // A listing in a folder is passed over: a folder is never a reason to go online.
        None => Err(Error::UnknownFormat),
    };
    opened.unwrap_or_else(|error| failed(path, &error))
}

/// What a file of several reports gives.
fn open_collection(format: Format, file: Box<dyn BufRead + Send>, path: &Path) -> Result<Source, Error> {
    let name = path.display().to_string();
    Ok(match format {
        Format::Jsonl(compression) => jsonl::open(compression.undo(file)?, name),
        Format::Json(compression) => json::open(compression.undo(file)?, name),
        Format::Xml(compression) => newsml::open(compression.undo(file)?, name),
        Format::Separated(compression) => separated::open(compression.undo(file)?, name, file::stem(path)),
        Format::Warc(compression) => warc::open(file, compression, name)?,
        _ => return Err(Error::UnknownFormat),
    })
}

fn failed(path: &Path, error: &Error) -> Source {
    Box::new(std::iter::once(Event::problem(path.display().to_string(), error)))
}

/// What a file that holds one report gives.
fn one(record: Record) -> Source {
    Box::new(record.events())
}

impl FromIterator<Event> for Acquired {
    fn from_iter<I: IntoIterator<Item = Event>>(events: I) -> Self {
        let mut acquired = Self::default();
        for event in events {
            acquired.add(event);
        }
        for note in identity::make_unique(&mut acquired.reports) {
            acquired.add(note);
        }
        acquired
    }
}

impl Acquired {
    fn add(&mut self, event: Event) {
        match event {
            Event::Report(report) => self.reports.push(report),
            Event::Problem(problem) => self.problems.push(problem),
            Event::Note(note) => self.notes.push(note),
        }
    }
}
