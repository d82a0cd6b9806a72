//! Reports that try everything. Nothing of theirs becomes markup on a page, and every answer of the API stays JSON.

use std::collections::{BTreeSet, VecDeque};

use axum::http::{Method, StatusCode};
use parallax_model::{Body, RawReport};

use super::desk::Desk;

const ATTACKS: [&str; 6] = [
    "<script>alert(1)</script> \"><img src=x onerror=alert(2)> </style></title></textarea> {{ 7 }} &amp; <!--",
    "\u{202e}reversed\u{202c} \u{2066}isolate\u{2069} \u{200f}right",
    "\u{0}\u{1}\u{8}\u{b}\u{7f}\u{85}\u{feff}\u{fffe}",
    "раураl ⅰⅱ 𝐛𝐨𝐥𝐝 Ａｄａ",
    "قال رئيس البلدية إن السد انهار يوم الاثنين",
    "' onmouseover='alert(3)' javascript:alert(4) ]]> %00 \\u003cscript\\u003e",
];

fn hostile() -> Vec<RawReport> {
    let long = "W".repeat(5000);
    let mut reports = Vec::new();
    for (number, attack) in ATTACKS.iter().enumerate() {
        for outlet in ["Wire", "Courier"] {
            let said = format!(
                "“The river at Harlow {attack} has fallen by {} metres since 1962,” said Ada Merin {attack}.",
                12 + number
            );
            let text = format!(
                "Harlow river falls {attack}\n\n{said}\n\nThe river at Harlow fell on Monday, officials said. {long}\n"
            );
            reports.push(RawReport {
                id: format!("r{number}-{outlet}<i>\"'/?#%&\u{202e}"),
                place: "test".into(),
                source: Some(format!("{outlet} {attack}")),
                title: Some(format!("Harlow river falls {attack}")),
                published: Some("2025-10-09".into()),
                url: Some(format!("javascript:alert('{number}')//{outlet}")),
                language: Some("en\" onclick=\"x".into()),
                body: if number % 2 == 0 { Body::Text(text) } else { Body::Html(format!("<p>{text}</p>")) },
                fetched: None,
                authors: Vec::new(),
                credit: None,
            });
        }
    }
    reports
}

#[tokio::test]
async fn no_word_of_a_report_becomes_markup() {
    let desk = Desk::of(hostile());
    let mut seen = BTreeSet::new();
    let mut open: VecDeque<_> =
        ["/", "/search?q=harlow", "/corrections?report=%3Cscript%3E&words=%22%3E%3Cimg%3E&story=%3Cb%3E"]
            .map(str::to_owned)
            .into();
    while let Some(path) = open.pop_front() {
        let answer = desk.get(&path).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        let html = answer.text();
        for tag in ["<script>", "<img", "<i>", "<b>", "<u>", "</style>", "<!--"] {
            assert!(!html.contains(tag), "{path}: {tag}");
        }
        for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let outside_quotes: String = tag.split('"').step_by(2).collect();
            assert!(!outside_quotes.contains(" on") && !outside_quotes.contains('\''), "{path}: {tag}");
        }
        for href in html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let href = href.replace("&#38;", "&");
            assert!(href.starts_with(['/', '#', '?']) || href.starts_with("http"), "{path}: {href}");
            let address = href.split('#').next().unwrap().to_owned();
            if address.starts_with('/')
                && !address.starts_with("/api")
                && !address.starts_with("/assets")
                && seen.insert(address.clone())
                && seen.len() < 150
            {
                open.push_back(address);
            }
        }
    }
    assert!(
        seen.iter().any(|path| path.starts_with("/reports/r0-Wire%3Ci%3E%22%27%2F%3F%23%25%26")),
        "{seen:?}"
    );
}

#[tokio::test]
async fn every_answer_stays_json() {
    let desk = Desk::of(hostile());
    let stories = desk.ask(Method::GET, "/api/v1/stories", &[], "").await.json();
    let mut paths: Vec<String> = [
        "/api/v1/stories",
        "/api/v1/reports?limit=100",
        "/api/v1/search?q=harlow",
        "/api/v1/quotations?q=harlow",
        "/api/v1/events",
    ]
    .map(str::to_owned)
    .into();
    for story in stories["stories"].as_array().unwrap() {
        paths.push(format!("/api/v1/stories/{}/comparison", story["story"].as_str().unwrap()));
        paths.push(format!("/api/v1/stories/{}", story["story"].as_str().unwrap()));
    }
    for path in paths {
        let answer = desk.ask(Method::GET, &path, &[], "").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
        assert!(answer.json().is_object(), "{path}");
    }
}
