//! The API: shapes, filters, cursors, problems, its description.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use parallax_model::{Body, RawReport};

use super::desk::{Answer, Desk};

async fn ask(desk: &Desk, path: &str) -> Answer {
    desk.ask(Method::GET, path, &[], "").await
}

/// Reports of a different event each.
fn events(number: usize) -> Vec<RawReport> {
    let places = ["Harlow", "Redmere", "Ostwick", "Calder", "Tamsin", "Brell", "Quorn"];
    let things = [
        "dam",
        "bakery",
        "orchestra",
        "lighthouse",
        "glacier",
        "submarine",
        "library",
        "vineyard",
        "velodrome",
    ];
    let report = |n: usize| {
        let (place, thing) = (places[n % places.len()], things[n % things.len()]);
        RawReport {
            id: format!("report-{n}"),
            place: format!("report-{n}"),
            source: Some("Wire".into()),
            title: Some(format!("{place} {thing} opens")),
            published: None,
            url: None,
            language: None,
            body: Body::Text(format!(
                "The {thing} of {place} opened. “We built the {thing} in {n} weeks,” said Ada Merin of {place}."
            )),
            fetched: None,
            authors: Vec::new(),
            credit: None,
        }
    };
    (0..number).map(report).collect()
}

#[tokio::test]
async fn a_walk_by_cursors_meets_everything_once() {
    let desk = Desk::of(events(45));
    for (path, list, name, cursor, all) in [
        ("/api/v1/reports", "reports", "report", "after", Some(45)),
        ("/api/v1/search?q=ada", "hits", "report", "from", Some(45)),
        ("/api/v1/quotations?speaker=ada", "quotations", "id", "from", None),
        ("/api/v1/stories", "stories", "story", "after", None),
    ] {
        let mut met = Vec::new();
        let mut next = String::new();
        loop {
            let sign = if path.contains('?') { '&' } else { '?' };
            let answer = ask(&desk, &format!("{path}{sign}limit=7{next}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}{next}");
            let answer = answer.json();
            met.extend(
                answer[list].as_array().unwrap().iter().map(|row| row[name].as_str().unwrap().to_owned()),
            );
            match answer["next"].as_str() {
                Some(place) => next = format!("&{cursor}={place}"),
                None => break,
            }
        }
        let once: BTreeSet<_> = met.iter().collect();
        assert_eq!(once.len(), met.len(), "{path}");
        assert!(all.is_none_or(|all| all == met.len()), "{path}: {}", met.len());
    }
}

#[tokio::test]
async fn filters_leave_out_what_is_not_wanted() {
    let desk = Desk::of_samples();
    for (path, list, amount) in [
        ("/api/v1/stories?min_origins=3", "stories", 1),
        ("/api/v1/stories?min_origins=4", "stories", 0),
        ("/api/v1/stories?min_reports=6", "stories", 0),
        ("/api/v1/search?q=dam&min_origins=4", "hits", 0),
        ("/api/v1/search?q=dam&outlet=courier", "hits", 1),
        ("/api/v1/events?story=s1&limit=1", "events", 1),
    ] {
        assert_eq!(ask(&desk, path).await.json()[list].as_array().unwrap().len(), amount, "{path}");
    }
    let said = ask(&desk, "/api/v1/quotations?speaker=venn&limit=100").await.json();
    let said = said["quotations"].as_array().unwrap();
    assert!(
        !said.is_empty() && said.iter().all(|row| row["speaker"]["name"].as_str().unwrap().contains("Venn"))
    );
}

#[tokio::test]
async fn a_comparison_has_the_contracts_shape() {
    let desk = Desk::of_samples();
    let answer = ask(&desk, "/api/v1/stories/s1/comparison").await.json();
    assert_eq!(answer["schema"], "parallax.comparison/1");
    assert_eq!(answer["offsets"], "unicode-scalar");
    assert_eq!(answer["articles"].as_array().unwrap().len(), 5);
    for quotation in answer["quotations"].as_array().unwrap() {
        let article =
            answer["articles"].as_array().unwrap().iter().find(|a| a["id"] == quotation["article"]).unwrap();
        let length = article["text"].as_str().unwrap().chars().count() as u64;
        assert!(
            quotation["spans"].as_array().unwrap().iter().all(|span| span["end"].as_u64().unwrap() <= length)
        );
    }
    let report = ask(&desk, "/api/v1/reports/continental-wire").await.json();
    assert_eq!(report["id"], "continental-wire");
    assert!(!report["quotations"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_report_says_what_its_outlet_changed() {
    let mut reports = [events(1), events(1)].concat();
    let text = "The dam of Harlow opened. “We built the dam in 9 weeks,” said Ada Merin of Harlow.";
    reports[1].body = Body::Text(text.into());
    let report = ask(&Desk::of(reports), "/api/v1/reports/report-0").await.json();
    let start = text.chars().position(|c| c == '9');
    let changes = serde_json::json!([{"op": "replace", "before": "0", "after": "9", "start": start}]);
    assert_eq!((&report["history"][0]["version"], &report["history"][0]["changes"]), (&2.into(), &changes));
}

#[tokio::test]
async fn problems_are_told_as_problems() {
    let desk = Desk::of_samples();
    for (path, status) in [
        ("/api/v1/stories/s999", 404),
        ("/api/v1/stories/x", 404),
        ("/api/v1/stories/s999/comparison", 404),
        ("/api/v1/reports/nothing", 404),
        ("/api/v1/search", 400),
        ("/api/v1/search?q=-dam", 400),
        ("/api/v1/search?q=dam&limit=0", 400),
        ("/api/v1/search?q=dam&limit=101", 400),
        ("/api/v1/search?q=dam&limit=many", 400),
        ("/api/v1/search?q=dam&from=nowhere", 400),
        ("/api/v1/stories?after=x", 400),
        ("/api/v1/nothing", 404),
    ] {
        let answer = desk.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        let problem = answer.json();
        assert!(
            problem["status"] == status && problem["title"].is_string() && problem["detail"].is_string(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn who_asks_too_often_waits() {
    let desk = Desk::with(|settings| settings.rate = std::num::NonZeroU32::MIN);
    let mut last = ask(&desk, "/api/v1/stories").await;
    for _ in 0..3 {
        last = ask(&desk, "/api/v1/stories").await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.header("retry-after").parse::<u64>().unwrap() >= 1);
    // Where the machine is slow, a request has been saved up meanwhile.
    let mut page = desk.get("/").await;
    for _ in 0..3 {
        page = desk.get("/").await;
    }
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.header("retry-after").parse::<u64>().unwrap() >= 1);
    for free in ["/healthz", "/assets/reader.css"] {
        assert_eq!(desk.get(free).await.status, StatusCode::OK, "{free}");
    }
}

#[tokio::test]
async fn the_description_names_every_address() {
    let desk = Desk::empty();
    let description = ask(&desk, "/api/v1/openapi.json").await.json();
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(description["paths"].as_object().unwrap().len(), 9);
    assert!(description["components"]["schemas"]["ComparisonDocument"].is_object());
    let page = desk.get("/api/docs/").await;
    for path in description["paths"].as_object().unwrap().keys() {
        assert!(page.text().contains(&format!("<code>GET {path}</code>")), "{path}");
    }
}

#[tokio::test]
async fn a_question_that_is_filled_in_leads_to_its_answer() {
    let desk = Desk::of_samples();
    for (asked, answer) in [
        ("question=story&story=s1", "/api/v1/stories/s1"),
        ("question=report&report=a%2Fb%3F", "/api/v1/reports/a%2Fb%3F"),
        ("question=stories&min_origins=2&limit=&after=", "/api/v1/stories?min_origins=2"),
        ("question=search&q=%22dam%20breach%22%26x", "/api/v1/search?q=%22dam%20breach%22%26x"),
    ] {
        let led = desk.get(&format!("/api/docs/try?{asked}")).await;
        assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, answer), "{asked}");
    }
    for asked in ["", "question=nothing", "question=//elsewhere.example"] {
        assert_eq!(
            desk.get(&format!("/api/docs/try?{asked}")).await.status,
            StatusCode::BAD_REQUEST,
            "{asked}"
        );
    }
}
