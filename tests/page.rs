//! The page that `parallax compare --format html` writes: well-formed, self-contained, and deaf to hostile reports.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use base64::Engine;
use sha2::{Digest, Sha256};
use tempfile::tempdir;

fn page(inputs: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["compare", "--format", "html"])
        .args(inputs)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// A page made of reports that try everything.
fn hostile_page() -> String {
    let folder = tempdir().unwrap();
    let attack = "<script>alert(1)</script> \"><img src=x onerror=alert(2)> </style></title> {{ 7 }} &amp; \u{202e}evil\u{202c}";
    for (name, words) in [("a", "said Ada Merin"), ("b", "said Bo Merin & <b>Co</b>")] {
        let line =
            format!("Attack {attack}\n\n“The river has {attack} fallen by 12 metres since 1962,” {words}.\n");
        fs::write(folder.path().join(format!("{name}<i>.txt")), line).unwrap();
    }
    let line = serde_json::json!({
        "id": "c\"><script>", "source": attack, "title": attack, "url": "javascript:alert(3)", "lang": "en\" onclick=\"x",
        "published": attack, "text": format!("{attack} said Cy. “The river has fallen by 13 metres,” said Cy <u>Merin</u>."),
    });
    fs::write(folder.path().join("lines.jsonl"), line.to_string()).unwrap();
    page(&[folder.path().to_str().unwrap()])
}

#[test]
fn the_page_is_well_formed() {
    for html in [page(&["samples"]), hostile_page()] {
        check_balance(&html);
        check_links(&html);
    }
}

#[test]
fn the_page_holds_no_script_and_loads_nothing() {
    for html in [page(&["samples"]), hostile_page()] {
        let tags = tags(&html);
        for name in ["script", "img", "iframe", "link", "base", "form", "object", "b", "u", "i"] {
            assert!(!tags.iter().any(|tag| tag_name(tag) == name), "<{name}> on the page");
        }
        for attribute in [" onclick", " onerror", " src=", " style=", "javascript:"] {
            assert!(
                !tags.iter().any(|tag| outside_quotes(tag).contains(attribute)),
                "{attribute} on the page"
            );
        }
        let elsewhere =
            tags.iter().filter(|tag| tag.contains(" href=\"")).find(|tag| !tag.contains(" href=\"#"));
        assert_eq!(elsewhere, None);
    }
}

#[test]
fn the_policy_allows_the_style_and_nothing_else() {
    let html = page(&["samples"]);
    let (_, rest) = html.split_once("<style>").unwrap();
    let (style, _) = rest.split_once("</style>").unwrap();
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style));
    assert!(html.contains(&format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'")));
    assert!(!style.contains("url(http") && !style.contains("@import"));
}

#[test]
fn every_stage_can_be_empty() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Hm.").unwrap();
    fs::write(folder.path().join("b.txt"), "\u{202e}\u{0}🙂").unwrap();
    check_balance(&page(&[folder.path().to_str().unwrap()]));
}

/// Every tag of the page, style and policy aside.
fn tags(html: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let tag = &rest[start..];
        let mut quoted = false;
        let end = tag.find(|c| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let end = end.expect("an open tag ends") + 1;
        tags.push(&tag[..end]);
        rest = if tag.starts_with("<style>") { &tag[tag.find("</style>").unwrap()..] } else { &tag[end..] };
    }
    tags
}

fn tag_name(tag: &str) -> &str {
    tag.trim_start_matches(['<', '/']).split([' ', '>', '/']).next().unwrap()
}

/// The tag without the values of its attributes, but with what stands before each.
fn outside_quotes(tag: &str) -> String {
    tag.split('"').step_by(2).collect()
}

/// Every tag that opens closes, in order.
fn check_balance(html: &str) {
    let mut open = Vec::new();
    for tag in tags(html) {
        let name = tag_name(tag);
        if tag.starts_with("</") {
            assert_eq!(open.pop(), Some(name), "at {tag}");
        } else if !tag.ends_with("/>") && !["!DOCTYPE", "meta", "br"].contains(&name) {
            let inside_paragraph =
                open.last() == Some(&"p") && ["p", "div", "ul", "ol", "table"].contains(&name);
            assert!(!inside_paragraph, "<{name}> inside <p>");
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

/// Every id stands once, and every link on the page leads to one.
fn check_links(html: &str) {
    let value =
        |tag: &str, name: &str| Some(tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?.to_owned());
    let ids: Vec<_> = tags(html).into_iter().filter_map(|tag| value(tag, "id")).collect();
    let known: BTreeSet<_> = ids.iter().cloned().collect();
    assert_eq!(known.len(), ids.len(), "an id stands twice");
    for href in tags(html).into_iter().filter_map(|tag| value(tag, "href")) {
        assert!(known.contains(href.trim_start_matches('#')), "{href} leads nowhere");
    }
}
