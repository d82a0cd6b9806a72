//! `parallax compare` from outside: its formats, exit status, colours and pipes, on the samples.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::tempdir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn parallax() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    command.current_dir(root()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn compare(arguments: &[&str]) -> Output {
    parallax().arg("compare").args(arguments).output().unwrap()
}

/// The same on the sample files by name: of a folder, the program notes what it passes over.
fn compare_files(arguments: &[&str]) -> Output {
    parallax().arg("compare").args(samples()).args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn samples() -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(root().join("samples")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt" || e == "html"));
    paths.sort();
    paths
}

#[test]
fn every_format_is_written_whole() {
    for (format, first, last) in [
        ("text", "Dam breach", "\n"),
        ("html", "<!DOCTYPE html>", "</html>"),
        ("json", "{\"schema\":\"parallax.comparison/1\"", "}\n"),
        ("graphml", "<?xml version=\"1.0\"", "</graphml>\n"),
        ("collatex", "{\"articles\":[", "]}\n"),
        ("tei", "<?xml version=\"1.0\"", "</TEI>\n"),
    ] {
        let output = compare_files(&["--format", format]);
        assert_eq!(output.status.code(), Some(0), "{format}: {}", stderr(&output));
        let text = stdout(&output);
        assert!(format == "text" || text.starts_with(first), "{format}: {}", &text[..80]);
        assert!(text.ends_with(last), "{format}");
        assert_eq!(stderr(&output), "", "{format}");
    }
}

#[test]
fn the_output_file_tells_the_format() {
    let folder = tempdir().unwrap();
    for (name, first) in [("x.html", "<!DOCTYPE"), ("x.json", "{"), ("x.graphml", "<?xml")] {
        let path = folder.path().join(name);
        let output = compare(&["samples", "--output", path.to_str().unwrap()]);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""), "{name}");
        assert!(fs::read_to_string(&path).unwrap().starts_with(first), "{name}");
    }
}

#[test]
fn tables_are_rfc_4180_with_one_header_each() {
    let folder = tempdir().unwrap();
    let output = compare(&["samples", "--format", "csv", "--output", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for table in [
        "articles",
        "entities",
        "facts",
        "lineage",
        "origins",
        "passages",
        "quotations",
        "renditions",
        "timeline",
    ] {
        let text = fs::read_to_string(folder.path().join(format!("{table}.csv"))).unwrap();
        assert!(text.ends_with("\r\n"), "{table}");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        assert!(header.iter().any(|column| column.starts_with("source")), "{table}: {header:?}");
        // The reader fails on a row with another number of cells.
        let rows = reader.records().map(Result::unwrap).count();
        assert!(rows > 0, "{table} is empty");
    }
}

#[test]
fn exit_status_tells_what_was_read() {
    let folder = tempdir().unwrap();
    let missing = folder.path().join("missing.txt");
    let missing = missing.to_str().unwrap();
    for (arguments, status, said) in [
        (vec!["samples"], 0, ""),
        (vec!["samples", missing], 1, "missing.txt"),
        (vec![missing], 2, "missing.txt"),
        (vec!["samples", "--format", "csv"], 2, "--output"),
        (vec!["samples", "--output", "story.pdf"], 2, "--format"),
        (vec!["samples", "--output", "/no/such/folder/x.html"], 2, "/no/such/folder/x.html"),
        (vec!["samples", "--colour", "never"], 2, "--color"),
        (vec![], 2, "REPORTS"),
    ] {
        let output = compare(&arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn problems_are_told_in_one_line_each() {
    let output = compare_files(&["no-such-report.txt"]);
    let lines = stderr(&output);
    assert!(lines.lines().all(|line| line.starts_with("parallax: no-such-report.txt: ")), "{lines}");
    assert!(!stdout(&output).is_empty());
}

#[test]
fn colour_is_used_where_it_is_wanted() {
    for (color, no_color, coloured) in [
        ("auto", None, false),
        ("never", None, false),
        ("always", None, true),
        ("always", Some("1"), true),
        ("auto", Some("1"), false),
    ] {
        let mut command = parallax();
        command
            .args(["compare", "samples", "--color", color])
            .envs(no_color.map(|value| ("NO_COLOR", value)));
        let text = stdout(&command.output().unwrap());
        assert_eq!(text.contains('\u{1b}'), coloured, "--color {color}, NO_COLOR {no_color:?}");
        assert_eq!(text.contains("{+"), !coloured, "altered words need marks where there is no colour");
    }
}

#[test]
fn lines_keep_to_the_width() {
    for width in [40, 60, 100] {
        let text = stdout(&compare(&["samples", "--width", &width.to_string()]));
        let longest = text.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap();
        assert!(longest <= width && longest > width / 2, "{longest} columns of {width}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = parallax()
        .args(["compare", "--format", "json"])
        .args(samples())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

#[test]
fn reports_come_on_standard_input() {
    let mut child = parallax()
        .args(["compare", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let line = serde_json::json!({"id": "one", "text": "The bridge closed. “It is safe,” said Ada Merin.", "source": "Post"});
    writeln!(child.stdin.take().unwrap(), "{line}").unwrap();
    let document: Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(
        (&document["articles"][0]["id"], &document["articles"][0]["source"]),
        (&"one".into(), &"Post".into())
    );
}

#[test]
fn the_order_of_input_does_not_matter() {
    let paths = samples();
    let json = |paths: &[PathBuf]| {
        parallax().args(["compare", "--format", "json"]).args(paths).output().unwrap().stdout
    };
    let expected = json(&paths);
    for turn in 1..paths.len() {
        let mut turned = paths.clone();
        turned.rotate_left(turn);
        turned.swap(0, 1);
        assert!(json(&turned) == expected, "{turned:?}");
    }
}

#[test]
fn spans_slice_back_to_words() {
    let document: Value = serde_json::from_slice(&compare(&["samples", "--format", "json"]).stdout).unwrap();
    let texts = document["articles"].as_array().unwrap().iter();
    let texts: Vec<(&str, Vec<char>)> =
        texts.map(|a| (a["id"].as_str().unwrap(), a["text"].as_str().unwrap().chars().collect())).collect();
    let quotations = document["quotations"].as_array().unwrap();
    assert!(quotations.len() > 20, "only {} quotations", quotations.len());
    for quotation in quotations {
        let (_, text) = texts.iter().find(|(id, _)| quotation["article"] == *id).unwrap();
        for span in quotation["spans"].as_array().unwrap() {
            let at = |end: &str| usize::try_from(span[end].as_u64().unwrap()).unwrap();
            let words: String = text[at("start")..at("end")].iter().collect();
            assert!(!words.trim().is_empty() && !words.starts_with(['“', '"']), "{quotation}: {words:?}");
        }
    }
}
