//! What a query finds.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

mod shelf;

use parallax_archive::Query;
use parallax_model::{Quotation, QuotationKind, Span, Speaker};

use shelf::{Shelf, at, document, report};

/// Puts a report with a day, an outlet, a headline and the saying of somebody.
fn put(
    shelf: &mut Shelf,
    id: &str,
    day: &str,
    outlet: &str,
    title: &str,
    text: &str,
    saying: Option<(&str, &str)>,
) {
    let raw = report(id, text);
    let mut found = document(id, text);
    found.article.published = (!day.is_empty()).then(|| day.to_owned());
    found.article.source = Some(outlet.into());
    found.article.title = Some(title.into());
    found.quotations = saying.into_iter().map(|(speaker, words)| quotation(text, speaker, words)).collect();
    let put = shelf.put(&raw, &found, at(1));
    shelf.join(put.report, if text.contains("dam") { 1 } else { 2 }, at(1));
}

fn quotation(text: &str, speaker: &str, words: &str) -> Quotation {
    let start = text.find(words).unwrap();
    Quotation {
        kind: QuotationKind::Direct,
        spans: vec![Span::new(start, start + words.len())],
        cue: None,
        speaker: Speaker { mention: None, chain: None, name: Some(speaker.into()) },
        speech: true,
        rule: "test",
        confidence: 1.0,
    }
}

fn shelf() -> Shelf {
    let mut shelf = Shelf::new();
    let mut put =
        |id, day, outlet, title, text, saying| put(&mut shelf, id, day, outlet, title, text, saying);
    put(
        "a",
        "2025-10-09",
        "Harlow Wire",
        "Dam breaks above Harlow",
        "The dam broke. “We are sorry,” he said.",
        Some(("Tomas Réyle", "We are sorry")),
    );
    put(
        "b",
        "2025-10-10",
        "The Courier",
        "Water in the valley",
        "Sorry houses stand below the dam, and the breach of the dam grows.",
        None,
    );
    put(
        "c",
        "2025-11-01",
        "The Courier",
        "A fire drill",
        "Pupils left the school in a drill. “Well done,” said the head.",
        Some(("Ada Osei", "Well done")),
    );
    put(
        "d",
        "",
        "Harlow Wire",
        "Undated",
        "An evacuation plan; the evacuated came home. Über die Brücke.",
        None,
    );
    shelf
}

#[test]
fn queries_find_what_they_say() {
    let shelf = shelf();
    let archive = shelf.open();
    for (query, expected) in [
        ("dam", vec!["a", "b"]),
        ("DAM broke", vec!["a"]),
        ("\"breach of the dam\"", vec!["b"]),
        ("\"dam breach\"", vec![]),
        ("evacuat*", vec!["d"]),
        ("evacuat", vec![]),
        ("dam -breach", vec!["a"]),
        ("dam -\"breach of\" -sorry", vec![]),
        ("sorry", vec!["a", "b"]),
        ("quote:sorry", vec!["a"]),
        ("speaker:reyle", vec!["a"]),
        ("speaker:\"tomas reyle\"", vec!["a"]),
        ("reyle", vec!["a"]),
        ("-speaker:reyle dam", vec!["b"]),
        ("title:harlow", vec!["a"]),
        ("harlow", vec!["a"]),
        ("outlet:harlow", vec!["a", "d"]),
        ("outlet:\"the courier\" dam", vec!["b"]),
        ("uber brucke", vec!["d"]),
        ("after:2025-10-10", vec!["b", "c"]),
        ("before:2025-10-10", vec!["a"]),
        ("after:2025-10 before:2025-11", vec!["a", "b"]),
        ("after:2025", vec!["a", "b", "c"]),
        ("before:2025", vec![]),
        ("drill after:2025-11-01 before:2025-11-02", vec!["c"]),
        ("story:s1", vec!["a", "b"]),
        ("story:s2 drill", vec!["c"]),
        ("story:s9", vec![]),
        ("dam story:s1 after:2025-10-10", vec!["b"]),
        ("story:s1 before:2025-10-10", vec!["a"]),
        ("dam NOT drill", vec![]),
        ("\"sorry tomas\"", vec![]),
        ("d'or OR (x) ^y {z} NEAR(a b)", vec![]),
    ] {
        let found = archive.search(&query.parse::<Query>().unwrap(), 10, None).unwrap();
        let mut names: Vec<&str> = found.hits.iter().map(|hit| hit.report.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, expected, "{query}");
        assert_eq!(found.matching, expected.len(), "{query}");
    }
}

#[test]
fn the_headline_counts_more_than_the_text() {
    let shelf = shelf();
    let found = shelf.open().search(&"dam".parse::<Query>().unwrap(), 10, None).unwrap();
    assert_eq!(found.hits[0].report.name, "a");
    assert!(found.hits[0].score > found.hits[1].score);
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    let mut shelf = Shelf::new();
    for index in 0..25 {
        let text = format!("The dam {}holds.", "dam ".repeat(index % 4));
        let id = format!("r{index}");
        shelf.put(&report(&id, &text), &document(&id, &text), at(1));
    }
    let archive = shelf.open();
    for query in ["dam", "after:2025"] {
        let query: Query = query.parse().unwrap();
        let all: Vec<String> =
            archive.search(&query, 100, None).unwrap().hits.into_iter().map(|hit| hit.report.name).collect();
        assert_eq!(all.len(), 25);
        let (mut paged, mut from) = (Vec::new(), None);
        loop {
            let page = archive.search(&query, 4, from).unwrap();
            paged.extend(page.hits.into_iter().map(|hit| hit.report.name));
            from = page.next.map(|next| next.to_string().parse().unwrap());
            if from.is_none() {
                break;
            }
        }
        assert_eq!(paged, all);
    }
}

#[test]
fn a_new_version_takes_the_place_of_the_old_one_in_the_index() {
    let mut shelf = Shelf::new();
    for text in [
        "At least fourteen people died when the dam broke.",
        "At least seventeen people died when the dam broke.",
    ] {
        shelf.put(&report("a", text), &document("a", text), at(1));
    }
    let archive = shelf.open();
    let found = |query: &str| archive.search(&query.parse::<Query>().unwrap(), 10, None).unwrap().matching;
    assert_eq!((found("fourteen"), found("seventeen"), found("dam")), (0, 1, 1));
}

#[test]
fn of_very_many_matches_the_newest_are_ranked_and_those_of_beginnings_listed() {
    let mut shelf = Shelf::new();
    for index in 0..2100 {
        let text = if index == 2000 { "The dam, the dam." } else { "The dam holds." };
        let id = format!("r{index}");
        shelf.put(&report(&id, text), &document(&id, text), at(1));
    }
    let archive = shelf.open();
    for (query, first, is_ranked) in [
        ("dam", "r2000", true),
        ("\"the dam\"", "r2000", true),
        ("hol*", "r2099", false),
        ("dam -\"a dam\"", "r2000", true),
        ("dam hol*", "r2099", true),
        ("dam after:2025", "r2000", true),
        ("dam before:2025", "", false),
    ] {
        let found = archive.search(&query.parse::<Query>().unwrap(), 3, None).unwrap();
        let name = found.hits.first().map(|hit| hit.report.name.as_str()).unwrap_or_default();
        assert_eq!(name, first, "{query}");
        assert_eq!(found.is_more, !first.is_empty(), "{query}");
        assert_eq!(found.hits.iter().any(|hit| hit.score > 0.0), is_ranked, "{query}");
    }
}
