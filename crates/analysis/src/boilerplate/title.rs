//! What a page's title says after the headline.

use parallax_model::{Boilerplate, Span};

use super::page::Page;

/// The name of the outlet or section behind the headline of a page: " | World News".
pub(super) fn suffix(page: &Page<'_>) -> Option<Boilerplate> {
    let head = page.first_body_line().min(3);
    (0..head).filter(|&line| page.lines[line].is_headline_like() && !page.is_marked(line)).find_map(|line| {
        let bar = page.line_text(line).rfind(" | ")?;
        let (headline, outlet) = page.line_text(line).split_at(bar);
        let is_name = outlet.split_whitespace().skip(1).all(|word| !word.starts_with(char::is_lowercase));
        let is_suffix =
            is_name && outlet.split_whitespace().count() <= 5 && headline.split_whitespace().count() >= 4;
        let line = page.lines[line].span;
        is_suffix.then_some(Boilerplate {
            span: Span::new(line.start + bar, line.end),
            kind: "site name",
            rule: "title-suffix",
        })
    })
}
