//! Answers that are remembered, and told apart by their ETag.
//!
//! A page is the same for every reader until the archive changes. So an answer is kept as it was sent, compressed, and given again until then;
//! a browser that has it already is told so. What is kept is bounded by its size.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::failure::Failure;
use super::site::Site;

/// Bytes of answers that are kept twice over: a young half and an old half, which goes when the young is full.
const HALF: usize = 32 << 20;
/// No answer is longer; a comparison of a very large story is some megabytes.
const LONGEST: usize = 256 << 20;

/// Answers by address and encoding.
#[derive(Default)]
pub(crate) struct Answers {
    /// Changes when the archive does.
    revision: AtomicU64,
    halves: Mutex<Halves>,
}

#[derive(Default)]
struct Halves {
    young: HashMap<String, Arc<Answer>>,
    old: HashMap<String, Arc<Answer>>,
    young_size: usize,
}

/// An answer as it was sent.
struct Answer {
    revision: u64,
    headers: HeaderMap,
    body: Bytes,
}

impl Answers {
    /// Forgets all: the archive has changed.
    pub(crate) fn forget(&self) {
        self.revision.fetch_add(1, Ordering::AcqRel);
    }

    /// A number that is another when the archive has changed.
    pub(crate) fn revision(&self) -> u64 {
        self.revision.load(Ordering::Acquire)
    }

    fn get(&self, key: &str) -> Option<Arc<Answer>> {
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        let found = match halves.young.get(key) {
            Some(answer) => Arc::clone(answer),
            None => {
                let answer = halves.old.remove(key)?;
                halves.keep(key, &answer);
                answer
            }
        };
        (found.revision == self.revision()).then_some(found)
    }

    fn keep(&self, key: &str, answer: &Arc<Answer>) {
        if answer.body.len() <= HALF / 8 {
            self.halves.lock().unwrap_or_else(PoisonError::into_inner).keep(key, answer);
        }
    }
}

impl Halves {
    fn keep(&mut self, key: &str, answer: &Arc<Answer>) {
        self.young_size += answer.body.len() + key.len() + 512;
        self.young.insert(key.to_owned(), Arc::clone(answer));
        if self.young_size > HALF {
            self.old = std::mem::take(&mut self.young);
            self.young_size = 0;
        }
    }
}

/// Answers from memory where that is possible, and tells a browser that has the answer already that it has.
pub(crate) async fn remember(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let is_head = request.method() == Method::HEAD;
    if !is_head && request.method() != Method::GET {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    // What is asked of HEAD is worked out as for GET, so that its length and its ETag are true.
    parts.method = Method::GET;
    let key = key(&parts);
    let known = parts.headers.get(header::IF_NONE_MATCH).cloned();
    let answer = match site.answers.get(&key) {
        Some(answer) => {
            site.metrics.remembered.inc();
            answer
        }
        None => {
            let revision = site.answers.revision();
            let response = next.run(Request::from_parts(parts, body)).await;
            match settle(response, revision).await {
                Ok(answer) => {
                    site.answers.keep(&key, &answer);
                    answer
                }
                Err(response) => return *response,
            }
        }
    };
    answer.send(known.as_ref(), is_head)
}

fn key(parts: &axum::http::request::Parts) -> String {
    let encodings = parts.headers.get(header::ACCEPT_ENCODING).map_or(&b""[..], HeaderValue::as_bytes);
    // Short, so that nobody fills the memory with ways to say the same.
    let mut key = String::new();
    for encoding in ["br", "gzip"] {
        let accepted = encodings.split(|&b| b == b',').map(<[u8]>::trim_ascii);
        let refused = format!("{encoding};q=0");
        let named =
            accepted.filter(|one| one.starts_with(encoding.as_bytes()) && **one != *refused.as_bytes());
        key.push(if named.count() > 0 { '1' } else { '0' });
    }
    let _ = write!(key, " {}", parts.uri);
    key
}

/// The answer as a whole, where it can be given again; else the response as it is.
async fn settle(response: Response, revision: u64) -> Result<Arc<Answer>, Box<Response>> {
    let is_stream = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    let is_private = response.headers().get(header::CACHE_CONTROL).is_some_and(|rule| rule == "no-store");
    if response.status() != StatusCode::OK || is_stream || is_private {
        return Err(Box::new(response));
    }
    let (parts, body) = response.into_parts();
    let mut headers = parts.headers;
    let body = to_bytes(body, LONGEST).await.map_err(|_| Box::new(Failure::broken().into_response()))?;
    headers.insert(header::ETAG, etag(&body));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    Ok(Arc::new(Answer { revision, headers, body }))
}

/// A validator of exactly these bytes.
fn etag(body: &[u8]) -> HeaderValue {
    let digest = Sha256::digest(body);
    let mut tag = String::from("\"");
    for byte in digest.iter().take(12) {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    HeaderValue::try_from(tag).unwrap_or(HeaderValue::from_static("\"\""))
}

impl Answer {
    fn send(&self, known: Option<&HeaderValue>, is_head: bool) -> Response {
        let mut headers = self.headers.clone();
        let tag = headers.get(header::ETAG);
        if known.zip(tag).is_some_and(|(known, tag)| matches(known, tag)) {
            headers.remove(header::CONTENT_TYPE);
            headers.remove(header::CONTENT_ENCODING);
            headers.remove(header::CONTENT_LENGTH);
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(self.body.len()));
        let body = if is_head { Body::empty() } else { Body::from(self.body.clone()) };
        (headers, body).into_response()
    }
}

/// Whether one of the validators that a browser knows is this one. Weak ones are as good here.
fn matches(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let known = known.as_bytes().split(|&b| b == b',').map(<[u8]>::trim_ascii);
    known.map(|one| one.strip_prefix(b"W/").unwrap_or(one)).any(|one| one == b"*" || one == tag.as_bytes())
}
