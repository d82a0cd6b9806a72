//! Paragraphs.

use parallax_model::Span;

/// The paragraphs of a text: each a line that says something, with the blank lines after it (and, for the first, those
/// before it).
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        match paragraphs.last_mut() {
            Some(last) if line.trim().is_empty() => last.end = end,
            _ => paragraphs.push(Span::new(start, end)),
        }
        start = end;
    }
    join_leading_blank(text, &mut paragraphs);
    paragraphs
}

/// Joins blank lines before the first paragraph to it; where there is no other, nothing is left.
fn join_leading_blank(text: &str, paragraphs: &mut Vec<Span>) {
    if paragraphs.first().is_some_and(|first| first.of(text).trim().is_empty()) {
        let blank = paragraphs.remove(0);
        if let Some(first) = paragraphs.first_mut() {
            first.start = blank.start;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_feed_ends_a_paragraph() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = paragraphs(text).into_iter().map(|p| p.of(text)).collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check("One.\nTwo.", &["One.\n", "Two."]);
        check("One.\n\n \nTwo.\n", &["One.\n\n \n", "Two.\n"]);
        check("\n\n One.\r\n\r\nTwo.", &["\n\n One.\r\n\r\n", "Two."]);
        check(" \n\t", &[]);
        check("", &[]);
    }
}
