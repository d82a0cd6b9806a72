//! Lists of links after a header.

use super::page::Page;

/// How many links a list has at most.
const LONGEST_LIST: usize = 10;

/// Marks the headline-like lines after each header of links.
pub(super) fn mark(page: &mut Page<'_>) {
    for header in 0..page.lines.len() {
        let is_header = page.kind(header) == Some("related links header");
        if is_header {
            mark_list(page, header);
        }
    }
}

/// Marks the list below the header at `header`. A list whose header has no gap below it ends with the first gap.
fn mark_list(page: &mut Page<'_>, header: usize) {
    let with_gaps = page.lines[header].gap_after;
    let last_body = page.end_of_body();
    for line in header + 1..page.lines.len().min(header + 1 + LONGEST_LIST) {
        let headline = &page.lines[line];
        let ended = !with_gaps && page.lines[line - 1].gap_after;
        // A subhead right before the next paragraph looks like a link, but only where links have no gaps between them.
        let is_subhead =
            with_gaps && line > header + 1 && line + 1 < last_body && page.lines[line + 1].is_running_text();
        if ended || !headline.is_headline_like() || headline.words < 3 || is_subhead {
            return;
        }
        page.mark_line(line, "related link", "link-list");
    }
}
