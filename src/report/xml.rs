//! Text inside XML.

/// Text as XML may hold it: markup escaped, and the characters that XML forbids replaced.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push(char::REPLACEMENT_CHARACTER);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn text_cannot_break_the_markup() {
        for (text, expected) in [
            ("</data><node id=\"x\">", "&lt;/data&gt;&lt;node id=\"x\"&gt;"),
            ("a & b", "a &amp; b"),
            ("nul \0 bell \u{7}", "nul \u{fffd} bell \u{fffd}"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
