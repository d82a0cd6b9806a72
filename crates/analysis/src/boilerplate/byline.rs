//! Who wrote it: bylines, role lines, handles, and the heads of the boxes that such lines open.

use std::sync::LazyLock;

use super::page::{Page, fold};
use crate::wordlist::entries;

const BYLINE: &str = "byline";

/// Marks bylines.
pub(super) fn mark(page: &mut Page<'_>) {
    mark_role_sentences(page);
    for line in 0..page.lines.len() {
        let words = page.line_text(line);
        let shape = match () {
            () if is_handle(words) => "handle",
            () if is_byline(words) => "byline-line",
            () if is_section_label(page, line) => {
                page.mark_line(line, "section label", "section-words");
                continue;
            }
            () => continue,
        };
        page.mark_line(line, BYLINE, shape);
    }
    for line in 0..page.lines.len() {
        if !page.is_marked(line) && is_bare_name(page.line_text(line)) && beside_byline(page, line) {
            page.mark_line(line, BYLINE, "name-beside-byline");
        }
    }
    mark_box_headings(page);
}

/// Marks sentences that are only a role, alone in their line or left over within a paragraph.
fn mark_role_sentences(page: &mut Page<'_>) {
    for unit in 0..page.units.len() {
        if is_role_line(page.units[unit].span.of(page.text)) && !page.units[unit].quoted {
            page.mark(unit, BYLINE, "role-line");
        }
    }
}

/// Marks the short line over a byline in the middle of the report: the heading of a box. The line over the first byline is the
/// report's own headline.
fn mark_box_headings(page: &mut Page<'_>) {
    let first_body = page.first_body_line();
    for line in first_body + 1..page.lines.len().saturating_sub(1) {
        let heading = page.lines[line].is_headline_like() && !page.is_marked(line);
        if heading && page.kind(line + 1) == Some(BYLINE) && line + 1 < page.end_of_body() {
            page.mark_line(line, "box heading", "heading-over-byline");
        }
    }
}

fn beside_byline(page: &Page<'_>, line: usize) -> bool {
    let is_byline = |line: usize| line < page.lines.len() && page.kind(line) == Some(BYLINE);
    is_byline(line + 1) || line > 0 && is_byline(line - 1)
}

/// "@ada_osei"
fn is_handle(line: &str) -> bool {
    line.strip_prefix('@').is_some_and(|name| {
        (2..=30).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

/// "By Ada Osei and Tom Ruiz, Associated Press"
fn is_byline(line: &str) -> bool {
    let Some(names) = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")) else { return false };
    let mut words = names.split([' ', '\u{a0}']).filter(|word| !word.is_empty());
    names.split_whitespace().count() <= 12
        && !names.ends_with(['.', '?', '!', ':'])
        && names.starts_with(char::is_uppercase)
        && words.all(|word| word.starts_with(char::is_uppercase) || is_filler(word))
}

/// Words with small letters that a byline may hold.
fn is_filler(word: &str) -> bool {
    let word = word.trim_matches([',', ';', '|']);
    matches!(
        word,
        "" | "and" | "&" | "in" | "for" | "of" | "the" | "de" | "van" | "von" | "al" | "at" | "-" | "–"
    ) || is_beat(word)
}

/// "Ada Osei"
fn is_bare_name(line: &str) -> bool {
    let count = line.split_whitespace().count();
    (2..=4).contains(&count)
        && line.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
        })
}

/// "Diplomatic editor", "Ada Osei - Senior political correspondent", "Ada Osei, Asia bureau chief"
fn is_role_line(line: &str) -> bool {
    let line = line.strip_suffix('.').unwrap_or(line);
    if line.split_whitespace().count() > 10 {
        return false;
    }
    match line.split_once([',', '–', '|']).or_else(|| line.split_once(" - ")) {
        Some((name, role)) => is_bare_name(name.trim().trim_start_matches("By ")) && is_role(role.trim()),
        None => is_role(line),
    }
}

fn is_role(role: &str) -> bool {
    let mut words: Vec<&str> = role.split_whitespace().collect();
    let Some(last) = words.pop() else { return false };
    let known = words.iter().filter(|word| is_beat(word)).count();
    let capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    has_kind(last, "role")
        && (1..=6).contains(&words.len())
        && known > 0
        && capitals > 0
        && words.iter().all(|word| is_beat(word) || word.starts_with(char::is_uppercase))
        && !words.first().is_some_and(|word| matches!(*word, "The" | "And" | "Of"))
}

fn is_beat(word: &str) -> bool {
    has_kind(word, "beat") || has_kind(word, "role")
}

fn has_kind(word: &str, kind: &str) -> bool {
    let folded = fold(word);
    let first = BEATS.partition_point(|(known, _)| *known < folded.as_str());
    BEATS[first..].iter().take_while(|(known, _)| *known == folded).any(|(_, of)| *of == kind)
}

/// "World News", before the report or after it.
fn is_section_label(page: &Page<'_>, line: usize) -> bool {
    let outside = line < page.first_body_line().min(4) || line >= page.end_of_body();
    let words = page.line_text(line);
    outside
        && page.lines.len() > 1
        && page.lines[line].words <= 4
        && page.lines[line].words > 0
        && words.starts_with(char::is_uppercase)
        && words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| SECTIONS.binary_search(&word.to_lowercase().as_str()).is_ok())
}

static BEATS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let mut beats: Vec<_> =
        entries(include_str!("../../data/beats.txt")).filter_map(|l| l.split_once(' ')).collect();
    beats.sort_unstable();
    beats
});

static SECTIONS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut sections: Vec<_> = entries(include_str!("../../data/sections.txt")).collect();
    sections.sort_unstable();
    sections
});
