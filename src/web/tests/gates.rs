//! What every request passes: headers, names, tokens, seals, memory.

use axum::http::{Method, StatusCode};

use super::desk::Desk;
use crate::web::settings::Token;

#[tokio::test]
async fn every_answer_protects_its_reader() {
    let desk = Desk::empty();
    for path in ["/", "/help", "/healthz", "/metrics", "/sign-in", "/assets/reader.css", "/nowhere"] {
        let answer = desk.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self';"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
    }
}

#[tokio::test]
async fn an_answer_that_is_known_is_not_sent_again() {
    let desk = Desk::empty();
    let first = desk.get("/").await;
    let tag = first.header("etag").to_owned();
    assert!(first.status == StatusCode::OK && tag.len() > 2);
    for (known, status) in [
        (tag.as_str(), StatusCode::NOT_MODIFIED),
        (&format!("W/{tag}"), StatusCode::NOT_MODIFIED),
        (&format!("\"other\", {tag}"), StatusCode::NOT_MODIFIED),
        ("*", StatusCode::NOT_MODIFIED),
        ("\"other\"", StatusCode::OK),
    ] {
        let again =
            desk.ask(Method::GET, "/", &[("accept", "text/html"), ("if-none-match", known)], "").await;
        assert_eq!(again.status, status, "{known}");
        assert_eq!(again.body.is_empty(), status == StatusCode::NOT_MODIFIED, "{known}");
        assert_eq!(again.header("etag"), tag, "{known}");
    }
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_take_it() {
    let desk = Desk::empty();
    let plain = desk.get("/help").await;
    for (accepted, encoding) in [("gzip", "gzip"), ("br, gzip", "br"), ("gzip;q=0", ""), ("identity", "")] {
        for _ in 0..2 {
            let answer = desk.ask(Method::GET, "/help", &[("accept-encoding", accepted)], "").await;
            assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
            assert_eq!(answer.body.len() < plain.body.len(), !encoding.is_empty(), "{accepted}");
        }
    }
}

#[tokio::test]
async fn head_tells_what_get_would() {
    let desk = Desk::empty();
    let (get, head) = (desk.get("/help").await, desk.ask(Method::HEAD, "/help", &[], "").await);
    assert_eq!(head.status, StatusCode::OK);
    assert!(head.body.is_empty());
    for name in ["etag", "content-length", "content-type"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
}

#[tokio::test]
async fn failures_are_told_to_people_as_pages_and_to_programs_as_problems() {
    let desk = Desk::empty();
    let page = desk.get("/nowhere").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.header("content-type").starts_with("text/html"));
    let problem = desk.ask(Method::GET, "/nowhere", &[], "").await;
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert_eq!(problem.json()["status"], 404);
    let method = desk.ask(Method::PUT, "/help", &[], "").await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(method.json()["title"], "Method Not Allowed");
}

#[tokio::test]
async fn other_names_lead_nowhere() {
    let desk = Desk::empty();
    for (host, status) in [
        ("localhost:7464", StatusCode::OK),
        ("[::1]:7464", StatusCode::OK),
        ("rebound.example", StatusCode::MISDIRECTED_REQUEST),
        ("127.0.0.1.rebound.example:7464", StatusCode::MISDIRECTED_REQUEST),
        ("", StatusCode::MISDIRECTED_REQUEST),
    ] {
        assert_eq!(desk.ask(Method::GET, "/", &[("host", host)], "").await.status, status, "{host}");
    }
}

#[tokio::test]
async fn a_token_opens_the_door() {
    const TOKEN: &str = "a token that is long";
    let desk = Desk::with(|settings| settings.token = Some(Token::of(TOKEN)));
    assert_eq!(desk.ask(Method::GET, "/", &[], "").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(desk.get("/").await.header("location"), "/sign-in");
    assert_eq!(desk.get("/metrics").await.header("location"), "/sign-in");
    for open in ["/sign-in", "/healthz", "/assets/report.css"] {
        assert_eq!(desk.get(open).await.status, StatusCode::OK, "{open}");
    }
    for (shown, status) in [
        (format!("Bearer {TOKEN}"), StatusCode::OK),
        (format!("Bearer {TOKEN}x"), StatusCode::UNAUTHORIZED),
        (TOKEN.to_owned(), StatusCode::UNAUTHORIZED),
    ] {
        assert_eq!(
            desk.ask(Method::GET, "/", &[("authorization", &shown)], "").await.status,
            status,
            "{shown}"
        );
    }
    assert_eq!(desk.send("/sign-in", "token=wrong").await.status, StatusCode::UNAUTHORIZED);
    let signed_in = desk.send("/sign-in", "token=a+token+that+is+long").await;
    assert_eq!(signed_in.status, StatusCode::SEE_OTHER);
    let cookie = signed_in.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("token"));
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(desk.ask(Method::GET, "/", &[("cookie", cookie)], "").await.status, StatusCode::OK);
    assert_eq!(
        desk.ask(Method::GET, "/", &[("cookie", "parallax=x")], "").await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn forms_of_other_pages_change_nothing() {
    let desk = Desk::with(|settings| settings.token = Some(Token::of("a token that is long")));
    let seal = format!("token=a+token+that+is+long&seal={}", desk.site.seal.of("form"));
    for (headers, body, status) in [
        (&[("sec-fetch-site", "cross-site")][..], seal.as_str(), StatusCode::FORBIDDEN),
        (&[("origin", "http://elsewhere.example")], &seal, StatusCode::FORBIDDEN),
        (&[], "token=a+token+that+is+long&seal=x", StatusCode::FORBIDDEN),
        (&[], &seal, StatusCode::SEE_OTHER),
    ] {
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let answer = desk.ask(Method::POST, "/sign-in", &[headers, &kind].concat(), body).await;
        assert_eq!(answer.status, status, "{headers:?} {body}");
    }
}

#[tokio::test]
async fn requests_are_counted() {
    let desk = Desk::empty();
    desk.get("/help").await;
    desk.get("/help").await;
    let text = desk.get("/metrics").await;
    assert!(
        text.text().contains("parallax_requests_total{route=\"/help\",status=\"200\"} 2"),
        "{}",
        text.text()
    );
    assert!(text.text().contains("parallax_remembered_total 1"), "{}", text.text());
}
