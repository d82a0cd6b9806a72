//! What changed, through the program itself: events, Atom feeds, alerts, and what people correct.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit, Mac};
use parallax_acquire::feed;
use parallax_model::Body;
use serde_json::Value;
use sha2::Sha256;
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

#[test]
fn alerts_tell_programs_what_is_new_and_nothing_else() {
    let desk = Desk::with(&[("wire", WIRE)]);
    desk.says(&[
        "alert",
        "add",
        "dam",
        "harlow dam",
        "--exec",
        "tee",
        "--arg",
        "-a",
        "--arg",
        "told $(id) ;.jsonl",
    ]);
    let told = || fs::read_to_string(desk.path("told $(id) ;.jsonl")).unwrap_or_default();
    desk.add(&[("sport", SPORT)], &[]);
    assert_eq!(told(), "");
    desk.add(&[("post", POST)], &[]);
    let message: Value = serde_json::from_str(&told()).unwrap();
    assert_eq!((message["alert"].as_str(), message["query"].as_str()), (Some("dam"), Some("harlow dam")));
    let sentences: Vec<&str> = message["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["sentence"].as_str().unwrap())
        .collect();
    assert!(sentences.contains(&"The post reports: “News by post”."), "{sentences:?}");
    assert!(sentences.iter().all(|sentence| !sentence.contains("sport")), "{sentences:?}");
    let before = told();
    desk.add(&[("post", POST)], &[]);
    assert_eq!(told(), before);
    assert!(desk.says(&["alert", "list"]).contains("1 delivered, 0 waiting, 0 failed"));
    assert_eq!(desk.run(&["alert", "add", "dam", "again"]).0, 2);
    assert_eq!(desk.run(&["alert", "add", "other", "speaker:"]).0, 2);
    desk.says(&["alert", "remove", "dam"]);
    assert_eq!(desk.run(&["alert", "remove", "dam"]).0, 2);
}

#[test]
fn a_receiver_that_fails_is_told_of_and_tried_again_later() {
    let desk = Desk::with(&[("wire", WIRE)]);
    fs::copy("/bin/true", desk.path("gone")).unwrap();
    desk.says(&["alert", "add", "none", "harlow", "--exec", "./gone"]);
    fs::remove_file(desk.path("gone")).unwrap();
    desk.says(&[
        "alert",
        "add",
        "false",
        "harlow",
        "--exec",
        "sh",
        "--arg",
        "-c",
        "--arg",
        "echo full >&2; exit 3",
    ]);
    desk.says(&["alert", "add", "private", "harlow", "--webhook", "http://127.0.0.1:9/hook"]);
    let said = desk.add(&[("post", POST)], &[]);
    assert!(
        said.contains("/gone: No such file or directory")
            && said.contains("alert false: sh ended with exit status: 3: full"),
        "{said}"
    );
    let list = desk.says(&["alert", "list"]);
    assert_eq!(list.matches("0 delivered, 1 waiting, 0 failed").count(), 3, "{list}");
    assert!(list.contains("not an address of the public internet"), "{list}");
    // The next run is too early for another try.
    assert_eq!(desk.add(&[("post", POST)], &[]), "");
    assert_eq!(desk.run(&["alert", "test", "false"]).0, 1);
}

#[test]
fn receivers_that_cannot_be_are_refused() {
    let desk = Desk::with(&[("wire", WIRE)]);
    let check = |receiver: &[&str], status: i32, words: &str| {
        let (is, _, said) = desk.run(&[&["alert", "add", receiver[1], "harlow"], receiver].concat());
        assert!(is == status && said.contains(words), "{receiver:?}: {said}");
    };
    check(&["--exec", "no-such-program"], 2, "no-such-program: no such program in PATH");
    check(&["--exec", "./no-such-program"], 2, "./no-such-program: no such program");
    check(&["--webhook", "ftp://desk.example/hook"], 2, "begins with http or https");
    check(&["--webhook", "https://desk.example/hook"], 0, "unsigned");
}

#[test]
fn a_program_is_found_from_any_folder() {
    let desk = Desk::with(&[("wire", WIRE)]);
    fs::copy("/bin/true", desk.path("notify")).unwrap();
    desk.says(&["alert", "add", "dam", "harlow", "--exec", "./notify"]);
    fs::create_dir(desk.path("elsewhere")).unwrap();
    fs::write(desk.path("in.jsonl"), serde_json::json!({"id": "post", "text": POST}).to_string()).unwrap();
    let mut add = desk.command(&["add", "../in.jsonl"]);
    assert!(add.current_dir(desk.path("elsewhere")).output().unwrap().status.success());
    assert!(desk.says(&["alert", "list"]).contains("1 delivered, 0 waiting, 0 failed"));
}

/// A request that a server got: its headers, with small names, and its body.
type Got = (Vec<(String, String)>, String);

/// A server that answers with a status, or never.
fn hook(status: Option<&'static str>) -> (String, Receiver<Got>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (send, receive) = channel();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut headers = Vec::new();
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                if let Some((name, value)) = line.trim_end().split_once(": ") {
                    headers.push((name.to_lowercase(), value.to_owned()));
                }
                line.clear();
            }
            let length = headers.iter().find(|(name, _)| name == "content-length");
            let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
            reader.read_exact(&mut body).unwrap();
            let _ = send.send((headers, String::from_utf8(body).unwrap()));
            match status {
                Some(status) => {
                    let _ =
                        write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                }
                None => thread::sleep(Duration::from_secs(600)),
            }
        }
    });
    (url, receive)
}

#[test]
fn webhooks_are_signed() {
    let desk = Desk::with(&[("wire", WIRE)]);
    let (url, got) = hook(Some("204 No Content"));
    fs::write(desk.path("hook.key"), "  a secret\n").unwrap();
    desk.says(&["alert", "add", "dam", "harlow", "--webhook", &url, "--secret-file", "hook.key"]);
    assert_eq!(desk.add(&[("post", POST)], &["--allow-private"]), "");
    let (headers, body) = got.recv_timeout(Duration::from_secs(20)).unwrap();
    let header = |name: &str| headers.iter().find(|(n, _)| n == name).unwrap().1.clone();
    let mut mac = Hmac::<Sha256>::new_from_slice(b"a secret").unwrap();
    mac.update(format!("{}.{body}", header("parallax-timestamp")).as_bytes());
    let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(header("parallax-signature"), format!("v1={signature}"));
    let message: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(message["key"].as_str(), Some(header("idempotency-key").as_str()));
    assert!(desk.says(&["alert", "list"]).contains("1 delivered"));
    let (url, _got) = hook(Some("302 Found\r\nLocation: http://127.0.0.1/else"));
    desk.says(&["alert", "add", "else", "harlow", "--webhook", &url]);
    let (status, _, said) = desk.run(&["alert", "test", "else", "--allow-private"]);
    assert_eq!(status, 1, "{said}");
}

#[test]
fn a_receiver_that_never_answers_stops_no_adding() {
    let desk = Desk::with(&[("wire", WIRE)]);
    let (url, got) = hook(None);
    desk.says(&["alert", "add", "dam", "harlow", "--webhook", &url]);
    fs::write(desk.path("in.jsonl"), serde_json::json!({"id": "post", "text": POST}).to_string()).unwrap();
    let mut child = desk.command(&["add", "in.jsonl", "--allow-private"]).spawn().unwrap();
    got.recv_timeout(Duration::from_secs(60)).unwrap();
    // While the receiver is silent, what was added is there for others.
    assert_eq!(desk.run(&["search", "volunteers"]).0, 0);
    let start = Instant::now();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(40));
    assert!(desk.says(&["alert", "list"]).contains("0 delivered, 1 waiting, 0 failed"));
}

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
