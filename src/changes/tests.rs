use std::collections::BTreeSet;

use parallax_archive::{Change, ChangeOp};
use parallax_model::{Body, RawReport};
use proptest::prelude::*;

use super::telling::correction;
use super::{Edit, Kept, News, changes};
use crate::report::wire;

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
    Kept::read(&wire::kept::write(&comparison).unwrap()).unwrap()
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
fn of_an_altered_quotation_the_gravest_words_are_told() {
    let quoting = |words: &str| format!("Officer Lena Marsh said: \"{words}\"");
    let check = |words: &str, altered: &str, expected: &str| {
        let told = arriving(&[("wire", &quoting(words))], &[("post", &quoting(altered))]);
        assert!(told.iter().any(|told| told == expected), "{told:#?}");
    };
    check(
        "The rivers of this valley must never again be managed by one council alone.",
        "The rivers of this valley should never again be controlled by one council alone.",
        "altered-quotation: The post quotes “should” where The wire has “must”, and has “controlled” for “managed”.",
    );
    check(
        "I can say that there was no warning before the water came into our street, and this would happen again.",
        "I can say that there was a warning before the water came into our street, and this would occur again.",
        "altered-quotation: The post quotes “a” where The wire has “no”, and has “occur” for “happen”.",
    );
    check(
        "The first alarm came nineteen minutes before the water in our street, and nobody heard it.",
        "The initial alarm came ninety minutes before the water in our street, and nobody noticed it.",
        "altered-quotation: The post quotes “ninety” where The wire has “nineteen”, and has “initial” for “first”.",
    );
}

#[test]
fn a_correction_tells_only_the_differences_that_it_made() {
    let wire = WIRE.replace("nobody came to mend it", "nobody came to repair it");
    let corrected = wire.replace("in May", "in April");
    let told = arriving(&[("wire", &wire), ("post", ALTERED)], &[("wire", &corrected)]);
    let altered: Vec<_> = told.iter().filter(|told| told.starts_with("altered")).collect();
    assert_eq!(altered, ["altered-quotation: The wire quotes “April” where The post has “June”."]);
    let elsewhere = wire.replace("We were warned about this dam", "We had been warned about this dam");
    let told = arriving(&[("wire", &wire), ("post", ALTERED)], &[("wire", &elsewhere)]);
    assert!(told.iter().all(|told| !told.contains("repair") && !told.contains("May")), "{told:#?}");
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
fn a_contradiction_names_the_reports_that_contradict() {
    let saying = |beginning: &str, words: &str| {
        format!(
            "{beginning}\n\nEngineer Pavel Okonjo said: \"There was {words} warning that could have told us the wall would go.\""
        )
    };
    let (wire, copy) =
        (saying("The wall of Harlow went on Monday.", "no"), saying("Harlow looks back.", "no"));
    let post = saying("Questions are asked in the council.", "a");
    let told = arriving(&[("start", COAST)], &[("ark", &wire), ("beacon", &copy), ("post", &post)]);
    let conflicts: Vec<_> = told.iter().filter(|told| told.starts_with("conflict")).collect();
    let expected = "conflict: The ark and The post contradict each other on \
        “There was no warning that could have told us the wall would go”. \
        In the same saying a denial came or went: “no” against “a”.";
    assert_eq!(conflicts, [expected]);
}

#[test]
fn a_figure_that_an_outlet_replaced_is_told_once() {
    let later = "Officials in Harlow counted again on Wednesday.\n\nThe Harlow dam broke on Monday and at least 14 people died.";
    let more = WIRE.replace("14 people", "at least 17 people");
    let before = WIRE.replace("14 people", "at least 14 people");
    let told = arriving(&[("wire", &before), ("later", later)], &[("wire", &more)]);
    let figures: Vec<_> = told.iter().filter(|told| told.contains("17")).collect();
    assert_eq!(
        figures,
        ["figure-changed: The wire now reports “at least 17 people”, before it was “at least 14 people”."]
    );
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
        change(ChangeOp::Replace, "\n", " ", 13),
        change(ChangeOp::Delete, "all", "", 14),
    ];
    let text = "Of 17 people at least  were found.";
    let check = |count: usize, expected: &str| {
        let edits = Edit::all(changes[..count].to_vec(), text);
        assert_eq!(correction("The Wire", &edits), expected);
    };
    check(1, "The Wire changed its report: “14” became “17”.");
    check(2, "The Wire changed its report: “14” became “17” and “at least” was added.");
    check(3, "The Wire changed its report: “14” became “17” and “at least” was added.");
    check(4, "The Wire changed its report: “14” became “17”, “at least” was added, and 1 change more.");
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
