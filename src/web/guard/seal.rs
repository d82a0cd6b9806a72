//! Only our own pages may change anything.
//!
//! A page elsewhere can make a browser send a form here, with our cookie. The browser says where a form comes from (`Sec-Fetch-Site`, `Origin`), and each of our
//! forms carries a seal that no other page can read. Both are asked for.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::host::host;
use crate::web::failure::Failure;
use crate::web::site::Site;

/// A secret of this process, and what is signed with it.
pub(crate) struct Seal([u8; 32]);

impl Seal {
    /// Another secret each time.
    pub(crate) fn new() -> Self {
        // The standard library's hasher is keyed by 128 bits from the system, and gives no way back to them.
        let random = RandomState::new();
        let mut digest = Sha256::new();
        (0..4u8).for_each(|n| digest.update(random.hash_one(n).to_le_bytes()));
        Self(digest.finalize().into())
    }

    /// The seal of a purpose: `form`, or `session`.
    pub(crate) fn of(&self, purpose: &str) -> String {
        self.mac(purpose)
            .map(|mac| BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
            .unwrap_or_default()
    }

    /// Whether `shown` is the seal of a purpose, in a time that tells nothing.
    pub(crate) fn is(&self, shown: &str, purpose: &str) -> bool {
        let shown = BASE64_URL_SAFE_NO_PAD.decode(shown);
        shown.ok().zip(self.mac(purpose)).is_some_and(|(shown, mac)| mac.verify_slice(&shown).is_ok())
    }

    fn mac(&self, purpose: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(purpose.as_bytes());
        Some(mac)
    }

    /// Refuses a form that does not carry the seal.
    pub(crate) fn check_form(&self, shown: &str) -> Result<(), Failure> {
        if self.is(shown, "form") {
            return Ok(());
        }
        Err(Failure::new(
            StatusCode::FORBIDDEN,
            "The form is out of date. Go back, load the page again and send it once more.",
        ))
    }
}

/// Refuses what would change something and does not come from one of our pages.
pub(crate) async fn own_page(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if !reads && site.settings.is_read_only && request.uri().path() != "/sign-in" {
        return Failure::new(StatusCode::FORBIDDEN, "This server only shows the archive.").into_response();
    }
    if reads || is_own(request.headers()) {
        return next.run(request).await;
    }
    Failure::new(StatusCode::FORBIDDEN, "This was sent from another site.").into_response()
}

/// Whether the browser says that a request comes from one of our pages. What is no browser says nothing; the seal stops it.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value: &axum::http::HeaderValue| value.to_str().unwrap_or("?"));
    match (text("sec-fetch-site".parse().unwrap_or(header::ORIGIN)), text(header::ORIGIN)) {
        (Some(site), _) if site != "same-origin" => false,
        (_, Some(origin)) => origin.split_once("://").map(|(_, host)| host) == host(headers),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn forms_of_other_sites_are_told_apart() {
        for (headers, expected) in [
            (&[("origin", "http://localhost:80")][..], true),
            (&[("origin", "http://localhost:81")], false),
            (&[("origin", "null")], false),
            (&[("sec-fetch-site", "same-origin"), ("origin", "http://localhost:80")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site"), ("origin", "http://localhost:80")], false),
            (&[("sec-fetch-site", "same-origin"), ("origin", "http://elsewhere.example")], false),
            (&[], true),
        ] {
            let mut map = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static("localhost:80"))]);
            map.extend(
                headers
                    .iter()
                    .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))),
            );
            assert_eq!(is_own(&map), expected, "{headers:?}");
        }
    }

    #[test]
    fn a_seal_holds_for_its_purpose_and_its_process() {
        let (seal, other) = (Seal::new(), Seal::new());
        let form = seal.of("form");
        assert!(seal.is(&form, "form") && seal.check_form(&form).is_ok());
        assert!(!seal.is(&form, "session") && !other.is(&form, "form"));
        for shown in ["", "x", "é", &form[1..]] {
            assert!(!seal.is(shown, "form"), "{shown}");
        }
    }
}
