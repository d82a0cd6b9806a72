//! When an article was published and changed.

use super::super::date;
use super::Metadata;
use super::marks::Marks;

const PUBLISHED: [&str; 34] = [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "article.published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "originalpublicationdate",
    "publication_date",
    "publish_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "date_published",
    "published_time",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "dc.date.published",
    "date",
    "og:regdate",
    "weibo:article:create_at",
    "article:create_at",
    "release_date",
    "article:post_date",
    "displaydate",
    "date.available",
    "timestamp",
];
const UPDATED: [&str; 9] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:updated_time",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "revised",
    "lastmod",
];

/// Chooses the wording of the time of publication. Each must name a day, and none after the `latest` that the page may be of.
pub(super) fn choose(
    stated: &Metadata,
    marks: &Marks,
    url: Option<&str>,
    latest: Option<&str>,
) -> Option<String> {
    let names_day = |worded: &String| {
        date::day(worded).is_some_and(|day| latest.is_none_or(|latest| day.as_str() <= latest))
    };
    let stated_day = stated.published.clone().filter(names_day);
    let given = || PUBLISHED.iter().find_map(|name| marks.all(name).map(str::to_owned).find(names_day));
    let marked = || {
        marks
            .times
            .iter()
            .filter(|time| time.is_published && !time.is_updated)
            .map(|time| time.worded.clone())
            .find(names_day)
    };
    let address = || url.and_then(date::of_address).filter(names_day);
    let time =
        || marks.times.iter().filter(|time| !time.is_updated).map(|time| time.worded.clone()).find(names_day);
    let is_day_first =
        marks.language.as_ref().is_some_and(|language| !language.to_lowercase().starts_with("en"));
    let shown = || {
        marks
            .dates
            .iter()
            .chain(&marks.figures)
            .filter_map(|text| date::day_in(text, is_day_first))
            .find(names_day)
    };
    stated_day
        .or_else(given)
        .or_else(marked)
        .or_else(address)
        .or_else(time)
        .or_else(shown)
        .or_else(|| updated(stated, marks).filter(names_day))
        .or_else(|| stated.published.clone().filter(|worded| date::day(worded).is_none()))
}

/// The wording of the time of the last change.
pub(super) fn updated(stated: &Metadata, marks: &Marks) -> Option<String> {
    let marked = || marks.times.iter().find(|time| time.is_updated).map(|time| time.worded.clone());
    stated.updated.clone().or_else(|| marks.first(&UPDATED)).or_else(marked)
}
