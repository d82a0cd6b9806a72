//! What an outlet changed in its report from one version to the next.

use parallax_archive::{Archive, Change, ChangeOp, Error, Event, EventKind, ReportId, Revision};
use serde::Serialize;
use utoipa::ToSchema;

use super::EventPlace;

/// One stretch of a report that its outlet changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Edit {
    /// `replace`, `insert` or `delete`.
    #[schema(value_type = String)]
    pub(super) op: ChangeOp,
    /// The words of the former version; empty for an insertion.
    pub(super) before: String,
    /// The words of the later version; empty for a deletion.
    pub(super) after: String,
    /// Where they begin in the later version, in code points; null where that is read otherwise since.
    start: Option<usize>,
}

impl Edit {
    /// What a reader sees of changes that led to a text.
    pub(super) fn all(changes: Vec<Change>, text: &str) -> Vec<Self> {
        changes.into_iter().filter(Change::is_visible).map(|change| Self::new(change, text)).collect()
    }

    fn new(change: Change, text: &str) -> Self {
        let stands_there = text.get(change.at..).is_some_and(|rest| rest.starts_with(&change.after));
        let before = text.get(..change.at).filter(|_| stands_there);
        let start = before.map(|before| before.chars().count());
        Self { op: change.op, before: change.before, after: change.after, start }
    }

    /// The words that stand there now, in the report of a name.
    pub(super) fn place(&self, report: &str) -> Option<EventPlace> {
        let start = self.start?;
        let end = start + self.after.chars().count();
        Some(EventPlace { report: report.to_owned(), start, end, words: self.after.clone() })
    }
}

/// What the outlet changed in a report when it was acquired as its version of a number.
pub(crate) fn edits(archive: &Archive, report: ReportId, version: u32) -> Result<Vec<Edit>, Error> {
    let revision = archive.revision_of(report, version)?;
    Ok(revision.map_or_else(Vec::new, |Revision { changes, text }| Edit::all(changes, &text)))
}

/// What the outlet changed, where that is what happened.
pub(crate) fn edits_of(archive: &Archive, event: &Event) -> Result<Vec<Edit>, Error> {
    match (event.kind, event.detail["report"].as_str(), version_of(event)) {
        (EventKind::CorrectionAtSource, Some(report), Some(version)) => {
            edits(archive, archive.report(report)?.id, version)
        }
        _ => Ok(Vec::new()),
    }
}

/// The version of a report that an event is about.
pub(super) fn version_of(event: &Event) -> Option<u32> {
    event.detail["version"].as_u64().and_then(|number| u32::try_from(number).ok())
}
