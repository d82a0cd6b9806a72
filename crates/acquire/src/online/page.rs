//! Pages that were fetched, as reports.

use parallax_model::{Body, RawReport};
use url::Url;

use crate::decode::{Decoded, decode_as};
use crate::fetch::Fetched;
use crate::{Error, LARGEST_REPORT, fetch, file};

/// The longest name that is made of an address.
const LONGEST_ID: usize = 80;

/// What was fetched, as text.
pub(super) struct Text {
    pub(super) text: String,
    pub(super) note: Option<String>,
    pub(super) form: Form,
}

/// What a text is as the body of a report; nothing if it is something else than a page.
type Form = Option<fn(String) -> Body>;

/// Decodes what was fetched. Sitemaps are often gzip files, which no header tells.
pub(super) fn text(fetched: Fetched) -> Result<Text, Error> {
    let Fetched { media_type, charset, mut body, .. } = fetched;
    if body.starts_with(b"\x1f\x8b") {
        body = fetch::body::gunzip(&body, LARGEST_REPORT)
            .map_err(|failure| Error::Fetch(failure.to_string()))?;
    }
    let Decoded { text, note } = decode_as(body, charset.as_deref(), file::declared)?;
    let form = form(media_type.as_deref(), &text);
    Ok(Text { text, note, form })
}

/// The form of a text by its media type, and where that says little by what looks like a tag in it.
fn form(media_type: Option<&str>, text: &str) -> Form {
    match media_type {
        Some("text/html" | "application/xhtml+xml") => Some(Body::Html),
        Some("text/plain") => Some(Body::Text),
        None | Some("application/octet-stream") => {
            Some(if text.contains('<') { Body::Html } else { Body::Text })
        }
        Some(_) => None,
    }
}

/// A page as a report. Its address is where it stood at last.
pub(super) fn report(body: Body, at: &Url, place: &str) -> RawReport {
    RawReport { id: id(at), place: place.to_owned(), url: Some(at.to_string()), body, ..RawReport::default() }
}

/// A name for the report at an address: its host and the last part of its path that says something, with what tells it from others.
pub(super) fn id(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let is_telling = |part: &&str| part.chars().any(char::is_alphanumeric) && !part.starts_with("index.");
    let last = url.path_segments().and_then(|mut parts| parts.rfind(is_telling)).unwrap_or_default();
    let last = last.rsplit_once('.').filter(|(_, ending)| ending.len() <= 5).map_or(last, |(name, _)| name);
    slug(&[host, last, url.query().unwrap_or_default()].join(" "))
}

/// Words joined by hyphens, without what a file's name may not have.
pub(super) fn slug(words: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '_') { c } else { ' ' };
    let spaced: String = words.chars().map(kept).collect();
    let parts = spaced.split_whitespace().map(|part| part.trim_matches('.')).filter(|part| !part.is_empty());
    let slug: String = parts.collect::<Vec<_>>().join("-").chars().take(LONGEST_ID).collect();
    if slug.is_empty() { "report".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_give_names() {
        let check = |url: &str, expected: &str| assert_eq!(id(&Url::parse(url).expect("a URL")), expected);
        check("https://www.review.example/news/2026/rain-on-lissund.html", "review.example-rain-on-lissund");
        check("https://review.example/", "review.example");
        check("https://review.example/story/index.html", "review.example-story");
        check("https://review.example/story.php?id=7&x=a/b", "review.example-story-id-7-x-a-b");
        check("http://127.0.0.1:80/%2e%2e/..%2fpasswd", "127.0.0.1-2fpasswd");
        assert_eq!(slug("../"), "report");
        assert_eq!(slug("Rain: two  dead"), "Rain-two-dead");
    }
}
