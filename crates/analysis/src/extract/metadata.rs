//! What a page says about itself.

use dom_query::Document;

use super::json_ld;

/// What a report says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    /// The headline.
    pub(super) title: Option<String>,
    /// Who signed it.
    pub(super) authors: Vec<String>,
    /// When it was published, as worded.
    pub(super) published: Option<String>,
    /// The outlet.
    pub(super) outlet: Option<String>,
    /// The language, as worded.
    pub(super) language: Option<String>,
    /// The canonical address.
    pub(super) url: Option<String>,
}

const TITLES: [&str; 4] = [
    "meta[property='og:title']",
    "meta[name='twitter:title'],meta[property='twitter:title']",
    "meta[name='dc.title'],meta[name='DC.title'],meta[name='parsely-title'],meta[name='sailthru.title']",
    "meta[itemprop='headline']",
];
const DATES: [&str; 6] = [
    "meta[property='article:published_time'],meta[name='article:published_time'],meta[property='og:published_time']",
    "meta[itemprop='datePublished'],meta[name='parsely-pub-date'],meta[name='sailthru.date']",
    "meta[name='date'],meta[name='pubdate'],meta[name='publishdate'],meta[name='publish-date'],meta[name='publish_date']",
    "meta[name='dc.date'],meta[name='DC.date'],meta[name='DC.date.issued'],meta[name='dc.date.issued'],meta[name='dcterms.date'],meta[name='dcterms.created']",
    "meta[property='article:published'],meta[name='article.published'],meta[name='cXenseParse:recs:publishtime'],meta[name='timestamp']",
    "meta[property='og:article:published_time'],meta[name='article_date_original'],meta[name='OriginalPublicationDate']",
];
const AUTHORS: [&str; 3] = [
    "meta[name='author'],meta[property='author'],meta[itemprop='author']",
    "meta[property='article:author'],meta[name='article:author'],meta[name='parsely-author'],meta[name='sailthru.author'],meta[name='byl']",
    "meta[name='dc.creator'],meta[name='DC.creator'],meta[name='dcterms.creator']",
];
const ADDRESSES: [&str; 2] = ["link[rel='canonical']", "meta[property='og:url']"];

/// Reads what a page says about itself: JSON-LD first, then the marks of OpenGraph and others, then the page's own parts.
pub(super) fn read(page: &Document) -> Metadata {
    let stated = json_ld::read(page);
    let outlet = stated
        .outlet
        .or_else(|| content(page, "meta[property='og:site_name'],meta[name='application-name']"));
    let title = stated.title.or_else(|| first_content(page, &TITLES)).or_else(|| heading(page));
    let authors = if stated.authors.is_empty() { authors(page) } else { stated.authors };
    Metadata {
        title: title.map(|title| without_outlet(&title, outlet.as_deref())),
        authors,
        published: stated.published.or_else(|| first_content(page, &DATES)).or_else(|| time(page)),
        outlet,
        language: stated
            .language
            .or_else(|| attribute(page, "html[lang]", "lang"))
            .or_else(|| content(page, "meta[property='og:locale'],meta[http-equiv='content-language']")),
        url: address(page).or(stated.url),
    }
}

fn first_content(page: &Document, selectors: &[&str]) -> Option<String> {
    selectors.iter().find_map(|selector| content(page, selector))
}

fn content(page: &Document, selector: &str) -> Option<String> {
    attribute(page, selector, "content")
}

fn attribute(page: &Document, selector: &str, name: &str) -> Option<String> {
    page.select(selector).iter().find_map(|element| cleaned(&element.attr(name)?))
}

/// The only first heading, else the page's title.
fn heading(page: &Document) -> Option<String> {
    let headings = page.select("h1");
    let only = (headings.length() == 1).then(|| cleaned(&headings.text())).flatten();
    only.or_else(|| cleaned(&page.select("head title").text()))
}

/// The first time that the page marks up, times of publication first.
fn time(page: &Document) -> Option<String> {
    ["time[pubdate]", "time[itemprop='datePublished']", "[itemprop='datePublished']", "article time", "time"]
        .iter()
        .find_map(|selector| {
            attribute(page, selector, "datetime").or_else(|| attribute(page, selector, "content"))
        })
}

fn authors(page: &Document) -> Vec<String> {
    let stated = AUTHORS.iter().flat_map(|selector| {
        let elements = page.select(selector);
        elements
            .iter()
            .filter_map(|element| element.attr("content"))
            .map(|name| name.to_string())
            .collect::<Vec<_>>()
    });
    let stated: Vec<String> = stated.flat_map(|names| split_names(&names)).collect();
    if !stated.is_empty() {
        return deduplicated(stated);
    }
    let shown = [
        "a[rel='author']",
        "[itemprop='author'] [itemprop='name']",
        "[itemprop='author']",
        ".byline",
        ".author",
    ];
    let shown = shown.iter().find_map(|selector| {
        let names: Vec<String> =
            page.select(selector).iter().flat_map(|element| split_names(&element.text())).collect();
        (!names.is_empty()).then_some(names)
    });
    deduplicated(shown.unwrap_or_default())
}

fn deduplicated(names: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}

/// The names in a byline: "By Ada Osei and Tom Ruiz, Lindach Post". What does not look like a name is left out.
pub(super) fn split_names(byline: &str) -> Vec<String> {
    let byline = byline.trim();
    let names = ["By ", "by ", "BY "].iter().find_map(|by| byline.strip_prefix(by)).unwrap_or(byline);
    names
        .split([',', ';', '|', '&', '\n', '•'])
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|name| is_name(name))
        .map(str::to_owned)
        .collect()
}

/// Whether `name` looks like a person's: two to five words, no figures, no address.
fn is_name(name: &str) -> bool {
    (2..=5).contains(&name.split_whitespace().count())
        && name.starts_with(char::is_uppercase)
        && name.len() <= 60
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '@' | ':' | '!' | '?'))
}

/// The canonical address, where it is a whole one.
fn address(page: &Document) -> Option<String> {
    ADDRESSES
        .iter()
        .find_map(|selector| attribute(page, selector, "href").or_else(|| content(page, selector)))
        .filter(|url| url.starts_with("http://") || url.starts_with("https://"))
}

/// A title without the outlet's name behind it.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet else { return title.to_owned() };
    let stem = title.trim_end().strip_suffix(outlet).map(str::trim_end);
    let headline = stem.and_then(|stem| stem.strip_suffix(['|', '-', '–', '—', '·', ':']));
    headline.map(str::trim_end).filter(|headline| !headline.is_empty()).unwrap_or(title).to_owned()
}

/// Words with their white space folded, where there are any.
pub(super) fn cleaned(words: &str) -> Option<String> {
    let cleaned = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!cleaned.is_empty()).then_some(cleaned)
}
