//! Who signed an article.

use super::Metadata;
use super::marks::{Form, Marks};

const AUTHORS: [&str; 14] = [
    "dc.creator",
    "dc:creator",
    "dcterms.creator",
    "dcterm.creator",
    "dcterm:creator",
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "byl",
    "og:author",
    "dc.contributor",
    "citation_author",
];

/// Words that open bylines, lower-case.
const OPENINGS: [&str; 24] = [
    "by ",
    "by:",
    "written by ",
    "words by ",
    "story by ",
    "reported by ",
    "posted by ",
    "published by ",
    "compiled by ",
    "reviewed by ",
    "von ",
    "von:",
    "par ",
    "por ",
    "di ",
    "door ",
    "autor:",
    "autorin:",
    "autor ",
    "author:",
    "authors:",
    "text:",
    "ein beitrag von ",
    "geschrieben von ",
];

/// Chooses the authors: as the page states them for machines, else as it shows them.
pub(super) fn choose(stated: &Metadata, marks: &Marks, outlet: Option<&str>) -> Vec<String> {
    let is_author = |name: &String| !outlet.is_some_and(|outlet| outlet.eq_ignore_ascii_case(name));
    let named: Vec<String> =
        AUTHORS.iter().map(|name| meta(marks, name)).find(|names| !names.is_empty()).unwrap_or_default();
    for names in [stated.authors.clone(), named] {
        let names: Vec<String> = deduplicated(names).into_iter().filter(is_author).collect();
        if !names.is_empty() {
            return names;
        }
    }
    let mut forms: Vec<(Form, Vec<String>)> =
        marks.signatures.iter().map(|signature| (signature.form, shown(&signature.text))).collect();
    forms.retain(|(_, names)| !names.is_empty());
    forms.sort_by_key(|(form, _)| *form);
    let names = forms.into_iter().next().map(|(_, names)| names).unwrap_or_default();
    deduplicated(names).into_iter().filter(is_author).collect()
}

fn meta(marks: &Marks, name: &str) -> Vec<String> {
    marks.all(name).flat_map(given_names).collect()
}

/// The names in a field that gives authors: single names too, but no addresses.
pub(super) fn given_names(field: &str) -> Vec<String> {
    parts(field).filter(|name| is_given(name)).map(str::to_owned).collect()
}

/// The names in a byline that a page shows: its first line with a name.
fn shown(text: &str) -> Vec<String> {
    let is_opened = text.lines().any(|line| opened(line).is_some());
    for line in text.lines() {
        let named = opened(line);
        if is_opened && named.is_none() {
            continue;
        }
        let names: Vec<String> = parts(named.unwrap_or(line))
            .map(until_figures)
            .filter(|name| is_given(name))
            .map(str::to_owned)
            .collect();
        if !names.is_empty() {
            return names;
        }
    }
    // "By" may stand on a line of its own.
    let mut lines = text.lines().skip_while(|line| opened(&format!("{line} ")).is_none()).skip(1);
    lines
        .next()
        .map(|line| parts(line).map(until_figures).filter(|name| is_given(name)).map(str::to_owned).collect())
        .unwrap_or_default()
}

/// The name before a date.
fn until_figures(name: &str) -> &str {
    let end = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
    name.get(..end).unwrap_or(name).trim()
}

fn opened(line: &str) -> Option<&str> {
    let line = line.trim_start();
    OPENINGS.iter().find_map(|opening| {
        let start = line.get(..opening.len())?;
        start.eq_ignore_ascii_case(opening).then(|| line.get(opening.len()..)).flatten()
    })
}

fn parts(byline: &str) -> impl Iterator<Item = &str> {
    let byline = byline.trim();
    let names = opened(byline).unwrap_or(byline);
    names
        .split([',', ';', '|', '&', '\n', '•'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" und "))
        .map(str::trim)
        .map(|name| opened(name).unwrap_or(name).trim())
        .filter(|name| !name.is_empty())
}

fn is_given(name: &str) -> bool {
    name.split_whitespace().count() <= 6
        && name.len() <= 80
        && name.contains(char::is_alphabetic)
        && !name.contains("://")
        && !name.contains("www.")
        && !name.contains(['@', '{', '<', '='])
}

fn deduplicated(names: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !kept.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            kept.push(name);
        }
    }
    kept
}

/// The names in a byline: "By Ada Osei and Tom Ruiz, Lindach Post". What does not look like a name is left out.
pub(in crate::extract) fn split_names(byline: &str) -> Vec<String> {
    parts(byline).filter(|name| is_name(name)).map(str::to_owned).collect()
}

/// Whether `name` looks like a person's: two to five words, no figures, no address.
fn is_name(name: &str) -> bool {
    (2..=5).contains(&name.split_whitespace().count())
        && name.starts_with(char::is_uppercase)
        && name.len() <= 60
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '@' | ':' | '!' | '?'))
}
