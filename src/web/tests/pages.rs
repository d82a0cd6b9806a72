//! The pages over the samples: each answers, is well formed, light, and every link on it leads somewhere.

use std::collections::{BTreeSet, VecDeque};

use axum::http::StatusCode;

use super::desk::{Answer, Desk};

/// No page is longer, pictures left out.
const HEAVIEST: usize = 150 << 10;

#[tokio::test]
async fn every_link_leads_somewhere() {
    let desk = Desk::of_samples();
    let mut seen = BTreeSet::new();
    let mut open = VecDeque::from(["/".to_owned()]);
    while let Some(path) = open.pop_front() {
        let answer = desk.get(&path).await;
        if answer.status == StatusCode::SEE_OTHER {
            open.push_back(answer.header("location").to_owned());
            continue;
        }
        assert!(answer.status == StatusCode::OK, "{path}: {}", answer.status);
        assert!(answer.body.len() < HEAVIEST, "{path}: {} bytes", answer.body.len());
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        check_page(&path, &answer);
        for href in values(answer.text(), "href") {
            let (address, anchor) =
                href.split_once('#').map_or((href.as_str(), None), |(a, b)| (a, Some(b.to_owned())));
            if let Some(anchor) = anchor.filter(|_| address.is_empty()) {
                assert!(values(answer.text(), "id").contains(&anchor), "{path}: #{anchor} leads nowhere");
            }
            let is_ours = address.starts_with('/')
                && !address.starts_with("/api/v1/")
                && !address.starts_with("/assets/");
            if is_ours && seen.insert(address.to_owned()) {
                open.push_back(address.to_owned());
            }
        }
    }
    for kind in [
        "/stories/",
        "/reports/",
        "/people/",
        "/outlets/",
        "/beside?",
        "/corrections",
        "/import",
        "/help",
        "/api/docs/",
    ] {
        assert!(seen.iter().any(|path| path.starts_with(kind)), "no link leads to {kind}");
    }
    assert!(seen.iter().any(|path| path.contains("/sayings/u")), "no link leads to a saying");
}

/// What holds of every page: one main heading, one main landmark, a language, a title, a way past the head, no script or style of its own, no name twice.
fn check_page(path: &str, answer: &Answer) {
    let html = answer.text();
    for once in ["<h1", "<main id=\"main\"", "<html lang=\"en\">", "<title>", "class=\"skip\" href=\"#main\""]
    {
        assert_eq!(html.matches(once).count(), 1, "{path}: {once}");
    }
    for never in [" style=\"", " onclick", "<style", "javascript:", "<script>"] {
        assert!(!html.contains(never), "{path}: {never}");
    }
    let ids = values(html, "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}: an id stands twice: {ids:?}");
    for label in values(html, "for") {
        assert!(ids.contains(&label), "{path}: a label is for {label}, which is not there");
    }
}

/// The values of an attribute, entities undone.
fn values(html: &str, name: &str) -> Vec<String> {
    let begin = format!(" {name}=\"");
    let after = html.split(&begin).skip(1);
    let values = after.filter_map(|rest| rest.split('"').next());
    values.map(|value| value.replace("&#38;", "&").replace("&amp;", "&")).collect()
}

#[tokio::test]
async fn a_story_tells_what_matters() {
    let desk = Desk::of_samples();
    let page = desk.get("/stories/s1").await;
    for words in [
        "<strong>5</strong> <span>reports</span>",
        "<strong>3</strong> <span>independent origins</span>",
        "negation changed",
        "side by side",
        "contradict each other",
        "/stories/s1/feed.atom",
    ] {
        assert!(page.text().contains(words), "{words}");
    }
    let feed = desk.get("/stories/s1/feed.atom").await;
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    assert!(feed.text().contains("<entry>"));
    let front = desk.get("/").await;
    let headline = page.text().split("<h1><bdi>").nth(1).unwrap().split("</bdi>").next().unwrap();
    assert!(
        front.text().contains(&format!("<h2><a href=\"/stories/s1\"><bdi>{headline}</bdi>")),
        "{headline}"
    );
    assert!(
        front.text().contains("<strong>5</strong> reports, <strong>3</strong> origins"),
        "{}",
        front.text()
    );
}

#[tokio::test]
async fn a_search_marks_what_it_found() {
    let desk = Desk::of_samples();
    let page = desk.get("/search?q=dam+venn").await;
    assert!(page.text().contains("<mark>"));
    let page = desk.get("/search?q=speaker:").await;
    assert!(page.status == StatusCode::OK && page.text().contains("This was not understood"));
    assert!(desk.get("/search?q=zzzz").await.text().contains("No report is like that"));
}

#[tokio::test]
async fn what_is_not_there_is_said_to_be() {
    let desk = Desk::of_samples();
    for path in [
        "/stories/s999",
        "/stories/x",
        "/stories/s1/nothing",
        "/stories/s1/sayings/u999",
        "/stories/s1/sayings/u0",
        "/reports/nothing",
        "/people/Nobody%20At%20All",
        "/outlets/None",
        "/beside?a=continental-wire&b=nothing",
        "/import/7",
        "/assets/nothing",
    ] {
        assert_eq!(desk.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in
        ["/beside?a=x", "/beside?a=continental-wire&b=continental-wire", "/?after=x", "/search?q=dam&from=x"]
    {
        assert_eq!(desk.get(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
}
