//! Whose work a report is, where the outlet took it from an agency.

use std::sync::LazyLock;

use crate::wordlist::entries;

static AGENCIES: LazyLock<Vec<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/agencies.txt")).collect());

/// Chooses the credit: as stated, else an agency among the authors, else the agency in the dateline. The outlet itself is none.
pub(super) fn choose(
    stated: Option<String>,
    authors: &[String],
    outlet: Option<&str>,
    text: &str,
) -> Option<String> {
    let is_other = |name: &str| !outlet.is_some_and(|outlet| outlet.eq_ignore_ascii_case(name));
    let signed = || authors.iter().find(|author| is_agency(author)).cloned();
    stated
        .filter(|name| !name.trim().is_empty() && is_other(name))
        .or_else(signed)
        .or_else(|| of_dateline(text).map(str::to_owned))
        .filter(|name| is_other(name))
}

/// The agency in brackets at the head of a text: "LINDACH (Reuters) -", "Lindach (dpa)".
fn of_dateline(text: &str) -> Option<&str> {
    const FARTHEST: usize = 80;
    let opening =
        text.get(..text.floor_char_boundary(FARTHEST))?.lines().find(|line| !line.trim().is_empty())?;
    let (place, rest) = opening.split_once('(')?;
    let (name, _) = rest.split_once(')')?;
    // Before it stands a place, not a sentence: "He joined the agency (AP)".
    const MOST_WORDS: usize = 5;
    let is_place = place.split_whitespace().count() <= MOST_WORDS
        && place.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
    (is_place && is_agency(name)).then_some(name.trim())
}

fn is_agency(name: &str) -> bool {
    let name = name.trim();
    AGENCIES.iter().any(|agency| agency.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_name_agencies() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(of_dateline(text), expected, "{text}");
        check("LINDACH (Reuters) - The dam broke on Monday.", Some("Reuters"));
        check("Lindach (dpa) – Der Damm brach am Montag.", Some("dpa"));
        check("PORT ELLERY, Lindach, May 4 (AP) — The dam broke.", Some("AP"));
        check("(AFP) The dam broke.", Some("AFP"));
        check("The dam broke, said the agency (AP) on Monday.", None);
        check("LINDACH (Lindach Post) - The dam broke.", None);
        check("LINDACH (Reuters", None);
        check("", None);
    }

    #[test]
    fn a_stated_credit_comes_first_and_the_outlet_is_none() {
        let check = |stated: Option<&str>, authors: &[&str], outlet: Option<&str>, expected: Option<&str>| {
            let authors: Vec<String> = authors.iter().map(|author| (*author).to_owned()).collect();
            let found = choose(stated.map(str::to_owned), &authors, outlet, "LINDACH (AP) - Rain.");
            assert_eq!(found.as_deref(), expected, "{stated:?} {authors:?} {outlet:?}");
        };
        check(Some("Harlow Wire"), &["Reuters"], None, Some("Harlow Wire"));
        check(None, &["Ada Osei", "Reuters"], None, Some("Reuters"));
        check(None, &["Ada Osei"], Some("Lindach Post"), Some("AP"));
        check(Some("Lindach Post"), &[], Some("lindach post"), Some("AP"));
        check(None, &[], Some("AP"), None);
        check(Some(" "), &[], None, Some("AP"));
    }
}
