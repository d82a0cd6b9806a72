//! The headline.

use super::Metadata;
use super::cleaned;
use super::marks::Marks;

const TITLES: [&str; 12] = [
    "dc:title",
    "dc.title",
    "dcterm:title",
    "dcterm.title",
    "dcterms.title",
    "og:title",
    "twitter:title",
    "headline",
    "parsely-title",
    "sailthru.title",
    "title",
    "weibo:article:title",
];

/// What stands between a headline and the name of the site or section.
const SEPARATORS: [&str; 12] =
    [" | ", " - ", " – ", " — ", " · ", " » ", " › ", " :: ", " • ", " / ", " > ", " « "];

/// Chooses the headline: as the page states it for machines, else the page's title without the site's name, else the only heading.
pub(super) fn choose(stated: &Metadata, marks: &Marks, outlet: Option<&str>) -> Option<String> {
    let given = stated_title(stated, marks).or_else(|| marks.first(&TITLES));
    if let Some(given) = given {
        return Some(without_outlet(&given, outlet, marks));
    }
    let heading = heading(marks);
    let Some(title) = &marks.title else { return heading };
    Some(without_site(title, marks))
}

/// The headline that the statements give; their name of the page where only that opens its title.
fn stated_title(stated: &Metadata, marks: &Marks) -> Option<String> {
    let opens_title =
        |name: &&String| marks.title.as_ref().is_some_and(|title| title.starts_with(name.as_str()));
    let name = stated
        .name
        .as_ref()
        .filter(opens_title)
        .filter(|_| !stated.title.as_ref().is_some_and(|title| opens_title(&title)));
    name.or(stated.title.as_ref()).cloned()
}

fn heading(marks: &Marks) -> Option<String> {
    let headline = marks.headings.iter().find(|heading| heading.is_headline).or(marks.headings.first())?;
    cleaned(&headline.text)
}

/// A stated headline without the name of the outlet behind it, or as the page shows it.
fn without_outlet(given: &str, outlet: Option<&str>, marks: &Marks) -> String {
    let Some((head, tail)) = split_last(given) else { return given.to_owned() };
    let is_outlet = outlet.is_some_and(|outlet| same(outlet, tail));
    let is_shown = marks.headings.iter().any(|heading| same(&heading.text, head));
    if is_outlet || is_shown { head.to_owned() } else { given.to_owned() }
}

/// A page's title without the name of the site: the part that a heading shows, else the longest part when another is short.
fn without_site(title: &str, marks: &Marks) -> String {
    let parts = parts_of(title);
    if parts.len() < 2 {
        return title.to_owned();
    }
    let shown = marks.headings.iter().find(|heading| {
        title.len() > heading.text.len()
            && 2 * heading.text.len() > title.len()
            && title.contains(heading.text.as_str())
    });
    if let Some(shown) = shown {
        return shown.text.clone();
    }
    let (head, _) = split_last(title).unwrap_or((title, ""));
    const FEWEST_WORDS: usize = 3;
    let is_shown = marks.headings.iter().any(|heading| same(&heading.text, head));
    if is_shown || head.split_whitespace().count() >= FEWEST_WORDS {
        return head.to_owned();
    }
    heading(marks)
        .filter(|heading| heading.split_whitespace().count() >= FEWEST_WORDS)
        .unwrap_or_else(|| title.to_owned())
}

fn parts_of(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for separator in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    parts
}

/// The title before its last separator, and what stands behind.
fn split_last(title: &str) -> Option<(&str, &str)> {
    let (at, separator) =
        SEPARATORS.iter().filter_map(|separator| Some((title.rfind(separator)?, separator))).max()?;
    let (head, tail) = (title.get(..at)?.trim(), title.get(at + separator.len()..)?.trim());
    (!head.is_empty() && !tail.is_empty()).then_some((head, tail))
}

/// Whether two names are the same but for case, white space and marks.
fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    letters(a) == letters(b)
}
