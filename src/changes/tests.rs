use std::collections::BTreeSet;

use parallax_archive::{Change, ChangeOp};
use parallax_model::{Body, RawReport};
use proptest::prelude::*;

use super::telling::correction;
use super::{Kept, News, changes};
use crate::report::wire::ComparisonDocument;

const WIRE: &str = "The Harlow dam broke on Monday and 14 people died.\n\n\
    Mayor Ines Vidal said: \"We were warned about this dam in May, and nobody came to mend it.\"\n\n\
    The water reached the market square before noon, and the bridge to Lissund was closed.";
const COAST: &str = "Rescue teams searched the valley below Harlow for a third day.\n\n\
    Army engineer Pavel Okonjo told reporters: \"The second wall will hold if the rain stops tonight.\"\n\n\
    Schools in the district stay shut until Friday, the council announced.";
const ALTERED: &str = "Harlow is in mourning after its dam gave way on Monday.\n\n\
    Mayor Ines Vidal said: \"We were warned about this dam in June, and nobody came to mend it.\"\n\n\
    Volunteers cooked for three hundred families in the sports hall overnight.";

fn report(id: &str, text: &str) -> RawReport {
    RawReport {
        id: id.into(),
        place: id.into(),
        source: Some(format!("The {id}")),
        title: Some(format!("Dam breaks at Harlow, by {id}")),
        published: None,
        url: None,
        language: None,
        body: Body::Text(text.into()),
        fetched: None,
        authors: Vec::new(),
        credit: None,
    }
}

fn kept(reports: &[(&str, &str)]) -> Kept {
    let reports = reports.iter().map(|(id, text)| report(id, text)).collect();
    let comparison = parallax_analysis::compare(reports);
    Kept::read(&serde_json::to_string(&ComparisonDocument::new(&comparison)).unwrap()).unwrap()
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The kinds with their sentences, as a person reads them.
fn told(news: &[News]) -> Vec<String> {
    news.iter().map(|news| format!("{}: {}", news.kind.word(), news.sentence)).collect()
}

/// What is told when reports come in on top of those that are there.
fn arriving(there: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<String> {
    let former = (!there.is_empty()).then(|| kept(there));
    let stay = there.iter().filter(|(id, _)| new.iter().all(|(other, _)| id != other));
    let all: Vec<_> = stay.chain(new).copied().collect();
    let arrived: Vec<&str> = new.iter().map(|(id, _)| *id).collect();
    told(&changes(former.as_ref(), &kept(&all), &names(&arrived)))
}

#[test]
fn what_arrives_is_told_once_and_in_plain_words() {
    let check = |there: &[(&str, &str)], new: &[(&str, &str)], expected: &[&str]| {
        assert_eq!(arriving(there, new), expected);
    };
    // That a report came in is told where it is placed, so a story of one has nothing more to tell.
    check(&[], &[("wire", WIRE)], &[]);
    check(
        &[("wire", WIRE)],
        &[("coast", COAST)],
        &[
            "new-origin: The coast tells the story independently of the reports before.",
            "new-saying: New from Pavel Okonjo, in The coast: “The second wall will hold if the rain stops tonight”.",
            "new-saying: New from the council, in the words of The coast: “Schools in the district stay shut until Friday”.",
        ],
    );
    let altered = arriving(&[("wire", WIRE)], &[("post", ALTERED)]);
    let expected = "altered-quotation: The post quotes “June” where The wire has “May”.";
    assert!(altered.iter().any(|told| told == expected), "{altered:#?}");
    check(&[("wire", WIRE)], &[("copy", WIRE)], &[]);
    check(&[("post", ALTERED), ("wire", WIRE)], &[("copy", ALTERED)], &[]);
}

#[test]
fn figures_are_told_where_they_change_or_contradict() {
    let more = WIRE.replace("14 people", "17 people");
    let later = "Officials in Harlow counted again on Wednesday.\n\nThe Harlow dam broke on Monday and 17 people died.";
    let check = |there: &[(&str, &str)], new: &[(&str, &str)], expected: &str| {
        let told = arriving(there, new);
        assert!(told.iter().any(|told| told == expected), "{told:#?}");
    };
    check(
        &[("wire", WIRE)],
        &[("wire", &more)],
        "figure-changed: The wire now reports “17 people”, before it was “14 people”.",
    );
    check(
        &[("wire", WIRE)],
        &[("later", later)],
        "conflict: Reports contradict each other: “17 people” (The later) and “14 people” (The wire).",
    );
    // A third report that has one of the two figures is no further contradiction.
    let third =
        "A third paper has it too.\n\nIn the valley, 17 people died when the Harlow dam broke on Monday.";
    let again = arriving(&[("wire", WIRE), ("later", later)], &[("third", third)]);
    assert!(
        again.iter().all(|told| !told.starts_with("conflict") && !told.starts_with("figure")),
        "{again:#?}"
    );
}

#[test]
fn one_contradiction_is_told_once() {
    let quoting = |minutes: &str| {
        format!(
            "Officer Lena Marsh said: \"We had {minutes} minutes between the first alarm and the water in our street.\""
        )
    };
    let (wire, post) = (quoting("nineteen"), quoting("ninety"));
    let told = arriving(&[("wire", &wire)], &[("post", &post)]);
    let conflicts: Vec<_> = told.iter().filter(|told| told.starts_with("conflict")).collect();
    let expected = "conflict: Reports contradict each other: “ninety minutes” (The post) and “nineteen minutes” (The wire).";
    assert_eq!(conflicts, [expected]);
}

#[test]
fn reports_that_come_from_another_story_are_no_news() {
    let former = kept(&[("wire", WIRE)]);
    let present = kept(&[("wire", WIRE), ("coast", COAST), ("post", ALTERED)]);
    assert_eq!(changes(Some(&former), &present, &names(&[])), []);
    // A story that was split off has no comparison of its own yet.
    assert_eq!(changes(None, &present, &names(&[])), []);
}

#[test]
fn corrections_of_an_outlet_name_what_changed() {
    let change =
        |op, before: &str, after: &str, at| Change { op, before: before.into(), after: after.into(), at };
    let changes = [
        change(ChangeOp::Replace, "14", "17", 2),
        change(ChangeOp::Insert, "", "at least ", 4),
        change(ChangeOp::Delete, "all", "", 13),
    ];
    let check =
        |count: usize, expected: &str| assert_eq!(correction("The Wire", &changes[..count]), expected);
    check(0, "The Wire changed the headline of its report.");
    check(1, "The Wire changed its report: “14” became “17”.");
    check(2, "The Wire changed its report: “14” became “17” and “at least” was added.");
    check(3, "The Wire changed its report: “14” became “17”, “at least” was added, and 1 change more.");
}

/// Sentences out of which stories are made.
const SENTENCES: [&str; 8] = [
    "The Harlow dam broke on Monday and 14 people died.",
    "The Harlow dam broke on Monday and 17 people died.",
    "Mayor Ines Vidal said: \"We were warned about this dam in May, and nobody came.\"",
    "Mayor Ines Vidal said: \"We were warned about this dam in June, and nobody came.\"",
    "\"We were warned about this dam in May, and nobody came,\" said engineer Pavel Okonjo.",
    "Vidal said that the bridge to Lissund would stay closed until the spring.",
    "The water — 3 metres high, “a wall” — reached the square before noon. 水",
    "Rescue teams searched the valley for a third day.",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(0..SENTENCES.len(), 1..5)
        .prop_map(|picks| picks.into_iter().map(|pick| SENTENCES[pick]).collect::<Vec<_>>().join("\n\n"))
}

fn story() -> impl Strategy<Value = Vec<(String, String)>> {
    proptest::collection::vec(text(), 1..4)
        .prop_map(|texts| texts.into_iter().enumerate().map(|(n, text)| (format!("r{n}"), text)).collect())
}

fn of(story: &[(String, String)]) -> Kept {
    kept(&story.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_same_comparison_again_tells_nothing(story in story()) {
        let all = story.iter().map(|(id, _)| id.clone()).collect();
        prop_assert_eq!(changes(Some(&of(&story)), &of(&story), &all), []);
    }

    #[test]
    fn an_exact_copy_tells_nothing_new(story in story(), pick in 0_usize..3) {
        let copied = story[pick % story.len()].1.clone();
        let mut more = story.clone();
        more.push(("zz".into(), copied));
        let news = changes(Some(&of(&story)), &of(&more), &names(&["zz"]));
        prop_assert_eq!(told(&news), Vec::<String>::new());
    }

    #[test]
    fn news_rest_on_words_that_stand_there(story in story(), new in text()) {
        let mut more = story.clone();
        more.push(("zz".into(), new));
        let news = changes(Some(&of(&story)), &of(&more), &names(&["zz"]));
        let keys: BTreeSet<_> = news.iter().map(News::anchors).collect();
        prop_assert_eq!(keys.len(), news.len());
        for news in &news {
            prop_assert!(news.reports.contains(&"zz".to_owned()), "{}", news.sentence);
            for place in &news.places {
                let (_, text) = more.iter().find(|(id, _)| *id == place.report).unwrap();
                let words: String = text.chars().skip(place.start).take(place.end - place.start).collect();
                prop_assert_eq!(&words, &place.words);
            }
        }
    }
}
