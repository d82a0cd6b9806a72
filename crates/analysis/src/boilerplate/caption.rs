//! Pictures and films: labels, captions, credits, titles.

use super::page::Page;

const CAPTION: &str = "caption";

/// Ends of credits: after these only a name, a place or a date may follow.
const CREDITS: [&str; 21] = [
    "(ap photo",
    "photo/",
    "/getty images",
    "via getty",
    "(getty images",
    "/reuters",
    "via reuters",
    "(reuters photo",
    "/afp",
    "via afp",
    "/ap)",
    "via ap)",
    "/epa",
    "/pa wire",
    "/shutterstock",
    "/alamy",
    "/handout",
    "pic:",
    "file pic",
    "photograph:",
    "picture:",
];

/// Wording of agencies that no sentence of a report has, wherever it stands.
const AGENCY_NOTES: [&str; 4] =
    ["attention editors", "handout via", "/handout", "this image has been supplied"];

/// Marks captions with their credits, and the titles of films.
pub(super) fn mark(page: &mut Page<'_>) {
    for line in 0..page.lines.len() {
        if let Some(first) = credited(page, line) {
            for unit in first..page.lines[line].units.end {
                page.mark(unit, CAPTION, "photo-credit");
            }
        }
    }
    for line in 0..page.lines.len() {
        mark_beside_label(page, line);
        mark_film_title(page, line);
        mark_doubled(page, line);
    }
}

/// The first sentence of the caption in a line that ends with a credit. Where more text stands before, the caption is the
/// sentence with the credit; one before it belongs to it where the credit alone has no words of its own.
fn credited(page: &Page<'_>, line: usize) -> Option<usize> {
    let units = page.lines[line].units.clone();
    let with_credit = units.clone().find(|&unit| has_credit(page, unit))?;
    if page.lines[line].words <= 60 && units.len() <= 4 {
        return Some(units.start);
    }
    let has_own_words = page.units[with_credit].words > 8;
    Some(if has_own_words { with_credit } else { with_credit.saturating_sub(1).max(units.start) })
}

/// Whether a sentence ends with a credit or holds an agency's note on a picture.
fn has_credit(page: &Page<'_>, unit: usize) -> bool {
    let folded = &page.units[unit].folded;
    let is_note = AGENCY_NOTES.iter().any(|note| folded.contains(note));
    let is_credit = |credit: &&str| {
        folded.rfind(credit).is_some_and(|at| {
            let after = folded.get(at + credit.len()..).unwrap_or_default();
            after.split_whitespace().count() <= 7 && !after.contains(" said")
        })
    };
    is_note || CREDITS.iter().any(is_credit)
}

/// Marks the lines around a label like "Image:": the caption after it, and before it what is a caption by its own look.
fn mark_beside_label(page: &mut Page<'_>, line: usize) {
    if page.kind(line) != Some("caption label") {
        return;
    }
    let after = line + 1;
    if !page.lines[line].gap_after && page.lines.get(after).is_some_and(|next| next.words <= 60) {
        page.mark_line(after, CAPTION, "after-caption-label");
    }
}

/// Marks the title of the film whose player the line before gives notice of.
fn mark_film_title(page: &mut Page<'_>, line: usize) {
    let after_player = line > 0 && page.kind(line - 1) == Some("player notice");
    // A bare question is rather the next subhead: titles name their topic before it.
    let is_subhead = page.line_text(line).ends_with('?') && !page.line_text(line).contains(':');
    if after_player && !is_subhead && page.lines[line].is_headline_like() && page.lines[line].words <= 16 {
        page.mark_line(line, "video title", "after-player-notice");
    }
}

/// Marks a short line that stands twice in a row: a caption and the alternative text of its picture.
fn mark_doubled(page: &mut Page<'_>, line: usize) {
    let doubled = line > 0 && page.line_text(line) == page.line_text(line - 1);
    if doubled && page.lines[line].words <= 40 && !page.lines[line].has_final_stop {
        page.mark_line(line - 1, CAPTION, "doubled-line");
        page.mark_line(line, CAPTION, "doubled-line");
    }
}
