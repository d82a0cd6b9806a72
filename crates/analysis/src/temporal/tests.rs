use parallax_model::{Article, Document};
use proptest::prelude::*;

use super::*;
use crate::segment::segment;

/// The times of `text`, published on Thursday, 15 May 2031, as words and date.
fn found(text: &str) -> Vec<String> {
    let times = times(text, &segment(text), Some("2031-05-15"));
    times.iter().map(|time| format!("{} = {}", time.span.of(text), time.date)).collect()
}

#[test]
fn times_of_news() {
    let check = |text: &str, expected: &[&str]| assert_eq!(found(text), expected, "{text}");
    check("It broke on February 12, 2025.", &["on February 12, 2025 = 2025-02-12"]);
    check("It broke on 12 February 2025.", &["on 12 February 2025 = 2025-02-12"]);
    check("Seen in Port Ellery, Friday, July 7, 2017.", &["Friday, July 7, 2017 = 2017-07-07"]);
    check("Dated 2025-02-12.", &["2025-02-12 = 2025-02-12"]);
    check("The dam broke on Feb. 12.", &["on Feb. 12 = 2031-02-12"]);
    check("The dam broke on 3 December.", &["on 3 December = 2030-12-03"]);
    check("The vote will be held on 3 December.", &["on 3 December = 2031-12-03"]);
    check("She spoke on Wednesday.", &["on Wednesday = 2031-05-14"]);
    check("She spoke on Thursday.", &["on Thursday = 2031-05-15"]);
    check("She spoke last Thursday.", &["last Thursday = 2031-05-08"]);
    check("Parliament meets on Monday.", &["on Monday = 2031-05-19"]);
    check("The trial opens on Monday, she said.", &["on Monday = 2031-05-19"]);
    check("Parliament met on Monday.", &["on Monday = 2031-05-12"]);
    check("They would meet the envoy on Friday.", &["on Friday = 2031-05-16"]);
    check(
        "They said on Monday they would meet on Friday.",
        &["on Monday = 2031-05-12", "on Friday = 2031-05-16"],
    );
    check("The list will be published on Tuesday.", &["on Tuesday = 2031-05-20"]);
    check("It closed yesterday and opens tomorrow.", &["yesterday = 2031-05-14", "tomorrow = 2031-05-16"]);
    check("Costs rose this year and last month.", &["this year = 2031", "last month = 2031-04"]);
    check("He left two years ago.", &["two years ago = 2029"]);
    check("The first since 2015, and in 2009.", &["since 2015 = 2015", "in 2009 = 2009"]);
    check("A return to pre-2014 borders.", &["pre-2014 = 2014"]);
    check("They agreed in March.", &["in March = 2031-03"]);
    check("They agreed in November 2028.", &["in November 2028 = 2028-11"]);
}

#[test]
fn a_dateline_anchors_its_report() {
    let dates =
        |text: &str| times(text, &segment(text), None).into_iter().map(|t| t.date).collect::<Vec<_>>();
    assert_eq!(dates("PORT ELLERY, May 15, 2031 - It burst on Tuesday."), ["2031-05-15", "2031-05-13"]);
    assert_eq!(dates("On May 15, 2031 a dam burst. It was mended on Tuesday."), ["2031-05-15"]);
}

#[test]
fn words_that_are_no_times() {
    for text in [
        "It may rain.",
        "They march on.",
        "The 1990s were dry.",
        "Some 2000 people came.",
        "He won 21 games.",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

fn undated(text: &str) -> Document {
    let article = Article { text: text.to_owned(), ..Article::default() };
    Document { segments: segment(text), article, ..Document::default() }
}

#[test]
fn a_day_in_one_report_anchors_all() {
    let reports = [
        undated("The dam gave way on Wednesday."),
        undated("FILE The dam is opened, Friday, July 7, 2017. Repairs end on 31 December 2039."),
        undated("Water rises near Port Ellery February 12, 2025. Crews worked on Friday."),
    ];
    assert_eq!(story_day(reports.iter()).as_deref(), Some("2025-02-12"));
    assert_eq!(story_day(reports[..1].iter()), None);
}

proptest! {
    #[test]
    fn any_text_has_times_in_place(text in "([0-9]{1,4}|[a-z]{1,6}|[ ,.-]|May|on Friday|ago|years|\\PC){0,24}") {
        for time in times(&text, &segment(&text), Some("2031-05-15")) {
            prop_assert!(!time.span.of(&text).is_empty());
            prop_assert!(time.date.len() >= 4);
        }
    }
}
