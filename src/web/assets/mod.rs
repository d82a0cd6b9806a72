//! The files that pages load, compiled in.

use std::fmt::Write;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use sha2::{Digest, Sha256};

use super::failure::Failure;
use crate::report::html::STYLE;

/// A file and its kind.
struct Asset {
    name: &'static str,
    kind: &'static str,
    text: &'static str,
}

const ASSETS: [Asset; 4] = [
    Asset { name: "report.css", kind: "text/css; charset=utf-8", text: STYLE },
    Asset { name: "reader.css", kind: "text/css; charset=utf-8", text: include_str!("reader.css") },
    Asset { name: "reader.js", kind: "text/javascript; charset=utf-8", text: include_str!("reader.js") },
    Asset { name: "mark.svg", kind: "image/svg+xml", text: include_str!("mark.svg") },
];

/// Changes when a file does, so that browsers keep each for good and still load a new one.
pub(crate) static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    ASSETS.iter().for_each(|asset| digest.update(asset.text));
    digest.finalize().iter().take(6).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
});

/// Gives a file.
pub(crate) async fn asset(Path(name): Path<String>) -> Result<impl IntoResponse, Failure> {
    let found = ASSETS.iter().find(|asset| asset.name == name);
    let asset = found.ok_or_else(|| Failure::not_found(format!("There is no file {name}.")))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    Ok((headers, asset.text))
}
