//! A server over an archive of its own, and what its answers hold.

use std::num::NonZeroU32;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use jiff::Timestamp;
use parallax_archive::Writer;
use parallax_model::RawReport;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::ingest::{Ingest, Reader};
use crate::web::routes::router;
use crate::web::settings::Settings;
use crate::web::site::Site;

/// A server over an archive of its own.
pub(super) struct Desk {
    pub(super) site: Arc<Site>,
    router: Router,
    _folder: TempDir,
}

/// What was answered.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Desk {
    /// A server over an empty archive.
    pub(super) fn empty() -> Self {
        Self::with(|_| {})
    }

    /// A server over an empty archive, with settings of its own.
    pub(super) fn with(choose: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("news.db");
        drop(Writer::open(&archive, |_| ControlFlow::Break(())).unwrap());
        Self::over(folder, choose)
    }

    /// A server over an archive of these reports, compared.
    pub(super) fn of(reports: Vec<RawReport>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("news.db");
        let mut ingest = Ingest::open(&archive, |_| ControlFlow::Break(())).unwrap();
        let reader = Reader::open(&archive).unwrap();
        let readings = reports.into_iter().map(|raw| reader.read(raw)).collect();
        ingest.add(readings, Timestamp::from_second(1_760_000_000).unwrap()).unwrap();
        ingest.compare_changed(Timestamp::from_second(1_760_000_100).unwrap(), |_| {}).unwrap();
        drop(ingest);
        Self::over(folder, |_| {})
    }

    /// A server over the sample reports.
    pub(super) fn of_samples() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        Self::of(parallax_acquire::acquire(&[folder]).reports)
    }

    /// A server over the archive `news.db` of a folder.
    pub(super) fn over(folder: TempDir, choose: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings {
            archive: folder.path().join("news.db"),
            listen: "127.0.0.1:0".parse().unwrap(),
            hosts: Vec::new(),
            token: None,
            rate: NonZeroU32::new(1000).unwrap(),
            is_read_only: false,
        };
        choose(&mut settings);
        let site = Site::open(settings).unwrap();
        Self { router: router(&site), site, _folder: folder }
    }

    /// Asks for a page as a browser does.
    pub(super) async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[("accept", "text/html")], "").await
    }

    /// Asks as a program does.
    pub(super) async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header(header::HOST, "127.0.0.1:7464");
        }
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Sends a form with the seal, as one of our pages does.
    pub(super) async fn send(&self, path: &str, fields: &str) -> Answer {
        let form = format!("seal={}&{fields}", self.site.seal.of("form"));
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
            ("origin", "http://127.0.0.1:7464"),
            ("accept", "text/html"),
        ];
        self.ask(Method::POST, path, &headers, &form).await
    }
}

impl Answer {
    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}
