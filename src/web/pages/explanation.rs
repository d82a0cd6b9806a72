//! What went wrong, as a page, for those who read pages.

use askama::Template;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Frame;
use crate::web::failure::Failure;

#[derive(Template)]
#[template(path = "failure.html")]
struct Explanation<'a> {
    frame: Frame,
    title: &'a str,
    detail: &'a str,
}

/// Turns the problem details of a failure into a page, where the one who asks reads pages.
pub(crate) async fn explain(request: Request, next: Next) -> Response {
    let accepts = request.headers().get(header::ACCEPT).and_then(|kinds| kinds.to_str().ok());
    let reads_pages = accepts.is_some_and(|kinds| kinds.contains("text/html"))
        && !request.uri().path().starts_with("/api/v1/");
    let response = next.run(request).await;
    match response.extensions().get::<Failure>().cloned() {
        Some(failure) if reads_pages => page(&failure).unwrap_or(response),
        _ => response,
    }
}

fn page(failure: &Failure) -> Option<Response> {
    let frame = Frame { is_open: true, ..Frame::closed() };
    let html = Explanation { frame, title: failure.title(), detail: &failure.detail }.render().ok()?;
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    // The other headers say what they say to programs, as when to ask again.
    let mut response = failure.clone().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(html);
    Some(response)
}
