//! Reading reports on all cores, but for those that the archive has.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use parallax_analysis::story::Profile;
use parallax_archive::{Archive, Error, Put};
use parallax_model::{Article, Body, Document, Problem, RawReport};

/// Reads reports, and passes over what is in the archive just so.
pub(crate) struct Reader {
    archive: Mutex<Archive>,
}

/// A report, read as far as it needs to be.
pub(crate) enum Reading {
    /// It is in the archive as it is.
    Known(Put),
    /// It was read.
    Read(Box<Read>),
}

/// A report that was read.
pub(crate) struct Read {
    pub(crate) raw: RawReport,
    pub(crate) document: Document,
    /// What it is about.
    pub(crate) profile: Profile,
}

impl Reader {
    /// A reader of what is not yet in the archive at `path`.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        Ok(Self { archive: Mutex::new(Archive::open(path)?) })
    }

    /// Reads a report, unless it is known.
    pub(crate) fn read(&self, raw: RawReport) -> Reading {
        let archive = self.archive.lock().unwrap_or_else(PoisonError::into_inner);
        // Where the archive cannot be asked, the writer will find out why.
        let known = archive.known(&raw).ok().flatten();
        drop(archive);
        known.map_or_else(|| read(raw), Reading::Known)
    }
}

/// Reads a report. One that a stage fails on is kept as it came, with the problem.
pub(crate) fn read(raw: RawReport) -> Reading {
    let document = catch_unwind(AssertUnwindSafe(|| parallax_analysis::read_alone(raw.clone())));
    let document = document.unwrap_or_else(|_| unread(&raw));
    let profile = Profile::of(&document);
    Reading::Read(Box::new(Read { raw, document, profile }))
}

/// What a report is about.
pub(super) fn profile(raw: RawReport) -> Profile {
    Profile::of(&parallax_analysis::read_words(raw))
}

fn unread(raw: &RawReport) -> Document {
    let problem =
        Problem { place: raw.place.clone(), reason: "a stage failed; the report is kept unread".into() };
    let text = match &raw.body {
        Body::Text(text) => text.clone(),
        Body::Html(_) => String::new(),
    };
    let article = Article {
        id: raw.id.clone(),
        source: raw.source.clone(),
        title: raw.title.clone(),
        url: raw.url.clone(),
        language: raw.language.clone(),
        authors: raw.authors.clone(),
        credit: raw.credit.clone(),
        text,
        problems: vec![problem],
        ..Article::default()
    };
    Document { article, ..Document::default() }
}
