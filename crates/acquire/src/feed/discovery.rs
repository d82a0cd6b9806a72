//! The feed that a page names: `<link rel="alternate" type="application/rss+xml" href="/feed">`.

use url::Url;

use super::markup::resolved;

const TYPES: [&str; 5] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/json",
];

/// The feed that a page at `address` names first, leaving out those of its readers' comments.
///
/// ```
/// let page = "<head><link rel=alternate type=application/atom+xml title='Comments' href=/comments.atom>\
///             <link rel=alternate type=application/atom+xml href=news.atom></head>";
/// let at = "https://paper.example/front".parse().unwrap();
/// let feed = parallax_acquire::feed::of_page(page, &at);
/// assert_eq!(feed.unwrap().as_str(), "https://paper.example/news.atom");
/// ```
pub fn of_page(page: &str, address: &Url) -> Option<Url> {
    let mut base = address.clone();
    let mut rest = page;
    while let Some((_, behind)) = rest.split_once('<') {
        rest = passed_over(behind);
        let Some((name, attributes)) = tag(behind) else { continue };
        if name.eq_ignore_ascii_case("base") {
            let href = value(attributes, "href");
            base = href.and_then(|href| address.join(&href).ok()).unwrap_or(base);
        } else if name.eq_ignore_ascii_case("link") && is_feed(attributes) {
            let feed = value(attributes, "href").and_then(|href| base.join(href.trim()).ok());
            if let Some(feed) =
                feed.filter(|feed| matches!(feed.scheme(), "http" | "https") && feed != address)
            {
                return Some(feed);
            }
        }
    }
    None
}

/// What follows a `<`, behind the comment or script that it opens.
fn passed_over(markup: &str) -> &str {
    let opens = |name: &str| markup.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let end = match () {
        () if opens("!--") => "-->",
        () if opens("script") => "</",
        () => return markup,
    };
    markup.split_once(end).map_or("", |(_, rest)| rest)
}

/// The name of the tag that opens here, and its attributes as they stand.
fn tag(markup: &str) -> Option<(&str, &str)> {
    let name = markup.len() - markup.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let mut quote = None;
    let end = markup.bytes().position(|byte| {
        match quote {
            Some(open) if byte == open => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None => return byte == b'>',
            _ => {}
        }
        false
    });
    Some((markup.get(..name).filter(|name| !name.is_empty())?, markup.get(name..end?)?))
}

fn is_feed(attributes: &str) -> bool {
    let has = |name: &str, accepts: &dyn Fn(&str) -> bool| {
        value(attributes, name).is_some_and(|value| accepts(&value))
    };
    let is_type = |value: &str| {
        let media_type = value.split(';').next().unwrap_or_default().trim().to_lowercase();
        TYPES.contains(&media_type.as_str())
    };
    let is_of_comments = |value: &str| {
        let lower = value.to_lowercase();
        lower.contains("comment") || lower.contains("kommentar")
    };
    // WordPress gives the address of its interface for programs as JSON, which is no feed.
    let is_interface = |value: &str| value.contains("/wp-json/") || value.contains("oembed");
    has("rel", &|value| value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("alternate")))
        && has("type", &is_type)
        && !has("title", &is_of_comments)
        && !has("href", &|value| is_of_comments(value) || is_interface(value))
}

/// The value of an attribute, its references resolved.
fn value(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/'));
        let (key, behind) = rest.split_at(end.unwrap_or(rest.len()));
        let behind = behind.trim_start();
        let (value, next) = match behind.strip_prefix('=') {
            Some(value) => quoted(value.trim_start()),
            None => ("", behind),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(resolved(value));
        }
        if next.is_empty() || next.len() == rest.len() {
            return None;
        }
        rest = next;
    }
}

/// A value with or without quotation marks, and what stands behind it.
fn quoted(value: &str) -> (&str, &str) {
    for mark in ['"', '\''] {
        if let Some(inside) = value.strip_prefix(mark) {
            return inside.split_once(mark).unwrap_or((inside, ""));
        }
    }
    value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(page: &str) -> Option<String> {
        of_page(page, &"https://paper.example/a/b?c".parse().expect("a URL")).map(String::from)
    }

    #[test]
    fn pages_name_their_feeds() {
        let check =
            |page: &str, expected: Option<&str>| assert_eq!(found(page).as_deref(), expected, "{page}");
        let rss = Some("https://paper.example/rss");
        check("<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss\">", rss);
        check("<LINK HREF='/rss' TYPE='Application/RSS+XML; charset=utf-8' REL='Alternate'/>", rss);
        check("<link rel=alternate type=application/feed+json href=/rss>", rss);
        check("<link rel=\"home alternate\" title=\"a > b\" type=application/rss+xml href=/rss>", rss);
        check(
            "<base href=https://b.example/><link rel=alternate type=application/rss+xml href=rss>",
            Some("https://b.example/rss"),
        );
        check(
            "<link rel=alternate type=application/rss+xml href='/rss?a=1&amp;b=2'>",
            Some("https://paper.example/rss?a=1&b=2"),
        );
        // Of several the first, but not the readers' comments.
        let atom = "<link rel=alternate type=application/atom+xml href=/atom>";
        check(&format!("<link rel=alternate type=application/rss+xml href=/rss>{atom}"), rss);
        check(
            &format!("<link rel=alternate type=application/rss+xml title='Comments Feed' href=/rss>{atom}"),
            Some("https://paper.example/atom"),
        );
        check(
            &format!("<link rel=alternate type=application/rss+xml href=/comments/feed>{atom}"),
            Some("https://paper.example/atom"),
        );
        check(
            &format!("<!-- <link rel=alternate type=application/rss+xml href=/rss> -->{atom}"),
            Some("https://paper.example/atom"),
        );
        check(
            &format!("<script>'<link rel=alternate type=application/rss+xml href=/rss>'</script>{atom}"),
            Some("https://paper.example/atom"),
        );
    }

    #[test]
    fn other_links_are_no_feeds() {
        for page in [
            "",
            "<",
            "<link>",
            "<link rel=alternate href=/rss>",
            "<link rel=alternate type=application/rss+xml>",
            "<link rel=stylesheet type=application/rss+xml href=/rss>",
            "<link rel=alternate hreflang=de type=text/html href=/de>",
            "<link rel=alternate type=application/json href=/wp-json/wp/v2/posts/1>",
            "<link rel=alternate type=application/rss+xml href='javascript:x'>",
            "<link rel=alternate type=application/rss+xml href='/a/b?c'>",
            "<link rel=alternate type=application/rss+xml href='/rss'",
            "<a rel=alternate type=application/rss+xml href=/rss>",
        ] {
            assert_eq!(found(page), None, "{page}");
        }
    }

    proptest! {
        #[test]
        fn any_page_is_searched(page in "(<(link|base|script|!--|/script)|rel=|alternate|type=|application/rss.xml|href=|['\"=/> <-]|[a-zé]){0,60}") {
            let _ = found(&page);
        }
    }
}
