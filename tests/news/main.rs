//! What changed, through the program itself: events, Atom feeds, alerts, and what people correct.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

mod alerts;
mod corrections;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use parallax_acquire::feed;
use parallax_model::Body;
use serde_json::Value;
use tempfile::TempDir;

const WIRE: &str = "The Harlow dam broke on Monday and 14 people died in the valley below Harlow.\n\n\
    Mayor Ines Vidal of Harlow said: \"We were warned about this dam in May, and nobody came to mend it.\"\n\n\
    The water of the Harlow dam reached the market square before noon.";
const POST: &str = "Harlow is in mourning after the Harlow dam broke on Monday.\n\n\
    Mayor Ines Vidal of Harlow said: \"We were warned about this dam in June, and nobody came to mend it.\"\n\n\
    Volunteers cooked for families from the valley below the Harlow dam.";
const SPORT: &str = "Striker Tom Okoro joined Redmere United for a record fee on Tuesday.\n\n\
    \"I have dreamt of this club since I was six,\" said Okoro at the Redmere stadium.";

struct Desk {
    folder: TempDir,
}

impl Desk {
    /// An archive with these reports.
    fn with(reports: &[(&str, &str)]) -> Self {
        let desk = Self { folder: TempDir::new().unwrap() };
        desk.add(reports, &[]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        command.args(arguments).current_dir(self.folder.path()).env("PARALLAX_ARCHIVE", self.path("a.db"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout), text(stderr))
    }

    /// What a command that works writes.
    fn says(&self, arguments: &[&str]) -> String {
        let (status, text, errors) = self.run(arguments);
        assert_eq!(status, 0, "{arguments:?}: {errors}");
        text
    }

    fn add(&self, reports: &[(&str, &str)], options: &[&str]) -> String {
        let table = self.path("in.jsonl");
        let row = |(id, text): &(&str, &str)| serde_json::json!({"id": id, "text": text, "source": format!("The {id}"), "title": format!("News by {id}")});
        let rows: Vec<String> = reports.iter().map(|report| row(report).to_string()).collect();
        fs::write(&table, rows.join("\n")).unwrap();
        let (status, _, errors) = self.run(&[&["add", "in.jsonl", "--quiet"], options].concat());
        assert_eq!(status, 0, "{errors}");
        errors
    }

    fn events(&self) -> Vec<String> {
        let (_, text, _) = self.run(&["changes", "--format", "jsonl", "-n", "1000"]);
        let rows = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let mut told: Vec<String> = rows
            .map(|row| format!("{}: {}", row["kind"].as_str().unwrap(), row["sentence"].as_str().unwrap()))
            .collect();
        told.reverse();
        told
    }

    /// The comparison of the first story, as it would be made now.
    fn story(&self, story: &str) -> String {
        self.says(&["story", story, "--format", "json"])
    }
}

#[test]
fn what_happens_is_told_once_in_sentences() {
    let desk = Desk::with(&[("wire", WIRE)]);
    let first = "story-began: The story begins with “News by wire” (The wire).";
    assert_eq!(desk.events(), [first]);
    desk.add(&[("wire", WIRE)], &[]);
    assert_eq!(desk.events(), [first]);
    desk.add(&[("copy", WIRE)], &[]);
    let copy = "new-report: The copy reports: “News by copy”.";
    assert_eq!(desk.events(), [first, copy]);
    desk.add(&[("post", POST)], &[]);
    let events = desk.events();
    assert_eq!(events[2], "new-report: The post reports: “News by post”.");
    let altered = "altered-quotation: The post quotes “June” where The ";
    assert!(events.iter().any(|event| event.starts_with(altered)), "{events:#?}");
    // Making the comparisons again tells nothing.
    desk.says(&["reanalyse", "--all"]);
    assert_eq!(desk.events(), events);
    desk.add(&[("wire", &WIRE.replace("14 people", "17 people"))], &[]);
    let corrected = desk.events();
    assert_eq!(
        corrected[events.len()],
        "correction-at-source: The wire changed its report: “14” became “17”."
    );
    assert!(
        corrected.iter().any(|event| event.contains("17 people") && event.starts_with("figure-changed")),
        "{corrected:#?}"
    );
}

/// Overwrites the first place in the archive's file that has these bytes.
fn damage(desk: &Desk, bytes: &str) {
    let mut file = fs::read(desk.path("a.db")).unwrap();
    let place = file.windows(bytes.len()).position(|window| window == bytes.as_bytes()).unwrap();
    file[place..place + bytes.len()].fill(0xC3);
    fs::write(desk.path("a.db"), file).unwrap();
}

#[test]
fn damage_is_told_and_stops_nothing_else() {
    let desk = Desk::with(&[("wire", WIRE)]);
    desk.add(&[("post", POST)], &[]);
    let told = desk.events();
    let late = "In Harlow the dam broke on Monday and schools stay closed.\n\n\
        Engineer Pavel Okonjo said: \"Every family may sleep in the gymnasium tonight.\"";
    damage(&desk, "\"utterances\":");
    let (status, _, said) = desk.run(&["verify"]);
    assert!(status == 1 && said.contains("s1: its comparison is not as it was written"), "{said}");
    desk.add(&[("late", late)], &[]);
    let now = desk.events();
    assert_eq!(now[..told.len()], told, "nothing is told again");
    assert!(now[told.len()..].iter().any(|event| event.contains("sleep in the gymnasium")), "{now:?}");
    assert_eq!(desk.run(&["verify"]).0, 0, "the comparison was made again");

    damage(&desk, "{\"report\":\"wire\"}");
    let (status, _, said) = desk.run(&["verify"]);
    assert!(status == 1 && said.contains("event 1 of s1: it is not as it was written"), "{said}");
    let after = desk.events();
    assert!(after[0].starts_with("unreadable: "), "{after:?}");
    assert_eq!(after[1..], now[1..]);
    desk.says(&["story", "s1", "--events"]);
    desk.says(&["feed", "--story", "s1"]);
    desk.says(&["export", "events"]);
    desk.add(&[("sport", SPORT)], &[]);
}

#[test]
fn feeds_of_what_changed_can_be_read_by_readers_of_feeds() {
    let desk = Desk::with(&[("wire", WIRE), ("post", POST), ("sport", SPORT)]);
    let check = |of: &[&str], title: &str, is_wanted: &dyn Fn(&str) -> bool| {
        let text = desk.says(&[&["feed", "--address", "https://desk.example/a?b&c"], of].concat());
        assert_eq!(text, desk.says(&[&["feed", "--address", "https://desk.example/a?b&c"], of].concat()));
        let listing = feed::read(&text, None).unwrap();
        assert_eq!((listing.title.as_deref(), listing.faults.len()), (Some(title), 0), "{text}");
        assert!(!listing.items.is_empty());
        for item in &listing.items {
            let Some(Body::Text(content)) = &item.content else { panic!("no words: {item:?}") };
            assert!(is_wanted(content), "{content}");
            assert!(item.published.is_some());
        }
        let ids: Vec<&str> = text.lines().filter(|line| line.starts_with("<id>")).collect();
        let mut unique = ids.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(ids.len(), unique.len());
    };
    check(&["--story", "s1"], "News by post", &|content| !content.contains("sport"));
    check(&["--search", "speaker:okoro"], "Search: speaker:okoro", &|content| content.contains("sport"));
    desk.says(&["alert", "add", "dam", "harlow"]);
    check(&["--alerts"], "Alerts", &|content| !content.contains("sport"));
    assert_eq!(desk.run(&["feed", "--story", "s99"]).0, 2);
    assert_eq!(desk.run(&["feed"]).0, 2);
}

#[test]
fn all_that_an_outlet_changed_can_be_had_for_ever() {
    let desk = Desk::with(&[("wire", WIRE)]);
    let edits = [("14", "17"), ("in May", "in June"), ("nobody", "no one"), ("noon", "dawn")];
    let second = edits.iter().fold(WIRE.to_owned(), |text, (before, after)| text.replace(before, after));
    desk.add(&[("wire", &second)], &[]);
    let entry = |feed: &str| {
        let start = feed.rfind("<title>The wire changed its report").unwrap();
        feed[start..].split("</entry>").next().unwrap().to_owned()
    };
    let before = entry(&desk.says(&["feed", "--story", "s1"]));
    desk.add(&[("wire", &WIRE.replace("market square", "square"))], &[]);
    assert_eq!(entry(&desk.says(&["feed", "--story", "s1"])), before, "what was told stays as it was");

    let rows = |arguments: &[&str]| -> Vec<Value> {
        desk.says(arguments).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let corrections = |mut rows: Vec<Value>| {
        rows.retain(|row| row["kind"] == "correction-at-source");
        rows.sort_by_key(|row| row["event"].as_i64());
        assert_eq!(rows.len(), 2);
        rows[0]["changes"].clone()
    };
    let changes = corrections(rows(&["export", "events"]));
    assert_eq!(corrections(rows(&["story", "s1", "--events"])), changes);
    assert_eq!(corrections(rows(&["changes", "--format", "jsonl"])), changes);
    let versions = rows(&["export", "versions"]);
    assert_eq!(versions.iter().map(|row| row["version"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((&versions[0]["changes"], &versions[1]["changes"]), (&serde_json::json!([]), &changes));
    assert_eq!((&versions[1]["id"], &versions[1]["text"]), (&"wire".into(), &second.clone().into()));
    let changes = changes.as_array().unwrap();
    let after: Vec<&str> = changes.iter().map(|change| change["after"].as_str().unwrap()).collect();
    assert_eq!(after, ["17", "June,", "no one", "dawn."]);
    for (change, after) in changes.iter().zip(after) {
        let start = usize::try_from(change["start"].as_u64().unwrap()).unwrap();
        let words: String = second.chars().skip(start).take(after.chars().count()).collect();
        assert_eq!(words, after);
    }
}

#[test]
fn what_was_told_stays_under_the_headline_and_outlet_that_it_had() {
    let desk = Desk { folder: TempDir::new().unwrap() };
    for (title, source) in [("Dam breaks", "Wire"), ("Dam gone", "Wire"), ("Dam gone", "The Wire")] {
        let row = serde_json::json!({"id": "wire", "text": WIRE, "title": title, "source": source});
        fs::write(desk.path("in.jsonl"), row.to_string()).unwrap();
        desk.says(&["add", "in.jsonl", "--quiet"]);
    }
    let expected = [
        "story-began: The story begins with “Dam breaks” (Wire).",
        "correction-at-source: Wire changed the headline of its report: “Dam breaks” became “Dam gone”.",
    ];
    assert_eq!(desk.events(), expected);
    assert!(desk.says(&["export", "reports"]).contains("\"source\":\"The Wire\""));
}

#[test]
fn each_archive_has_feeds_of_its_own() {
    let (desk, other) = (Desk::with(&[("wire", WIRE)]), Desk::with(&[("wire", WIRE)]));
    let head = |desk: &Desk, of: &[&str]| {
        let text = desk.says(&[&["feed"], of].concat());
        let line = |tag: &str| text.lines().find(|line| line.contains(tag)).unwrap().to_owned();
        (line("<id>"), line("<updated>"))
    };
    for of in [&["--story", "s1"][..], &["--search", "nothing"]] {
        assert_ne!(head(&desk, of).0, head(&other, of).0);
        assert_eq!(head(&desk, of), head(&desk, of));
    }
    let (_, updated) = head(&desk, &["--search", "nothing"]);
    assert!(!updated.contains("1970"), "{updated}");
    fs::copy(desk.path("a.db"), desk.path("b.db")).unwrap();
    let copied = desk.says(&["feed", "--story", "s1", "--archive", "b.db"]);
    assert!(copied.contains(&head(&desk, &["--story", "s1"]).0), "a copy is the same archive");
}
