//! What stands around every page.

use crate::web::assets::VERSION;
use crate::web::site::Site;

/// What stands around a page: the way to the other pages, and the search.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// The version of the files that pages load.
    pub(crate) version: &'static str,
    /// What was searched for.
    pub(crate) query: String,
    /// The place among [`Frame::PLACES`] that the page is.
    pub(crate) here: &'static str,
    /// Whether the reader may see the archive.
    pub(crate) is_open: bool,
    pub(crate) is_read_only: bool,
}

impl Frame {
    /// The places that every page leads to.
    pub(crate) const PLACES: &'static [(&'static str, &'static str)] = &[
        ("/", "Stories"),
        ("/corrections", "Corrections"),
        ("/import", "Add reports"),
        ("/api/docs/", "API"),
        ("/help", "Help"),
    ];

    pub(crate) fn new(site: &Site, here: &'static str) -> Self {
        let is_read_only = site.settings.is_read_only;
        Self { version: &VERSION, query: String::new(), here, is_open: true, is_read_only }
    }

    /// The frame of a page that anybody may see.
    pub(crate) fn closed() -> Self {
        Self { version: &VERSION, query: String::new(), here: "", is_open: false, is_read_only: true }
    }
}
