//! Bad input through the program itself: each gives a message with its place, the exit status of the contract, and nothing else is lost.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const FLOOD: &str = "The river rose by two metres overnight and reached the old church, Mayor Ada Osei said on Monday. “Nobody was \
                     hurt,” she told reporters. Two bridges were closed, and the school stays shut until Thursday.\n";
const MERGER: &str = "Brandt Shipping will buy its rival Norlund Lines for 4.5 billion crowns, both companies said on Friday. “It is a \
                      good day for our crews,” said Tom Ruiz, who will lead the new company.\n";

/// A folder for one test, with what the program says about files in it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = TempDir::new().unwrap();
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn compare(&self, inputs: &[&str]) -> Said {
        self.compare_with(inputs, b"")
    }

    fn compare_with(&self, inputs: &[&str], stdin: &[u8]) -> Said {
        let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
            .args(["compare", "--format", "json"])
            .args(inputs)
            .current_dir(self.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The program may end without reading; the pipe is closed then.
        let _ = child.stdin.take().unwrap().write_all(stdin);
        Said::from(child.wait_with_output().unwrap())
    }
}

/// What the program said.
struct Said {
    status: i32,
    errors: String,
    comparison: Option<Value>,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(!errors.contains("panicked"), "{errors}");
        let status = output.status.code().expect("it was not killed");
        Self { status, errors, comparison: serde_json::from_slice(&output.stdout).ok() }
    }
}

impl Said {
    fn ids(&self) -> Vec<&str> {
        let articles = self.comparison.as_ref().and_then(|c| c["articles"].as_array());
        articles.into_iter().flatten().filter_map(|article| article["id"].as_str()).collect()
    }

    fn count(&self, part: &str) -> usize {
        self.comparison.as_ref().and_then(|c| c[part].as_array()).map_or(0, Vec::len)
    }
}

#[test]
fn each_bad_file_is_named_and_the_good_one_is_shown() {
    let desk = Desk::with(&[
        ("good.txt", FLOOD.as_bytes()),
        ("empty.txt", b""),
        ("blank.txt", b" \n\n"),
        ("binary.txt", b"\x7fELF\0\0\x01"),
        ("paper.pdf", b"%PDF-1.7"),
    ]);
    fs::create_dir(desk.path().join("nothing")).unwrap();
    let check = |bad: &str, reason: &str| {
        let said = desk.compare(&[bad, "good.txt"]);
        assert_eq!(said.errors, format!("parallax: {bad}: {reason}\n"));
        assert_eq!((said.status, said.ids()), (1, vec!["good"]), "{bad}");
        let said = desk.compare(&[bad]);
        assert_eq!((said.status, said.comparison), (2, None), "{bad} alone");
    };
    check("empty.txt", "empty: there is no text");
    check("blank.txt", "empty: there is no text");
    check("binary.txt", "binary data, not text");
    check(
        "paper.pdf",
        "unknown format; known are .txt, .html, .jsonl, .json, .csv, .tsv, .xml, .warc, .rss, .atom and .opml, also with .gz or .zst",
    );
    check("missing.txt", "no such file or folder");
    check("nothing", "the folder holds no report");
}

#[test]
fn a_broken_line_is_named_with_its_number() {
    let line = |id: &str, text: &str| format!("{}\n", serde_json::json!({"id": id, "text": text}));
    let table = [line("a", FLOOD), "{\"id\": \"b\", \"text\": \"cut\n".into(), line("c", MERGER)].concat();
    let desk = Desk::with(&[("t.jsonl", table.as_bytes())]);
    for said in [desk.compare(&["t.jsonl"]), desk.compare_with(&["-"], table.as_bytes())] {
        assert_eq!((said.status, said.ids()), (1, vec!["a", "c"]));
        let place = said
            .errors
            .strip_prefix("parallax: ")
            .and_then(|rest| rest.split_once(": broken JSON at column"));
        assert!(matches!(place, Some(("t.jsonl:2" | "-:2", _))), "{}", said.errors);
        assert_eq!(said.errors.lines().count(), 1);
    }
}

#[test]
fn a_huge_line_is_refused_and_the_rest_read() {
    let mut table = vec![b' '; 200 << 20];
    table[0] = b'{';
    table.push(b'\n');
    table.extend_from_slice(serde_json::json!({"id": "a", "text": FLOOD}).to_string().as_bytes());
    let desk = Desk::with(&[("t.jsonl", &table), ("huge.txt", &table)]);
    let said = desk.compare(&["t.jsonl", "huge.txt"]);
    assert_eq!((said.status, said.ids()), (1, vec!["a"]));
    assert_eq!(
        said.errors,
        "parallax: t.jsonl:1: larger than 32 MiB, which no report is\n\
         parallax: huge.txt: larger than 32 MiB, which no report is\n"
    );
}

#[test]
fn nothing_on_standard_input_is_nothing_to_compare() {
    let said = Desk::with(&[]).compare(&["-"]);
    assert_eq!((said.status, said.errors.as_str()), (2, "parallax: -: empty: there is no text\n"));
}

#[test]
fn what_can_be_read_otherwise_is_read_with_a_note() {
    let legacy =
        FLOOD.replace('“', "\u{93}").replace('”', "\u{94}").chars().map(|c| c as u8).collect::<Vec<_>>();
    let desk = Desk::with(&[("old.txt", &legacy), ("new.txt", FLOOD.as_bytes())]);
    let said = desk.compare(&["old.txt", "new.txt"]);
    assert_eq!((said.status, said.ids()), (0, vec!["new", "old"]));
    assert_eq!(said.errors, "parallax: old.txt: decoded as windows-1252\n");
    let comparison = said.comparison.unwrap();
    assert_eq!(comparison["articles"][1]["text"], FLOOD);
}

#[test]
fn the_same_report_twice_is_two_articles_of_one_origin() {
    let desk = Desk::with(&[("a.txt", FLOOD.as_bytes())]);
    let said = desk.compare(&["a.txt", "a.txt"]);
    assert_eq!((said.status, said.ids()), (0, vec!["a", "a-2"]));
    assert_eq!(said.errors, "parallax: a.txt: the id a is taken; this report is called a-2\n");
    assert_eq!(said.count("origins"), 1);
}

#[test]
fn one_report_and_two_without_anything_in_common_are_shown() {
    let desk = Desk::with(&[("a.txt", FLOOD.as_bytes()), ("b.txt", MERGER.as_bytes())]);
    let said = desk.compare(&["a.txt"]);
    assert_eq!((said.status, said.ids(), said.count("origins")), (0, vec!["a"], 1));
    let said = desk.compare(&["a.txt", "b.txt"]);
    assert_eq!((said.status, said.count("origins")), (0, 2));
    assert_eq!((said.count("passages"), said.count("lineage")), (0, 0));
}

#[test]
fn odd_texts_come_out_as_they_went_in() {
    let texts = [
        "“Nobody was hurt, she said on Monday. ”The bridges are “closed. ‘Why? \"No one knows.",
        "قالت العمدة آدا أوسي يوم الاثنين: «لم يصب أحد بأذى». وأغلق جسران.",
        "„Niemand wurde verletzt“, sagte die Bürgermeisterin Ada Osei am Montag. Zwei Brücken sind gesperrt.",
        "市长奥塞周一说：“没有人受伤。”两座桥关闭了。",
        "🌊🌊🌊 “No one hurt!” 👩‍👩‍👧 e\u{301}\u{301}\u{301} \u{202e}gnorw\u{202c}",
        "Rain",
        "...",
        "”",
    ];
    let table: String = texts
        .iter()
        .enumerate()
        .map(|(i, text)| format!("{}\n", serde_json::json!({"id": format!("t{i}"), "text": text})))
        .collect();
    let said = Desk::with(&[]).compare_with(&["-"], table.as_bytes());
    assert_eq!((said.status, said.errors.as_str()), (0, ""));
    let comparison = said.comparison.unwrap();
    for (text, article) in texts.iter().zip(comparison["articles"].as_array().unwrap()) {
        assert_eq!(article["text"], *text);
    }
}

#[test]
fn two_hundred_reports_at_once_are_compared() {
    let table: String = (0..200)
        .map(|i| {
            let text = if i % 2 == 0 { FLOOD } else { MERGER };
            format!(
                "{}\n",
                serde_json::json!({"id": format!("r{i:03}"), "text": format!("{text}Report {i} ends here.")})
            )
        })
        .collect();
    let said = Desk::with(&[]).compare_with(&["-"], table.as_bytes());
    assert_eq!((said.status, said.ids().len()), (0, 200));
}
