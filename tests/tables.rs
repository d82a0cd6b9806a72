//! The tables from outside: a row a line, in order, problems on standard error and in the exit status.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
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
        assert_eq!((&row["a"]["article"], &row["b"]["article"]), (&json!("b"), &json!("a")));
        assert_eq!(row["relation"], "copy", "{row}");
        assert_eq!(slice(FLOOD, &row["a"]), slice(&other, &row["b"]));
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
        [
            &row["id"],
            &row["url"],
            &row["title"],
            &row["headline"],
            &row["published"],
            &row["authors"],
            &row["language"],
        ],
        [
            &json!("dam"),
            &json!("https://post.example/dam"),
            &json!("Dam breaks | Lindach Post"),
            &json!("Dam breaks"),
            &json!("2021-05-04"),
            &json!(["Ada Osei"]),
            &json!("en"),
        ]
    );
    assert!(row.get("html").is_none(), "the page itself is not wanted");
    let again = parallax(&["extract", "-"], &format!("{row}\n"));
    let kept = |row: &Value| ["text", "language", "headline"].map(|field| row[field].clone());
    assert_eq!(kept(&again.rows[0]), kept(row));
}

#[test]
fn the_page_is_in_its_row_where_it_is_wanted() {
    let folder = TempDir::new().unwrap();
    let page = format!("<h1>Dam breaks</h1><p>{FLOOD}</p>");
    fs::write(folder.path().join("dam.html"), &page).unwrap();
    fs::write(folder.path().join("plain.txt"), FLOOD).unwrap();
    let said = parallax(&["extract", "--with-html", folder.path().to_str().unwrap()], "");
    assert_eq!((said.status, said.rows.len()), (0, 2), "{}", said.errors);
    assert_eq!(said.rows[0]["html"], json!(page));
    assert!(said.rows[1].get("html").is_none());
}

#[test]
fn a_page_without_text_is_told_and_counted() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.html"), "<html><script>let a;</script></html>").unwrap();
    fs::write(folder.path().join("b.html"), format!("<p>{FLOOD}</p>")).unwrap();
    let said = parallax(&["extract", folder.path().to_str().unwrap()], "");
    assert_eq!((said.status, said.rows.len()), (1, 2));
    assert!(said.errors.contains("a.html: no text was found on the page\n"), "{}", said.errors);
    assert!(said.errors.ends_with("parallax: 2 reports read; 1 problem\n"), "{}", said.errors);
}

/// Sayings with what is hard to find again: one that its attribution interrupts, one said twice, marks and characters beyond ASCII.
const SAID: &str = "🌊 Rain fell all night.\n\n“Nobody was hurt,” Mayor Ines Vidal told reporters on Monday. “The dam will hold.” The mayor’s deputy, Tom Okoro, said the \
                    school would stay shut. “Nobody was hurt,” he said.\n\n“=1+1 is two, “almost”,” said Ada Osei, a teacher. “It was loud.”";

fn said_with(arguments: &[&str]) -> String {
    let report = json!({"id": "r1", "text": SAID, "title": "Dam breaks", "source": "Lindach Post", "url": "https://post.example/dam"});
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("said.jsonl");
    fs::write(&path, format!("{report}\n{}\n", json!({"id": "r2", "text": "It rained."}))).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["quotations", path.to_str().unwrap()])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn rows(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_row_of_quotations_holds_the_words_of_its_spans() {
    let rows = rows(&said_with(&[]));
    assert!(rows.len() >= 3, "{rows:?}");
    for row in &rows {
        let spans: Vec<String> =
            row["spans"].as_array().unwrap().iter().map(|span| slice(SAID, span)).collect();
        assert_eq!(row["texts"], json!(spans));
        for (place, words) in
            [(&row["cue"], &row["cue_text"]), (&row["speaker"]["mention"], &row["speaker_text"])]
        {
            let expected = if place.is_null() { Value::Null } else { json!(slice(SAID, place)) };
            assert_eq!(words, &expected, "{row}");
        }
        assert_eq!((&row["title"], &row["source"]), (&json!("Dam breaks"), &json!("Lindach Post")));
    }
    assert_eq!(rows[0]["texts"], json!(["Nobody was hurt,", "The dam will hold."]));
    assert_eq!(rows[0]["speaker"]["name"], "Ines Vidal");
}

#[test]
fn quotations_in_a_spreadsheet_are_those_of_the_rows() {
    let rows = rows(&said_with(&[]));
    let table = said_with(&["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let cells: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(cells.len(), rows.len());
    for (cells, row) in cells.iter().zip(&rows) {
        let texts: Vec<&str> =
            row["texts"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
        let content = cells[column("content")].trim_start_matches('\'');
        assert_eq!(content, texts.join(" … "));
        assert_eq!(&cells[column("quotation")], row["id"].as_str().unwrap());
        assert!(!cells.iter().any(|cell| cell.starts_with(['=', '+', '-', '@'])), "{cells:?}");
    }
    assert!(table.contains("'=1+1 is two"), "{table}");
}

#[test]
fn annotations_are_found_again_by_words_and_by_place() {
    let rows = rows(&said_with(&[]));
    let annotations = self::rows(&said_with(&["--format", "annotation"]));
    assert_eq!(annotations.len(), rows.len());
    let mut ids: Vec<&str> = Vec::new();
    for (annotation, row) in annotations.iter().zip(&rows) {
        assert_eq!(annotation["@context"], "http://www.w3.org/ns/anno.jsonld");
        assert_eq!(annotation["type"], "Annotation");
        ids.push(annotation["id"].as_str().unwrap());
        let body = &annotation["body"];
        assert_eq!(
            (&body["kind"], &body["cue"], &body["confidence"]),
            (&row["kind"], &row["cue_text"], &row["confidence"])
        );
        let target = &annotation["target"];
        let targets: Vec<&Value> = target.as_array().map_or(vec![target], |several| several.iter().collect());
        let exact: Vec<&str> = targets.iter().map(|target| resolve(target)).collect();
        assert_eq!(json!(exact), row["texts"]);
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), rows.len(), "each has a name of its own");
    assert!(ids.iter().all(|id| id.starts_with("urn:uuid:") && id.len() == 45), "{ids:?}");
}

/// The words that both selectors of a target lead to.
fn resolve(target: &Value) -> &str {
    assert_eq!(target["source"], "https://post.example/dam");
    let [quote, position] = target["selector"].as_array().unwrap().as_slice() else { panic!("{target}") };
    assert_eq!(
        (&quote["type"], &position["type"]),
        (&json!("TextQuoteSelector"), &json!("TextPositionSelector"))
    );
    let [exact, prefix, suffix] = ["exact", "prefix", "suffix"].map(|part| quote[part].as_str().unwrap());
    let whole = format!("{prefix}{exact}{suffix}");
    assert_eq!(SAID.matches(&whole).count(), 1, "found in one place alone: {whole}");
    assert_eq!(slice(SAID, position), exact);
    let start = usize::try_from(position["start"].as_u64().unwrap()).unwrap();
    assert_eq!(prefix.chars().count(), start.min(32));
    assert!(suffix.chars().count() == 32 || SAID.ends_with(&whole));
    exact
}

#[test]
fn an_article_is_a_row_with_who_says_what() {
    let articles = rows(&said_with(&["--by", "article"]));
    let [article, other] = articles.as_slice() else { panic!("{articles:?}") };
    assert_eq!((&article["id"], &article["title"]), (&json!("r1"), &json!("Dam breaks")));
    assert_eq!(
        (&other["id"], &other["quotations"], &other["speakers"]),
        (&json!("r2"), &json!([]), &json!([]))
    );
    let mut said: Vec<&str> = Vec::new();
    for speaker in article["speakers"].as_array().unwrap() {
        for saying in speaker["said"].as_array().unwrap() {
            let id = saying["quotation"].as_str().unwrap();
            let quotation = article["quotations"].as_array().unwrap().iter().find(|q| q["id"] == id).unwrap();
            assert_eq!(
                (&quotation["texts"], &quotation["speaker"]["name"]),
                (&saying["texts"], &speaker["name"])
            );
            said.push(id);
        }
    }
    said.sort_unstable();
    let mut all: Vec<&str> =
        article["quotations"].as_array().unwrap().iter().map(|q| q["id"].as_str().unwrap()).collect();
    all.sort_unstable();
    assert_eq!(said, all, "each quotation is somebody's");
    let refused = parallax(&["quotations", "-", "--by", "article", "--format", "csv"], "");
    assert_eq!(refused.status, 2);
}

#[test]
fn quotations_are_set_for_a_terminal() {
    for (by, expected) in
        [("quotation", "“Nobody was hurt, … The dam will hold.”"), ("article", "  Ines Vidal  ")]
    {
        let text = said_with(&["--format", "text", "--by", by, "--width", "60"]);
        assert!(text.contains("Dam breaks · Lindach Post · "), "{text}");
        assert!(text.contains(expected), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
    }
}

#[test]
fn what_is_less_sure_is_left_out() {
    let all = rows(&said_with(&[]));
    let sure = rows(&said_with(&["--min-confidence", "0.9"]));
    let expected: Vec<&Value> = all.iter().filter(|row| row["confidence"].as_f64().unwrap() >= 0.9).collect();
    assert_eq!(sure.iter().collect::<Vec<_>>(), expected);
    assert!(rows(&said_with(&["--min-confidence", "1.1"])).is_empty());
}

#[test]
fn beliefs_are_told_from_speech() {
    let all = rows(&said_with(&[]));
    let speech: Vec<&Value> = all.iter().filter(|row| row["speech"] == true).collect();
    assert!(all.iter().all(|row| row["speech"].is_boolean()) && !speech.is_empty());
    assert_eq!(rows(&said_with(&["--speech-only"])).iter().collect::<Vec<_>>(), speech);
}

#[test]
fn rows_come_before_the_input_ends() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["extract", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(table(&[("a", SPORT)]).as_bytes()).unwrap();
    stdin.flush().unwrap();
    let mut row = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut row).unwrap();
    assert!(row.contains("\"a\""), "{row}");
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_has_enough_ends_the_run() {
    let input = table(&vec![("a", FLOOD); 3000]);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("many.jsonl");
    fs::write(&path, input).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["extract", "--quiet", path.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut row = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut row).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "nothing is said of a closed pipe");
}
