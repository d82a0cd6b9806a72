//! Only requests that call the server by its own name are answered.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::failure::Failure;
use crate::web::site::Site;

/// Refuses a request that calls the server by another's name: a page elsewhere may have let its own name lead here to read the archive.
pub(crate) async fn own_host(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let named = request.uri().host().or_else(|| host(request.headers()));
    match named {
        Some(name) if site.settings.is_own_host(without_port(name)) => next.run(request).await,
        Some(name) => {
            let detail =
                format!("This server is not {name}. If it is meant to be, start it with --host {name}.");
            Failure::new(StatusCode::MISDIRECTED_REQUEST, detail).into_response()
        }
        None => Failure::bad_request("The request names no host.").into_response(),
    }
}

/// The host that a request names, with its port.
pub(crate) fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::without_port;

    #[test]
    fn ports_are_no_part_of_a_name() {
        for (host, name) in [
            ("localhost:80", "localhost"),
            ("localhost", "localhost"),
            ("[::1]:80", "[::1]"),
            ("[::1]", "[::1]"),
        ] {
            assert_eq!(without_port(host), name);
        }
    }
}
