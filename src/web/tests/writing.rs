//! Corrections and imports: what they change, and what stops them.

use std::time::Duration;

use axum::http::{Method, StatusCode};

use super::desk::{Answer, Desk};

#[tokio::test]
async fn a_correction_is_made_and_undone() {
    let desk = Desk::of_samples();
    let made = desk.send("/corrections", "kind=split&who=Desk+%3Cb%3E&story=s1&reports=lissund-review").await;
    assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, "/corrections"));
    let list = desk.get("/corrections").await;
    assert!(list.text().contains("lissund-review left s1 for s2"), "{}", list.text());
    assert!(list.text().contains("Desk &#60;b&#62;"));
    assert!(desk.get("/stories/s1").await.text().contains("<strong>4</strong> <span>reports</span>"));
    assert_eq!(desk.get("/stories/s2").await.status, StatusCode::OK);
    assert_eq!(desk.send("/corrections/1/undo", "who=Desk").await.status, StatusCode::SEE_OTHER);
    assert!(desk.get("/stories/s1").await.text().contains("<strong>5</strong> <span>reports</span>"));
    assert_eq!(desk.send("/corrections/1/undo", "who=Desk").await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_cannot_be_corrected_is_told() {
    let desk = Desk::of_samples();
    for (form, status) in [
        ("kind=merge&story=s1&other_story=s9", StatusCode::NOT_FOUND),
        ("kind=merge&story=s1&other_story=s1", StatusCode::CONFLICT),
        ("kind=merge&story=one&other_story=s1", StatusCode::BAD_REQUEST),
        ("kind=split&story=s1&reports=", StatusCode::CONFLICT),
        ("kind=speaker&report=continental-wire&words=never+written&speaker=Ada", StatusCode::BAD_REQUEST),
        ("kind=speaker&report=nothing&words=x&speaker=Ada", StatusCode::NOT_FOUND),
        ("kind=nothing&report=continental-wire&words=dam", StatusCode::BAD_REQUEST),
        ("kind=speaker&report=continental-wire&words=dam&speaker=Ada", StatusCode::BAD_REQUEST),
        ("kind=speaker&report=continental-wire&words=reported+for+repair&speaker=Ada", StatusCode::SEE_OTHER),
    ] {
        assert_eq!(desk.send("/corrections", form).await.status, status, "{form}");
    }
}

/// Sends an import as a browser does.
pub(super) async fn send(desk: &Desk, seal: &str, fields: &[(&str, &str)]) -> Answer {
    let mut body = format!("--x\r\nContent-Disposition: form-data; name=\"seal\"\r\n\r\n{seal}\r\n");
    for (name, value) in fields {
        body += &format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += "--x--\r\n";
    let headers = [
        ("content-type", "multipart/form-data; boundary=x"),
        ("sec-fetch-site", "same-origin"),
        ("accept", "text/html"),
    ];
    desk.ask(Method::POST, "/import", &headers, &body).await
}

/// The page of an import once it is done.
pub(super) async fn done(desk: &Desk, path: &str) -> String {
    for _ in 0..200 {
        let page = desk.get(path).await.text().to_owned();
        if page.contains(">done<") {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{path} is never done");
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_taken_in_by_paste_and_by_upload() {
    let desk = Desk::of_samples();
    let seal = desk.site.seal.of("form");
    let text = "A lighthouse keeper of Ostwick retired. “I counted ships for forty years,” said Ada Merin.";
    let pasted =
        send(&desk, &seal, &[("outlet", "Ostwick Post"), ("title", "Keeper <b>retires</b>"), ("text", text)])
            .await;
    assert_eq!((pasted.status, pasted.header("location")), (StatusCode::SEE_OTHER, "/import/1"));
    let page = done(&desk, "/import/1").await;
    assert!(page.contains("<strong data-field=\"new\">1</strong>"), "{page}");
    assert!(desk.get("/search?q=lighthouse").await.text().contains("Keeper &#60;b&#62;retires"));
    let events = desk.get("/import/1/events").await;
    assert!(events.text().starts_with("data:") && events.text().contains("\"is_done\":true"));

    let file = "files\"; filename=\"../../etc/x.jsonl";
    let row = r#"{"id": "up", "text": "The orchestra of Calder played."}"#;
    let sent = send(&desk, &seal, &[(file, &format!("{row}\nnot json\n"))]).await;
    assert_eq!(sent.header("location"), "/import/2");
    let page = done(&desk, "/import/2").await;
    assert!(page.contains("<strong data-field=\"new\">1</strong>") && page.contains("x.jsonl"), "{page}");
}

#[tokio::test]
async fn imports_without_seal_or_content_are_refused() {
    let desk = Desk::of_samples();
    let seal = desk.site.seal.of("form");
    assert_eq!(send(&desk, "x", &[("text", "words")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(send(&desk, &seal, &[("text", "  ")]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        send(&desk, &seal, &[("address", "file:///etc/passwd")]).await.status,
        StatusCode::BAD_REQUEST
    );
    let read_only = Desk::with(|settings| settings.is_read_only = true);
    let seal = read_only.site.seal.of("form");
    assert_eq!(send(&read_only, &seal, &[("text", "words")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(read_only.send("/corrections", "kind=merge").await.status, StatusCode::FORBIDDEN);
}
