//! Lines that several articles of one outlet repeat.

use std::collections::BTreeMap;

use super::page::Page;

/// How many words a repeated line has at most to count as furniture: longer ones may be background that an outlet
/// reuses.
const LONGEST: usize = 12;

/// Marks short lines without a final stop that at least two articles of one outlet have, unless the articles are the same.
pub(super) fn mark_repeated_lines(outlets: &[Option<&str>], pages: &mut [Page<'_>]) {
    let mut seen: BTreeMap<(&str, &str), Vec<(usize, usize)>> = BTreeMap::new();
    for (index, (outlet, page)) in outlets.iter().zip(&*pages).enumerate() {
        let Some(outlet) = outlet else { continue };
        for line in (0..page.lines.len()).filter(|&line| may_repeat(page, line)) {
            seen.entry((outlet, page.line_text(line))).or_default().push((index, line));
        }
    }
    let repeated: Vec<(usize, usize)> =
        seen.into_values().filter(|places| in_different_articles(places, pages)).flatten().collect();
    for (index, line) in repeated {
        pages[index].mark_line(line, "site furniture", "outlet-repetition");
    }
}

fn may_repeat(page: &Page<'_>, line: usize) -> bool {
    page.lines[line].words <= LONGEST && !page.lines[line].has_final_stop && line > 0
}

/// Whether the places are in articles that differ in their first paragraph: a copy repeats its subheads as well.
fn in_different_articles(places: &[(usize, usize)], pages: &[Page<'_>]) -> bool {
    let lead = |index: usize| {
        let page = &pages[index];
        (page.first_body_line() < page.lines.len()).then(|| page.line_text(page.first_body_line()))
    };
    let mut leads: Vec<_> = places.iter().map(|(index, _)| lead(*index)).collect();
    leads.sort_unstable();
    leads.dedup();
    leads.len() > 1
}
