use parallax_model::{Article, Document};
use proptest::prelude::*;

use super::*;
use crate::segment::segment;

fn report(text: &str, published: Option<&str>) -> Document {
    let article =
        Article { text: text.to_owned(), published: published.map(str::to_owned), ..Article::default() };
    let segments = segment(text);
    let times = crate::temporal::times(text, &segments, published);
    Document { article, segments, times, ..Document::default() }
}

/// The events as date, statement and number of reports.
fn told(documents: &[Document]) -> Vec<String> {
    let events = timeline(documents, &[]);
    events.iter().map(|e| format!("{} {} ({})", e.date, e.statement, e.reports.len())).collect()
}

#[test]
fn events_of_dated_reports() {
    let reports = [
        report("The Harrow dam burst on Wednesday, flooding two villages.", Some("2031-05-15")),
        report(
            "Two villages were flooded when the Harrow dam burst on Wednesday. Later the mayor resigned.",
            Some("2031-05-14"),
        ),
        report("The dam was built in 1974. Repairs will begin on Monday.", Some("2031-05-16")),
    ];
    assert_eq!(
        told(&reports),
        [
            "1974 The dam was built in 1974. (1)",
            "2031-05-14 The Harrow dam burst on Wednesday, flooding two villages. (2)",
            "2031-05-14 Later the mayor resigned. (1)",
            "2031-05-19 Repairs will begin on Monday. (1)",
        ]
    );
}

#[test]
fn a_day_named_in_one_report_dates_the_others() {
    let reports = [
        report("The vote was held on Sunday. A recount will be held on Tuesday.", None),
        report("Voters in Port Ellery, Sunday, March 2, 2031.", None),
    ];
    assert_eq!(
        told(&reports),
        [
            "2031-03-02 The vote was held on Sunday. (1)",
            "2031-03-02 Voters in Port Ellery, Sunday, March 2, 2031. (1)",
            "2031-03-04 A recount will be held on Tuesday. (1)",
        ]
    );
}

#[test]
fn what_is_not_dated_is_left_out() {
    for text in ["", "The dam burst.", "Two days later it burst.", "It burst on Wednesday."] {
        assert_eq!(told(&[report(text, None)]), [""; 0], "{text}");
    }
}

proptest! {
    #[test]
    fn events_come_in_the_order_of_time(text in "([a-z]{1,8}|[ ,.]|on Friday|in 2009|yesterday|Later|\\PC){0,40}") {
        let events = timeline(&[report(&text, Some("2031-05-15"))], &[]);
        prop_assert!(events.is_sorted_by_key(|event| &event.date));
        for event in &events {
            prop_assert!(event.reports.iter().all(|place| !place.span.of(&text).is_empty()));
        }
    }
}
