//! Where the server can be reached from elsewhere, only those read who know its token.
//!
//! Programs show it in each request (`Authorization: Bearer …`). People type it once, and get a cookie that holds a seal, not the token.

use std::sync::Arc;

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::web::failure::Failure;
use crate::web::pages::sign_in_page;
use crate::web::site::Site;

const COOKIE: &str = "parallax";

/// What may be read by all: the page to sign in, its style, and that the server lives.
const OPEN: [&str; 3] = ["/sign-in", "/healthz", "/assets/"];

/// Lets only those through who have shown the token.
pub(crate) async fn token_shown(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_open = OPEN.iter().any(|open| path == *open || open.ends_with('/') && path.starts_with(open));
    if is_open || has_shown(&site, request.headers()) {
        return next.run(request).await;
    }
    let wants_page = !path.starts_with("/api/") && request.method() == axum::http::Method::GET;
    if wants_page && accepts_pages(request.headers()) {
        return Redirect::to("/sign-in").into_response();
    }
    Failure::new(StatusCode::UNAUTHORIZED, "Show the token of this server: Authorization: Bearer TOKEN.")
        .into_response()
}

fn accepts_pages(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|kinds| kinds.to_str().ok())
        .is_some_and(|kinds| kinds.contains("text/html"))
}

fn has_shown(site: &Site, headers: &HeaderMap) -> bool {
    let Some(token) = &site.settings.token else { return true };
    let text =
        |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let bearer =
        text(header::AUTHORIZATION).strip_prefix("Bearer ").is_some_and(|shown| token.is(shown.trim()));
    let cookies = text(header::COOKIE).split(';').filter_map(|cookie| cookie.trim().split_once('='));
    bearer || cookies.filter(|(name, _)| *name == COOKIE).any(|(_, seal)| site.seal.is(seal, "session"))
}

/// What is typed to sign in.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    token: String,
    seal: String,
}

/// Gives a cookie to a person who knows the token.
pub(crate) async fn sign_in(
    State(site): State<Arc<Site>>,
    typed: Result<Form<Typed>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(typed) = typed?;
    site.seal.check_form(&typed.seal)?;
    if !site.settings.token.as_ref().is_some_and(|token| token.is(typed.token.trim())) {
        let page = sign_in_page(&site, true)?;
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    }
    let cookie = format!("{COOKIE}={}; HttpOnly; SameSite=Strict; Path=/", site.seal.of("session"));
    let cookie = HeaderValue::try_from(cookie).map_err(|_| Failure::broken())?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}
