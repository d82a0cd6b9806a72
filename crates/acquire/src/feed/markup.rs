//! Plain text from text that may be HTML.

use quick_xml::escape::resolve_html5_entity;

use super::words;

/// The words of a text that may be HTML, such as a headline in RSS: without tags, its references resolved, its spaces single.
pub(super) fn plain(html: &str) -> Option<String> {
    words(&resolved(&without_tags(html)))
}

/// A text without what looks like a tag.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        match after.split_once('>') {
            Some((_, behind)) if is_tag => rest = behind,
            _ => {
                text.push('<');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

/// A text with its references resolved, each by itself, so that one that is broken spoils no other.
pub(super) fn resolved(text: &str) -> String {
    const LONGEST: usize = 32;
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        resolved.push_str(before);
        let end = after.bytes().take(LONGEST).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(after.get(..end)?)?, after.get(end + 1..)?))) {
            Some((character, behind)) => {
                resolved.push_str(&character);
                rest = behind;
            }
            None => {
                resolved.push('&');
                rest = after;
            }
        }
    }
    resolved.push_str(rest);
    resolved
}

/// What a reference stands for: a name of HTML, or a number.
fn character(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(number).filter(|c| !c.is_control()).map(String::from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headlines_lose_their_markup() {
        let check =
            |html: &str, expected: Option<&str>| assert_eq!(plain(html).as_deref(), expected, "{html}");
        check("Rain", Some("Rain"));
        check(" <b>Rain</b>\n &amp; wind ", Some("Rain & wind"));
        check("Osei&#8217;s plan &#x2014; &eacute;", Some("Osei’s plan — é"));
        check("2 < 3 & 4 > 1", Some("2 < 3 & 4 > 1"));
        check("A<br/>B", Some("AB"));
        check("&nosuch; &#0; &#xD800;", Some("&nosuch; &#0; &#xD800;"));
        check("<!-- -->", None);
        check("&", Some("&"));
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in "(?s)[<>&;#x0-9a-z/! é]{0,60}") {
            plain(&text);
        }
    }
}
