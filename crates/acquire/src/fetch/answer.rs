//! One question to a server, and its answer.

use std::time::{Duration, Instant, SystemTime};

use ureq::http::{HeaderMap, header};
use ureq::{Agent, Body, Timeout};
use url::Url;

use super::address::Refused;
use super::body::{self, BodyError};
use super::error::{Failure, FetchError};
use super::policy::Policy;
use super::retry::retry_after;

/// What stands at an address.
#[derive(Debug, Clone, PartialEq)]
pub struct Fetched {
    /// Where it stands, which is not where it was asked for if redirects led elsewhere.
    pub url: Url,
    /// The media type that the server names, in small letters and without parameters.
    pub media_type: Option<String>,
    /// The encoding of the text that the server names.
    pub charset: Option<String>,
    /// What to send along when asking again.
    pub validators: Validators,
    /// The bytes, decompressed.
    pub body: Vec<u8>,
}

/// By what a server tells whether something has changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// The tag of this version.
    pub etag: Option<String>,
    /// When it was last changed, in the server's words.
    pub last_modified: Option<String>,
}

/// What a server says.
#[derive(Debug)]
pub(super) enum Answer {
    Content(Fetched),
    Unchanged,
    ElseWhere(Url),
    Failed { failure: Failure, retry_after: Option<Duration> },
}

impl FetchError {
    pub(super) fn new(url: &Url, failure: Failure) -> Self {
        Self { url: super::error::shown(url), redirected_to: None, tries: 1, failure }
    }
}

/// Asks for `url` and reads the whole answer before `deadline`.
pub(super) fn ask(
    agent: &Agent,
    url: &Url,
    known: &Validators,
    policy: &Policy,
    deadline: Instant,
) -> Result<Answer, Failure> {
    let left = deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
    let mut request = agent.get(url.as_str()).config().timeout_global(Some(left)).build();
    for (name, value) in
        [(header::IF_NONE_MATCH, &known.etag), (header::IF_MODIFIED_SINCE, &known.last_modified)]
    {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    let response = request.call().map_err(|error| failure(error, policy))?;
    let (head, body) = response.into_parts();
    match head.status.as_u16() {
        304 => Ok(Answer::Unchanged),
        301 | 302 | 303 | 307 | 308 => elsewhere(url, &head.headers).map(Answer::ElseWhere),
        206 | 204 | 205 | 100..=199 | 300.. => Ok(Answer::Failed {
            failure: Failure::Status(head.status.as_u16()),
            retry_after: words(&head.headers, header::RETRY_AFTER)
                .and_then(|asked| retry_after(&asked, SystemTime::now())),
        }),
        _ => content(url, &head.headers, body, policy).map(Answer::Content),
    }
}

fn elsewhere(url: &Url, headers: &HeaderMap) -> Result<Url, Failure> {
    let location = headers.get(header::LOCATION).ok_or(Failure::NoDestination)?;
    let location = String::from_utf8_lossy(location.as_bytes());
    let mut next = url.join(&location).map_err(|_| Failure::NoDestination)?;
    next.set_fragment(None);
    Ok(next)
}

fn content(url: &Url, headers: &HeaderMap, body: Body, policy: &Policy) -> Result<Fetched, Failure> {
    let bytes =
        body::read(body.into_with_config().limit(u64::MAX).reader(), policy.most_bytes).map_err(|error| {
            match error {
                BodyError::Io(error) => failure(error.into(), policy),
                BodyError::Failure(failure) => failure,
            }
        })?;
    let encoding = words(headers, header::CONTENT_ENCODING).unwrap_or_default();
    let (media_type, charset) =
        words(headers, header::CONTENT_TYPE).as_deref().map_or((None, None), media_type);
    Ok(Fetched {
        url: url.clone(),
        media_type,
        charset,
        validators: Validators {
            etag: words(headers, header::ETAG),
            last_modified: words(headers, header::LAST_MODIFIED),
        },
        body: body::decoded(bytes, &encoding, policy.most_decoded_bytes)?,
    })
}

fn words(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// The media type and the charset of a `Content-Type` header.
fn media_type(header: &str) -> (Option<String>, Option<String>) {
    let mut parts = header.split(';');
    let media_type = parts.next().map(|media_type| media_type.trim().to_ascii_lowercase());
    let charset = parts.filter_map(|part| part.split_once('=')).find_map(|(name, value)| {
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_ascii_lowercase())
    });
    (media_type.filter(|media_type| media_type.contains('/')), charset)
}

/// What an error of the client means for us.
pub(super) fn failure(error: ureq::Error, policy: &Policy) -> Failure {
    match error {
        ureq::Error::Timeout(Timeout::PerRead | Timeout::Connect) => Failure::Silence(policy.longest_silence),
        ureq::Error::Timeout(_) => Failure::TooSlow(policy.longest_fetch),
        ureq::Error::HostNotFound => Failure::UnknownHost,
        ureq::Error::LargeResponseHeader(..) => Failure::HeaderFlood,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Failure::Truncated,
        ureq::Error::Io(error) => Failure::Connection(error.to_string()),
        ureq::Error::Rustls(error) => Failure::Tls(error.to_string()),
        ureq::Error::Tls(reason) => Failure::Tls(reason.to_owned()),
        ureq::Error::Other(other) => match other.downcast::<Refused>() {
            Ok(refused) => Failure::PrivateAddress(refused.0),
            Err(other) => Failure::Connection(other.to_string()),
        },
        ureq::Error::Protocol(error) => protocol(&error.to_string()),
        other => Failure::Protocol(other.to_string()),
    }
}

fn protocol(reason: &str) -> Failure {
    if reason.contains("too many headers") {
        Failure::HeaderFlood
    } else {
        Failure::Protocol(reason.trim_start_matches("http parse fail: ").to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_read() {
        let check = |header: &str, expected: (Option<&str>, Option<&str>)| {
            let (media_type, charset) = media_type(header);
            assert_eq!((media_type.as_deref(), charset.as_deref()), expected, "{header}");
        };
        check("text/html", (Some("text/html"), None));
        check("Text/HTML; Charset=\"ISO-8859-1\"", (Some("text/html"), Some("iso-8859-1")));
        check("text/html;charset=utf-8;x=y", (Some("text/html"), Some("utf-8")));
        check("text/html; charset=", (Some("text/html"), None));
        check("nonsense", (None, None));
        check("", (None, None));
    }
}
