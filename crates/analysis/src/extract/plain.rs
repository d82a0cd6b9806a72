//! The head of a plain text.

use super::date;
use super::metadata::{Metadata, cleaned, split_names};

/// How many lines at the beginning and at the end are looked at.
const HEAD: usize = 6;

/// Words that open bylines.
const BYLINES: [&str; 6] = ["By ", "BY ", "Written by ", "Compiled by ", "Reporting by ", "Reported by "];

/// Words that may stand beside the date in a line of its own.
const DATE_LINE_WORDS: [&str; 8] = ["published", "posted", "first", "on", "at", "date", "issued", "filed"];

/// Reads headline, byline and day off a plain text, where its lines give them.
pub(super) fn read_head(text: &str) -> Metadata {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let authors = lines().take(HEAD).chain(lines().rev().take(2)).find_map(authors).unwrap_or_default();
    let published = lines().take(HEAD).find_map(|line| date_line(line).or_else(|| dateline(line)));
    Metadata { title: title(lines().take(HEAD)), authors, published, ..Metadata::default() }
}

/// The date of a line that says nothing else: "Published 11 October 2031".
fn date_line(line: &str) -> Option<String> {
    const MOST_WORDS: usize = 8;
    let is_part = |word: &str| {
        let lower = word.to_lowercase();
        is_of_date(word) || DATE_LINE_WORDS.contains(&&*lower) || lower.ends_with("day")
    };
    let words: Vec<&str> = words_of(line).collect();
    let says_only_when = words.len() <= MOST_WORDS && words.iter().all(|word| is_part(word));
    if says_only_when { day_of_words(&words) } else { None }
}

/// The date of the dateline that opens a paragraph: "PORT ELLERY, October 9, 2031 (Wire) -".
fn dateline(line: &str) -> Option<String> {
    const LONGEST: usize = 90;
    let end = [" — ", " – ", " - ", "—"].iter().filter_map(|dash| line.find(dash)).min()?;
    let head = line.get(..end).filter(|head| head.len() <= LONGEST && is_paragraph(line))?;
    let words: Vec<&str> = words_of(head).collect();
    let opens_with_place = words.first()?.chars().all(char::is_uppercase);
    if opens_with_place { day_of_words(&words) } else { None }
}

fn words_of(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The date that the words give, as worded. A place may begin like a month, so what stands before the date is left out.
fn day_of_words(words: &[&str]) -> Option<String> {
    let first = words.iter().position(|word| is_of_date(word))?;
    let worded = words.get(first..)?.join(" ");
    date::day(&worded).map(|_| worded)
}

/// Whether a word is a number or the name of a month.
fn is_of_date(word: &str) -> bool {
    date::month(word).is_some() || word.starts_with(|c: char| c.is_ascii_digit())
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
