//! The head of a plain text.

use super::metadata::{Metadata, cleaned, split_names};

/// How many lines at the beginning and at the end are looked at.
const HEAD: usize = 6;

/// Words that open bylines.
const BYLINES: [&str; 6] = ["By ", "BY ", "Written by ", "Compiled by ", "Reporting by ", "Reported by "];

/// Reads headline and byline off a plain text, where its lines give them.
pub(super) fn read_head(text: &str) -> Metadata {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let authors = lines().take(HEAD).chain(lines().rev().take(2)).find_map(authors).unwrap_or_default();
    Metadata { title: title(lines().take(HEAD)), authors, ..Metadata::default() }
}

/// The first line before the first paragraph that looks like a headline. A line of one or two words is a section's name.
fn title<'a>(lines: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut headline = None;
    for line in lines {
        if is_paragraph(line) {
            return headline.and_then(|line: &str| cleaned(without_site(line)));
        }
        if headline.is_none() && is_headline(line) {
            headline = Some(line);
        }
    }
    None
}

fn is_paragraph(line: &str) -> bool {
    line.split_whitespace().count() >= 8 && ends_with_stop(line)
}

fn is_headline(line: &str) -> bool {
    (3..=25).contains(&line.split_whitespace().count())
        && !ends_with_stop(line)
        && !line.ends_with([':', ','])
        && line.starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '‘' | '“' | '\'' | '"')
        })
        && authors(line).is_none()
}

fn ends_with_stop(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')']).ends_with(['.', '!'])
}

/// A headline without the name of the site behind a bar.
fn without_site(line: &str) -> &str {
    line.split_once(" | ").map_or(line, |(headline, _)| headline)
}

/// The names in a line that is a byline.
fn authors(line: &str) -> Option<Vec<String>> {
    let names = BYLINES.iter().find_map(|by| line.strip_prefix(by))?;
    let is_short = names.split_whitespace().count() <= 10 && !line.ends_with(['.', '?', '!']);
    let is_names = names.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || word == "and");
    Some(split_names(names)).filter(|names| is_short && is_names && !names.is_empty())
}
