//! An archive of reports in one SQLite file: what was acquired, what the stages found in it, stories, what changed,
//! corrections, full-text search.
//!
//! An [`Archive`] is read by any number of processes at a time, also while one writes; a [`Writer`] adds to it, one at a time: the
//! next waits. What belongs together is written in a [`Batch`], which is there as a whole once it is committed and leaves no trace before.
//!
//! ```
//! use parallax_archive::{Archive, Fate, Finding, Query, Writer, keep_waiting};
//! use parallax_model::{Article, Body, Document, RawReport};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("news.db");
//! let text = "The Harlow dam broke on Monday.";
//! let raw = RawReport {
//!     id: "wire-1".into(), place: "wire-1.txt".into(), source: Some("Harlow Wire".into()),
//!     body: Body::Text(text.into()),
//!     ..RawReport::default()
//! };
//! let article = Article { id: "wire-1".into(), text: text.into(), ..Article::default() };
//! let document = Document { article, ..Document::default() };
//!
//! let mut writer = Writer::open(&path, keep_waiting)?;
//! let batch = writer.batch()?;
//! let at = jiff::Timestamp::UNIX_EPOCH;
//! let put = batch.put(&Finding { raw: &raw, document: &document, stages: 1 }, at)?;
//! assert_eq!(put.fate, Fate::New);
//! batch.commit()?;
//!
//! let archive = Archive::open(&path)?;
//! let found = archive.search(&"harlow dam".parse::<Query>()?, 10, None)?;
//! assert_eq!(found.hits[0].report.name, "wire-1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The archive reads no clock: the moment at which something happens comes from the caller.

mod address;
mod alert;
mod archive;
mod backup;
mod change;
mod comparison;
mod correction;
mod digest;
mod error;
mod event;
mod finding;
mod identity;
mod lock;
mod moment;
mod put;
mod query;
mod rank;
mod report;
mod schema;
mod search;
mod snippet;
mod stored;
mod story;
mod told;
mod verify;
mod watch;

pub use alert::{Alert, Delivery, DeliveryState, Receiver};
pub use archive::{Archive, Batch, Writer};
pub use change::{Change, ChangeOp};
pub use comparison::{Fingerprint, KeptComparison, NewComparison};
pub use correction::{Anchor, Correction, CorrectionId, Right};
pub use error::{Error, ErrorKind};
pub use event::{Event, EventId, EventKind};
pub use finding::{ArticleRecord, BoilerplateRecord, Finding, QuotationRecord};
pub use lock::{Holder, keep_waiting};
pub use put::{Fate, Put};
pub use query::{Query, QueryError};
pub use report::{Heading, Report, ReportId, Revision, Version};
pub use search::{Cursor, Found, Hit};
pub use snippet::Snippet;
pub use story::{KeptStory, Member, Membership, Story, StoryId};
pub use verify::Fault;
