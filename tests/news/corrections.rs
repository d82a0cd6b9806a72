//! What people correct holds, is undone and exchanged, and what says nothing clear is refused.

use std::fs;

use serde_json::Value;

use super::{Desk, POST, SPORT, WIRE};

#[test]
fn corrections_hold_and_undone_leave_the_state_before() {
    let desk = Desk::with(&[("wire", WIRE), ("post", POST), ("sport", SPORT)]);
    let may = "We were warned about this dam in May, and nobody came to mend it.";
    let june = "We were warned about this dam in June, and nobody came to mend it.";
    let before = desk.story("s1");
    let corrections: [&[&str]; 2] =
        [&["speaker", "wire", may, "Pavel Okonjo"], &["another-saying", "post", june, "wire", may]];
    for (number, correction) in corrections.iter().enumerate() {
        desk.says(&[&["correct"], *correction, &["--by", "ada"]].concat());
        let after = desk.story("s1");
        assert_ne!(after, before, "{correction:?}");
        desk.says(&["reanalyse", "--all"]);
        assert_eq!(desk.story("s1"), after, "{correction:?}");
        desk.says(&["corrections", "undo", &format!("c{}", number + 1), "--by", "ben"]);
        assert_eq!(desk.story("s1"), before, "{correction:?}");
    }
    // Parted, and then said to be one all the same: the later word counts.
    desk.says(&["correct", "another-saying", "post", june, "wire", may, "--by", "ada"]);
    desk.says(&["correct", "same-saying", "post", june, "wire", may, "--by", "ben"]);
    let joined: Value = serde_json::from_str(&desk.story("s1")).unwrap();
    let has_two = |saying: &Value| saying["renditions"].as_array().unwrap().len() == 2;
    assert!(joined["utterances"].as_array().unwrap().iter().any(has_two));
}

#[test]
fn corrections_that_say_nothing_clear_are_refused() {
    let desk = Desk::with(&[("wire", WIRE), ("post", POST), ("sport", SPORT)]);
    let twice =
        "\"We leave tonight,\" said coach Lea Brandt of the rowers.\n\n\"We stay,\" said captain Jon Kells.";
    desk.add(&[("twice", twice)], &[]);
    let may = "We were warned about this dam in May, and nobody came to mend it.";
    desk.says(&["correct", "speaker", "wire", may, "Ada Lind", "--by", "ada"]);
    desk.says(&["correct", "speaker", "twice", "we stay", "Ada Lind", "--by", "ada"]);
    desk.says(&["corrections", "undo", "c1", "--by", "ben"]);
    let check = |arguments: &[&str], reason: &str| {
        let (status, _, said) = desk.run(&[arguments, &["--by", "ada"]].concat());
        assert!(status == 2 && said.contains(reason), "{arguments:?}: {said}");
    };
    check(&["correct", "speaker", "wire", "Nobody said this", "Ada"], "wire does not say");
    check(&["correct", "speaker", "wire", "14 people died", "Ada"], "is no quotation in wire");
    check(&["correct", "same-saying", "wire", may, "post", "Volunteers cooked"], "is no quotation in post");
    check(&["correct", "speaker", "wire", may, "  "], "the name is empty");
    check(&["correct", "speaker", "twice", "We", "Ada"], "give more words");
    check(&["correct", "split", "s9", "wire"], "has no story s9");
    check(&["correct", "split", "s1", "sport"], "s1 has no report called sport");
    check(&["correct", "split", "s1", "wire", "post"], "one has to stay");
    check(&["correct", "merge", "s1", "s1"], "one story already");
    check(&["corrections", "undo", "c99"], "has no correction c99");
    check(&["corrections", "undo", "c1"], "c1 is undone already");
    assert_eq!(desk.run(&["correct", "speaker", "wire", may, "Ada"]).0, 2, "nobody says so");
}

#[test]
fn a_mistyped_archive_is_not_made() {
    let desk = Desk::with(&[("wire", WIRE)]);
    fs::write(desk.path("c.jsonl"), "").unwrap();
    let check = |arguments: &[&str]| {
        let (status, _, said) = desk.run(&[arguments, &["--archive", "no.db"]].concat());
        assert!(status == 2 && said.contains("no.db: no such archive"), "{arguments:?}: {said}");
        assert!(!desk.path("no.db").exists() && !desk.path("no.db-writer").exists(), "{arguments:?}");
    };
    check(&["correct", "merge", "s1", "s2", "--by", "ada"]);
    check(&["corrections", "undo", "c1", "--by", "ada"]);
    check(&["corrections", "import", "c.jsonl"]);
    check(&["alert", "add", "dam", "dam"]);
    check(&["alert", "remove", "dam"]);
    check(&["reanalyse"]);
}

#[test]
fn stories_are_merged_and_split_and_undone() {
    let desk = Desk::with(&[("wire", WIRE), ("post", POST), ("sport", SPORT)]);
    let members = |story: &str| {
        let document: Value = serde_json::from_str(&desk.story(story)).unwrap();
        let mut names: Vec<String> = document["articles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|a| a["id"].as_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    };
    let before = (members("s1"), members("s2"));
    assert_eq!(before, (vec!["post".to_owned(), "wire".to_owned()], vec!["sport".to_owned()]));
    desk.says(&["correct", "merge", "s1", "s2", "--by", "ada"]);
    assert_eq!(members("s1"), ["post", "sport", "wire"]);
    // The story that ended says so, and whoever asks for it gets what became of it.
    let told = "ada says that s2 and s1 are one story.";
    for command in [["changes", "--story"], ["feed", "--story"]] {
        let text = desk.says(&[command[0], command[1], "s2"]);
        assert!(
            text.contains(told) && text.contains("News by sport") && text.contains("News by post"),
            "{text}"
        );
    }
    let log = desk.says(&["story", "s2", "--events"]);
    let stories: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = |story: &str| {
        stories.iter().rfind(|event| event["story"] == story).map(|event| event["kind"].clone())
    };
    assert_eq!(last("s2"), Some("corrected-by-person".into()));
    assert!(last("s1").is_some());
    assert!(desk.says(&["search", "story:s2 harlow", "--format", "jsonl"]).contains("\"post\""));
    desk.says(&["corrections", "undo", "c1", "--by", "ada"]);
    assert_eq!((members("s1"), members("s2")), before);
    desk.says(&["correct", "split", "s1", "post", "--by", "ada"]);
    assert_eq!((members("s1"), members("s3")), (vec!["wire".to_owned()], vec!["post".to_owned()]));
    desk.says(&["corrections", "undo", "c2", "--by", "ada"]);
    assert_eq!((members("s1"), members("s2")), before);
    let events = desk.events();
    assert!(
        events.iter().any(|event| event == "corrected-by-person: ada says that s2 and s1 are one story."),
        "{events:#?}"
    );
    // What came from another story is no news.
    assert!(events.iter().all(|event| !event.contains("dreamt")), "{events:#?}");
}

#[test]
fn stories_of_another_archive_are_known_by_their_reports() {
    let strike = "Ferry crews in Ostrand went on strike on Friday.\n\n\"We want a seat,\" said Lea Brandt of the union.";
    let desk = Desk::with(&[("wire", WIRE), ("post", POST), ("sport", SPORT), ("strike", strike)]);
    desk.says(&["correct", "merge", "s1", "s3", "--by", "ada"]);
    desk.says(&["correct", "move", "post", "s1", "s2", "--by", "ben"]);
    let export = desk.says(&["corrections", "export"]);

    let other = Desk::with(&[("strike", strike), ("sport", SPORT), ("wire", WIRE), ("post", POST)]);
    fs::write(other.path("c.jsonl"), &export).unwrap();
    let (status, _, said) = other.run(&["corrections", "import", "c.jsonl"]);
    assert_eq!((status, said.as_str()), (0, "parallax: 2 taken in, 0 there already or undone\n"));
    let rows = other.says(&["export", "reports"]);
    let stories: Vec<String> = rows
        .lines()
        .map(|row| serde_json::from_str(row).unwrap())
        .map(|row: Value| format!("{} {}", row["id"], row["stories"]))
        .collect();
    assert_eq!(stories, [r#""strike" ["s3"]"#, r#""sport" ["s2"]"#, r#""wire" ["s3"]"#, r#""post" ["s2"]"#]);
    let (_, _, said) = other.run(&["corrections", "import", "c.jsonl"]);
    assert_eq!(said, "parallax: 0 taken in, 2 there already or undone\n");

    let lacking = Desk::with(&[("strike", strike), ("sport", SPORT)]);
    fs::write(lacking.path("c.jsonl"), &export).unwrap();
    let (status, _, said) = lacking.run(&["corrections", "import", "c.jsonl"]);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("c.jsonl:1: which story s1 is here cannot be told"), "{said}");
    assert!(said.ends_with("0 taken in, 0 there already or undone, 2 refused\n"), "{said}");
}

#[test]
fn corrections_are_exchanged_and_kept_when_their_words_are_gone() {
    let desk = Desk::with(&[("wire", WIRE), ("post", POST)]);
    let may = "We were warned about this dam in May, and nobody came to mend it.";
    desk.says(&["correct", "speaker", "wire", may, "Pavel Okonjo", "--by", "ada"]);
    let export = desk.says(&["corrections", "export"]);
    let other = Desk::with(&[("wire", WIRE), ("post", POST)]);
    fs::write(other.path("c.jsonl"), &export).unwrap();
    let (status, _, said) = other.run(&["corrections", "import", "c.jsonl"]);
    assert_eq!((status, said.as_str()), (0, "parallax: 1 taken in, 0 there already or undone\n"));
    assert_eq!(other.story("s1"), desk.story("s1"));
    let (_, _, said) = other.run(&["corrections", "import", "c.jsonl"]);
    assert_eq!(said, "parallax: 0 taken in, 1 there already or undone\n");
    let without = Desk::with(&[("post", POST)]);
    fs::write(without.path("c.jsonl"), &export).unwrap();
    let (status, _, said) = without.run(&["corrections", "import", "c.jsonl"]);
    assert!(status == 1 && said.contains("has no report called wire"), "{said}");
    assert!(said.ends_with("0 taken in, 0 there already or undone, 1 refused\n"), "{said}");
    desk.add(&[("wire", &WIRE.replace(may, "We knew nothing of this."))], &[]);
    assert!(desk.says(&["corrections"]).contains("[no longer applies: wire does not say so any more]"));
    desk.add(&[("wire", WIRE)], &[]);
    assert!(!desk.says(&["corrections"]).contains("no longer"));
}
