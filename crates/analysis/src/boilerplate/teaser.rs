//! Headlines of other reports between the sentences of this one.

use std::sync::LazyLock;

use super::page::Page;
use crate::wordlist::entries;

const LINK: &str = "related link";

/// Verbs that open the teasers which stand beside labelled ones. Question words do so too, but as often open sentences of the
/// report.
const OPENERS: [&str; 8] = ["meet", "see", "watch", "listen", "read", "explore", "discover", "inside"];

/// Marks labelled teasers ("Harbour strike: Port stays shut"), and unlabelled ones beside them.
pub(super) fn mark(page: &mut Page<'_>) {
    let first_body = page.first_body_line();
    for line in 0..page.lines.len() {
        let is_head = line < first_body || page.lines.len() == 1 && page.units.len() == 1;
        for unit in page.lines[line].units.clone() {
            if !is_head && is_labelled(page, line, unit) {
                page.mark(unit, LINK, "topic-label");
            }
        }
    }
    mark_beside_teasers(page);
}

/// Marks sentences before and after teasers that open as teasers do.
fn mark_beside_teasers(page: &mut Page<'_>) {
    for line in 0..page.lines.len() {
        let units = page.lines[line].units.clone();
        for unit in units.clone() {
            let is_link = |unit: usize| {
                units.contains(&unit) && page.units[unit].mark.is_some_and(|mark| mark.kind == LINK)
            };
            let beside = is_link(unit + 1) || unit > 0 && is_link(unit - 1);
            if beside && opens_as_teaser(page, unit) {
                page.mark(unit, LINK, "beside-teaser");
            }
        }
    }
}

fn opens_as_teaser(page: &Page<'_>, unit: usize) -> bool {
    let first = page.units[unit].folded.split(' ').next().unwrap_or_default();
    !page.units[unit].quoted && page.units[unit].words <= 20 && OPENERS.contains(&first)
}

/// Whether a sentence is a headline behind a label: up to four words that end with a noun of news and a colon.
fn is_labelled(page: &Page<'_>, line: usize, unit: usize) -> bool {
    let sentence = page.units[unit].span.of(page.text);
    let Some((label, headline)) = sentence.split_once(": ") else { return false };
    let words: Vec<&str> = label.split_whitespace().collect();
    let starts_upper =
        label.starts_with(char::is_uppercase) && headline.starts_with(|c: char| !c.is_lowercase());
    let in_list = page.lines[line].words > 60 && page.lines[line].units.len() == 1;
    starts_upper
        && !in_list
        && !page.units[unit].quoted
        && (2..=4).contains(&words.len())
        && (3..=25).contains(&headline.split_whitespace().count())
        && ends_with_label(&words)
        && !words.iter().any(|word| is_function_word(word))
        || words.len() <= 4 && label.starts_with("Latest on ") && !page.units[unit].quoted
}

fn ends_with_label(words: &[&str]) -> bool {
    words.last().is_some_and(|word| LABELS.binary_search(&word.to_lowercase().as_str()).is_ok())
}

/// Words that labels do not have, and the beginnings of sentences do.
fn is_function_word(word: &str) -> bool {
    let word = word.to_lowercase();
    matches!(
        word.as_str(),
        "the"
            | "a"
            | "an"
            | "in"
            | "on"
            | "of"
            | "this"
            | "that"
            | "his"
            | "her"
            | "their"
            | "its"
            | "our"
            | "my"
            | "and"
            | "one"
            | "to"
            | "is"
            | "was"
            | "are"
            | "were"
            | "for"
            | "about"
            | "said"
            | "says"
    )
}

static LABELS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut labels: Vec<_> = entries(include_str!("../../data/teaser-labels.txt")).collect();
    labels.sort_unstable();
    labels
});
