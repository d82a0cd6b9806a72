//! What a page says about itself.

mod byline;
mod json_ld;
mod marks;
mod names;
mod published;
mod title;

use super::markup::Page;
use marks::Marks;
pub(super) use names::{given_names, split_names};

/// What a report says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    /// The headline.
    pub(super) title: Option<String>,
    /// The title as it is stated, with what sites add to it.
    pub(super) stated_title: Option<String>,
    /// What its statements call it, where that is another thing than the headline.
    pub(super) name: Option<String>,
    /// Who signed it.
    pub(super) authors: Vec<String>,
    /// When it was published, as worded.
    pub(super) published: Option<String>,
    /// When it was changed last, as worded.
    pub(super) updated: Option<String>,
    /// The outlet.
    pub(super) outlet: Option<String>,
    /// The part of the outlet that it appeared in.
    pub(super) section: Option<String>,
    /// The language, as worded.
    pub(super) language: Option<String>,
    /// The canonical address.
    pub(super) url: Option<String>,
    /// Whose work it is, where that is another's than the outlet's.
    pub(super) credit: Option<String>,
    /// The whole text, as the page's statements give it.
    pub(super) text: Option<String>,
}

const OUTLETS: [&str; 4] = ["og:site_name", "application-name", "publisher", "dc.publisher"];
const CREDITS: [&str; 6] = ["dc.source", "dcterms.source", "dc:source", "article:source", "agency", "source"];
const SECTIONS: [&str; 4] = ["article:section", "section", "parsely-section", "sailthru.section"];
const LANGUAGES: [&str; 4] = ["og:locale", "content-language", "language", "dc.language"];

/// Reads what a page says about itself: JSON-LD first, then the marks of OpenGraph and others, then the page's own parts. `url` is
/// where the page was found, `latest` the latest day that it may be of.
pub(super) fn read(page: &Page, url: Option<&str>, latest: Option<&str>) -> Metadata {
    let marks = Marks::read(&page.tree);
    let stated = json_ld::read(&page.statements);
    let outlet = stated.outlet.clone().or_else(|| marks.first(&OUTLETS));
    let address = marks.address.clone().or_else(|| stated.url.clone());
    Metadata {
        name: None,
        title: title::headline(&stated, &marks, outlet.as_deref()),
        stated_title: title::stated(&stated, &marks),
        authors: byline::choose(&stated, &marks, outlet.as_deref()),
        published: published::choose(&stated, &marks, url.or(address.as_deref()), latest),
        updated: published::updated(&stated, &marks),
        section: stated.section.or_else(|| marks.first(&SECTIONS)),
        language: stated.language.or_else(|| marks.language.clone()).or_else(|| marks.first(&LANGUAGES)),
        url: address,
        text: stated.text,
        credit: stated.credit.or_else(|| marks.first(&CREDITS).filter(|credit| !credit.contains('/'))),
        outlet,
    }
}

/// Words with their white space folded, where there are any.
pub(super) fn cleaned(words: &str) -> Option<String> {
    let cleaned = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!cleaned.is_empty()).then_some(cleaned)
}
