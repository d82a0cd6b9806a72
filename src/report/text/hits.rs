//! What was found in an archive, for the terminal.

use parallax_archive::{Found, Hit, Story};
use parallax_model::Span;

use super::super::labels::count;
use super::Setting;
use super::sheet::{Ink, Sheet, Words, ink};

/// The hits, best first, each with the part of its text that shows why.
pub(crate) fn hits(found: &Found, setting: Setting) -> String {
    let mut sheet = Sheet::new(setting.width, setting.color);
    for hit in &found.hits {
        sheet.wrapped("", 2, &heading(hit));
        sheet.wrapped("    ", 4, &snippet(hit));
        sheet.gap();
    }
    sheet.into_text()
}

/// A line for a story of an archive.
pub(crate) fn story_line(story: &Story) -> String {
    let origins = story.origins.map(|origins| format!(", {}", count(origins as usize, "origin", "origins")));
    let reports = count(story.reports as usize, "report", "reports");
    let mut sheet = Sheet::new(usize::MAX, false);
    let counted = format!("  {reports}{}", origins.unwrap_or_default());
    sheet.wrapped(
        "",
        0,
        &[ink(Ink::Strong, format!("{}  {}", story.id, story.title)), ink(Ink::Faint, counted)],
    );
    sheet.into_text()
}

fn heading(hit: &Hit) -> Vec<Words<'_>> {
    let report = &hit.report;
    let known = [report.outlet.as_deref(), report.published.as_deref(), Some(report.name.as_str())];
    let known = known.into_iter().flatten().map(str::to_owned);
    let stories = hit.stories.iter().map(ToString::to_string);
    let known: String = known.chain(stories).map(|known| format!(" · {known}")).collect();
    let title = report.title.as_deref().unwrap_or(&report.name);
    vec![ink(Ink::Strong, title), ink(Ink::Faint, known)]
}

fn snippet(hit: &Hit) -> Vec<Words<'_>> {
    let part = hit.snippet.span;
    let mut words = Vec::new();
    if part.start > 0 {
        words.push(ink(Ink::Faint, "… "));
    }
    let mut at = part.start;
    for mark in &hit.snippet.marks {
        words.push(ink(Ink::Plain, Span::new(at, mark.start).of(&hit.text)));
        words.push(ink(Ink::Letter, mark.of(&hit.text)));
        at = mark.end;
    }
    words.push(ink(Ink::Plain, Span::new(at, part.end).of(&hit.text)));
    if part.end < hit.text.trim_end().len() {
        words.push(ink(Ink::Faint, " …"));
    }
    words
}
