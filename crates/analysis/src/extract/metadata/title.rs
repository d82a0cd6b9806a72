//! The title as stated and the headline.

use std::collections::BTreeSet;

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

/// Chooses the title as the page states it: for machines, else the page's own without its last part, which is the site's name. What
/// stands in a statement stands here, "Dam breaks | Lindach Post" too.
pub(super) fn stated(stated: &Metadata, marks: &Marks) -> Option<String> {
    const FEWEST_WORDS: usize = 5;
    let own = || {
        let title = marks.title.as_deref()?;
        let head = split_last(title).map(|(head, _)| head);
        let head = head.filter(|head| head.split_whitespace().count() >= FEWEST_WORDS);
        Some(head.unwrap_or(title).to_owned())
    };
    stated_title(stated, marks).or_else(|| marks.first(&TITLES)).or_else(own).or_else(|| heading(marks))
}

/// Chooses the headline: the heading that says what the title says, else the only heading, else the title without the site's name.
pub(super) fn headline(stated: &Metadata, marks: &Marks, outlet: Option<&str>) -> Option<String> {
    const FEWEST_WORDS: usize = 3;
    let given = stated_title(stated, marks).or_else(|| marks.first(&TITLES));
    let clean = match (&given, &marks.title) {
        (Some(given), _) => Some(without_outlet(given, outlet, marks)),
        (None, Some(title)) => Some(without_site(title, marks)),
        (None, None) => None,
    };
    let Some(clean) = clean else { return heading(marks) };
    let is_headline =
        |text: &str| !outlet.is_some_and(|outlet| same(outlet, text)) && says_the_same(text, &clean);
    let texts = || marks.headings.iter().filter_map(|heading| cleaned(&heading.text));
    if let Some(heading) = texts().find(|text| is_headline(text)) {
        return Some(without_kicker(heading, &clean));
    }
    let only = texts().next().filter(|_| marks.headings.len() == 1);
    let is_long = |text: &String| text.split_whitespace().count() >= FEWEST_WORDS;
    only.filter(is_long).filter(|text| !outlet.is_some_and(|outlet| same(outlet, text))).or(Some(clean))
}

/// Whether most words of the shorter of two titles stand in the other.
fn says_the_same(heading: &str, title: &str) -> bool {
    const FEWEST_WORDS: usize = 2;
    const MOST: f64 = 0.7;
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect::<BTreeSet<String>>()
    };
    let (a, b) = (words(heading), words(title));
    let shared = a.intersection(&b).count() as f64;
    a.len() >= FEWEST_WORDS && shared >= MOST * a.len().min(b.len()) as f64
}

/// A heading without the label before its headline, where the title is the headline alone: "Floods Water reaches the church".
fn without_kicker(heading: String, title: &str) -> String {
    let is_tail = heading.len() > title.len()
        && heading.ends_with(title)
        && 2 * title.len() > heading.len()
        && title.split_whitespace().count() >= 3;
    if is_tail { title.to_owned() } else { heading }
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
    // A bar parts a headline from what the site adds.
    const FEWEST_WORDS: usize = 4;
    let is_barred = given.len() == head.len() + " | ".len() + tail.len()
        && given.get(head.len()..).is_some_and(|rest| rest.starts_with(" | "))
        && head.split_whitespace().count() >= FEWEST_WORDS;
    if is_outlet || is_shown || is_barred { head.to_owned() } else { given.to_owned() }
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
