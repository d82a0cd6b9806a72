//! What reading gives, one thing at a time.

use parallax_model::{Problem, RawReport};

use crate::Error;

/// One thing that reading the inputs comes to.
#[allow(
    clippy::large_enum_variant,
    reason = "nearly all events are reports, and are passed on one at a time"
)]
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A report.
    Report(RawReport),
    /// Something that gives no report, with its place and reason. The rest goes on.
    Problem(Problem),
    /// Something that was read, but not as it stands: another encoding, an id that was taken.
    Note(Problem),
}

/// What an input gives, in its order. It reads no further than it is asked to, and holds one report at a time.
pub type Source = Box<dyn Iterator<Item = Event> + Send>;

/// What one file, or one record of a file, came to.
pub(crate) struct Record {
    /// The file, and the line or the record in it.
    pub(crate) place: String,
    pub(crate) read: Result<Found, Error>,
}

/// A report, and how it was read where that was not as it stands.
pub(crate) struct Found {
    pub(crate) report: RawReport,
    pub(crate) note: Option<String>,
}

impl Record {
    /// What there is to tell of the record.
    pub(crate) fn events(self) -> impl Iterator<Item = Event> {
        let Self { place, read } = self;
        let (note, event) = match read {
            Ok(Found { report, note }) => (note, Event::Report(report)),
            Err(error) => (None, Event::problem(place.clone(), &error)),
        };
        note.map(|reason| Event::Note(Problem { place, reason })).into_iter().chain([event])
    }
}

impl Event {
    pub(crate) fn problem(place: String, error: &Error) -> Self {
        Self::Problem(Problem { place, reason: error.to_string() })
    }

    pub(crate) fn note(place: String, reason: String) -> Self {
        Self::Note(Problem { place, reason })
    }
}
