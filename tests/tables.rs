//! The tables from outside: a row a line, in order, problems on standard error and in the exit status.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const FLOOD: &str = "The Harlow dam broke on Monday and water reached the old church. Mayor Ines Vidal ordered the lower town evacuated. \
                     Two bridges were closed, and the school stays shut until Thursday, the mayor told reporters in the evening.";
const AFTER: &str = "Ines Vidal, mayor of Harlow, said the dam had been inspected in May. Harlow cleans up after the flood at the church.";
const SPORT: &str = "Striker Tom Okoro joined Redmere United for a record fee on Friday. He signed until 2029, the club said.";

/// What the program said.
struct Said {
    status: i32,
    errors: String,
    rows: Vec<Value>,
}

impl Said {
    /// The values of a field, a row each.
    fn column(&self, field: &str) -> Vec<&str> {
        self.rows.iter().map(|row| row[field].as_str().unwrap()).collect()
    }
}

fn parallax(arguments: &[&str], stdin: &str) -> Said {
    let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may end without reading; the pipe is closed then.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    Said {
        status: output.status.code().unwrap(),
        errors: String::from_utf8(output.stderr).unwrap(),
        rows: lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect(),
    }
}

fn table(reports: &[(&str, &str)]) -> String {
    reports.iter().map(|(id, text)| format!("{}\n", json!({"id": id, "text": text}))).collect()
}

/// Characters `start` to `end` of a text.
fn slice(text: &str, place: &Value) -> String {
    let at = |field: &str| usize::try_from(place[field].as_u64().unwrap()).unwrap();
    text.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

#[test]
fn every_table_names_what_it_cannot_read_and_writes_the_rest() {
    let broken = format!("{}not a row\n", table(&[("b", FLOOD), ("a", SPORT)]));
    for command in ["quotations", "passages", "stories", "duplicates", "extract"] {
        let said = parallax(&[command, "-"], &broken);
        assert_eq!(
            (said.status, said.errors.as_str()),
            (1, "parallax: -:3: not a JSON object\nparallax: 2 reports read; 1 problem\n"),
            "{command}"
        );
        let said = parallax(&[command, "nowhere.txt"], "");
        assert_eq!(said.status, 2, "{command}");
        let expected = "parallax: nowhere.txt: no such file or folder\nparallax: 0 reports read; 1 problem\n";
        assert_eq!(said.errors, expected, "{command}");
        let said = parallax(&[command], "");
        assert_eq!((said.status, said.rows.len()), (2, 0), "{command}");
    }
}

#[test]
fn every_table_teaches_with_examples() {
    for command in ["quotations", "passages", "stories", "duplicates", "extract"] {
        let help = Command::new(env!("CARGO_BIN_EXE_parallax")).args([command, "--help"]).output().unwrap();
        let help = String::from_utf8(help.stdout).unwrap();
        for part in ["Examples:", &format!("parallax {command} "), "A row is", "--output"] {
            assert!(help.contains(part), "{command} says nothing of {part}: {help}");
        }
    }
}

#[test]
fn rows_keep_the_order_of_the_input() {
    let ids: Vec<String> = (0..600).map(|i| format!("r{}", (i * 7) % 600)).collect();
    let rows: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), SPORT)).collect();
    let input = table(&rows);
    for (command, field) in [("stories", "article"), ("duplicates", "article"), ("extract", "id")] {
        assert_eq!(parallax(&[command, "-"], &input).column(field), ids, "{command}");
    }
}

#[test]
fn reports_of_one_event_are_one_story() {
    let said = parallax(&["stories", "-"], &table(&[("1", FLOOD), ("2", SPORT), ("3", AFTER)]));
    assert_eq!(said.status, 0);
    assert_eq!(
        said.rows,
        [
            json!({"article": "1", "story": "s1"}),
            json!({"article": "2", "story": "s2"}),
            json!({"article": "3", "story": "s1"}),
        ]
    );
}

#[test]
fn copies_with_changed_words_are_one_group() {
    let copy = FLOOD.replace("broke", "gave way").replace("evening", "night");
    let input = table(&[("1", FLOOD), ("2", SPORT), ("3", &copy), ("4", SPORT), ("5", AFTER)]);
    assert_eq!(parallax(&["duplicates", "-"], &input).column("group"), ["d1", "d2", "d1", "d2", "d3"]);
    let strict = parallax(&["duplicates", "-", "--threshold", "1"], &input);
    assert_eq!(strict.column("group"), ["d1", "d2", "d3", "d2", "d4"]);
}

#[test]
fn passages_slice_back_to_what_is_shared() {
    let other = format!("🌊 Water came in the night. {FLOOD}");
    let said = parallax(&["passages", "-"], &table(&[("b", FLOOD), ("a", &other), ("c", SPORT)]));
    assert!(said.rows.len() >= 3, "{:?}", said.rows);
    for row in &said.rows {
        assert_eq!((&row["a"]["article"], &row["b"]["article"]), (&json!("a"), &json!("b")));
        assert_eq!(row["relation"], "copy", "{row}");
        assert_eq!(slice(&other, &row["a"]), slice(FLOOD, &row["b"]));
    }
}

#[test]
fn the_article_of_a_page_is_a_row_that_can_be_read_again() {
    let folder = TempDir::new().unwrap();
    let paragraph = format!("<p>{FLOOD}</p>");
    let page = format!(
        "<html lang=en><head><title>Dam breaks | Lindach Post</title><meta name=author content='Ada Osei'>\
         <meta property=article:published_time content='2021-05-04T10:00:00Z'>\
         <link rel=canonical href='https://post.example/dam'></head>\
         <body><nav><a href=/>Home</a></nav><article><h1>Dam breaks</h1>{}</article></body></html>",
        paragraph.repeat(4)
    );
    let path = folder.path().join("dam.html");
    fs::write(&path, page).unwrap();
    let said = parallax(&["extract", path.to_str().unwrap()], "");
    let [row] = said.rows.as_slice() else { panic!("{:?} {}", said.rows, said.errors) };
    let text = row["text"].as_str().unwrap();
    assert!(text.contains(FLOOD) && !text.contains("Home"), "{text}");
    assert_eq!(
        [&row["id"], &row["url"], &row["title"], &row["published"], &row["authors"], &row["language"]],
        [
            &json!("dam"),
            &json!("https://post.example/dam"),
            &json!("Dam breaks"),
            &json!("2021-05-04"),
            &json!(["Ada Osei"]),
            &json!("en"),
        ]
    );
    let again = parallax(&["extract", "-"], &format!("{row}\n"));
    assert_eq!((&again.rows[0]["text"], &again.rows[0]["language"]), (&row["text"], &row["language"]));
}
