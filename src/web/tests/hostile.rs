//! Reports that try everything. Nothing of theirs becomes markup on a page, and every answer of the API stays JSON.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::{Method, StatusCode};
use parallax_model::{Body, RawReport};

use super::desk::Desk;
use super::writing::{done, send};
use crate::report::html::in_address;

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
                authors: vec![format!("Bo Merin {attack}")],
                credit: None,
            });
        }
    }
    reports
}

/// Corrections and an import whose every field is an attack too.
async fn tamper(desk: &Desk) {
    let reports = desk.ask(Method::GET, "/api/v1/reports?limit=1", &[], "").await.json();
    let report = in_address(reports["reports"][0]["report"].as_str().unwrap());
    let attack = in_address(&ATTACKS.concat());
    let form = format!("kind=speaker&report={report}&words=metres+since+1962&speaker={attack}&who={attack}");
    assert_eq!(desk.send("/corrections", &form).await.status, StatusCode::SEE_OTHER);
    let form = format!("kind=split&story=s1&reports={report}&who={attack}");
    assert_eq!(desk.send("/corrections", &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        desk.send("/corrections/1/undo", &format!("who={attack}")).await.status,
        StatusCode::SEE_OTHER
    );
    let fields = ATTACKS.map(|attack| attack.replace(['\r', '\n'], " "));
    let seal = desk.site.seal.of("form");
    let text = fields.concat();
    let pasted = [("outlet", &*fields[0]), ("title", &fields[1]), ("published", &fields[2]), ("text", &text)];
    assert_eq!(send(desk, &seal, &pasted).await.status, StatusCode::SEE_OTHER);
    let bad = "files\"; filename=\"<script>alert(1)<script>.jsonl";
    assert_eq!(send(desk, &seal, &[(bad, "no row")]).await.status, StatusCode::SEE_OTHER);
    done(desk, "/import/1").await;
    done(desk, "/import/2").await;
}

/// Addresses of a kind that are asked for; more of them hold nothing that these do not.
const OF_A_KIND: usize = 10;

/// What an address leads to, names left out.
fn kind(address: &str) -> String {
    let parts: Vec<&str> = address.split('?').next().unwrap().split('/').collect();
    format!("{}/{}", parts.get(1).unwrap(), parts.get(3).unwrap_or(&""))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_word_of_a_report_becomes_markup() {
    let desk = Desk::of(hostile());
    tamper(&desk).await;
    let mut seen = BTreeSet::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut open: VecDeque<_> = [
        "/",
        "/search?q=harlow",
        "/search?q=%3Cscript%3E&speaker=%22%3E%3Cimg%3E",
        "/corrections?report=%3Cscript%3E&words=%22%3E%3Cimg%3E&story=%3Cb%3E&kind=%22%3E",
        "/import/1",
        "/import/2",
        "/people/%3Cscript%3E",
        "/outlets/%22%3E%3Cimg%3E",
        "/nowhere/%3Cscript%3E",
    ]
    .map(str::to_owned)
    .into();
    while let Some(path) = open.pop_front() {
        let answer = desk.get(&path).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        check_text(&path, answer.text());
        for href in answer.text().split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let href = href.replace("&#38;", "&");
            assert!(href.starts_with(['/', '#', '?']) || href.starts_with("http"), "{path}: {href}");
            let address = href.split('#').next().unwrap().to_owned();
            let is_ours = address.starts_with('/')
                && !address.starts_with("/api/v1")
                && !address.starts_with("/assets");
            if is_ours && seen.insert(address.clone()) {
                let met = kinds.entry(kind(&address)).or_default();
                *met += 1;
                if *met <= OF_A_KIND {
                    open.push_back(address);
                }
            }
        }
    }
    for wanted in [
        "/",
        "stories/",
        "stories/sayings",
        "stories/facts",
        "stories/timeline",
        "stories/feed.atom",
        "reports/",
        "beside/",
        "people/",
        "outlets/",
        "corrections/",
        "import/",
        "help/",
        "api/",
    ] {
        assert!(kinds.contains_key(wanted), "no link leads to {wanted}: {kinds:?}");
    }
    assert!(
        seen.iter().any(|path| path.starts_with("/reports/r0-Wire%3Ci%3E%22%27%2F%3F%23%25%26")),
        "{seen:?}"
    );
}

/// What holds of every page and feed: no tag and no attribute is a report's, and what a report turns round stays within its own element.
fn check_text(path: &str, text: &str) {
    for tag in ["<script>", "<img", "<i>", "<b>", "<u>", "</style>", "<!--"] {
        assert!(!text.contains(tag), "{path}: {tag}");
    }
    let illegal =
        |c: char| c.is_control() && !['\t', '\n', '\r', '\u{7f}', '\u{85}'].contains(&c) || c == '\u{fffe}';
    assert!(!path.ends_with(".atom") || !text.contains(illegal), "{path} is no XML");
    let mut open: Vec<(&str, bool)> = Vec::new();
    for part in text.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or((part, ""));
        let outside_quotes: String = tag.split('"').step_by(2).collect();
        assert!(!outside_quotes.contains(" on") && !outside_quotes.contains('\''), "{path}: {tag}");
        let name = tag.split([' ', '/']).next().unwrap();
        if tag.starts_with('/') {
            open.pop();
        } else if !tag.ends_with('/') && !["!DOCTYPE", "meta", "link", "input", "br"].contains(&name) {
            let isolates = tag.contains("dir=\"auto\"") || ISOLATING.contains(&name);
            open.push((name, isolates));
        }
        let is_turned = words.contains(['\u{202e}', '\u{2066}', '\u{200f}']);
        assert!(
            !is_turned || path.ends_with(".atom") || open.iter().any(|(_, isolates)| *isolates),
            "{path}: {words} in {open:?}"
        );
    }
}

/// Elements out of which no sign of direction reaches: `bdi`, what is shown as plain text, cells, and texts of drawings.
const ISOLATING: [&str; 6] = ["bdi", "title", "option", "textarea", "td", "text"];

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
        "/api/v1/stories/s1/sayings/u1",
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
