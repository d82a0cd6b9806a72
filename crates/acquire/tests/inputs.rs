//! Inputs of every kind, good and bad, through the one door.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use parallax_acquire::{Acquired, Event, LARGEST_REPORT, Meter, acquire, size, stream};
use parallax_model::Body;
use tempfile::TempDir;

/// A folder with the given files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a folder for the test");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder inside");
        fs::write(path, bytes).expect("a file for the test");
    }
    folder
}

fn acquire_in(folder: &TempDir, names: &[&str]) -> Acquired {
    let paths: Vec<PathBuf> = names.iter().map(|name| folder.path().join(name)).collect();
    acquire(&paths)
}

fn ids(acquired: &Acquired) -> Vec<&str> {
    acquired.reports.iter().map(|report| report.id.as_str()).collect()
}

/// Places relative to the folder, with reasons.
fn said(folder: &TempDir, problems: &[parallax_model::Problem]) -> Vec<String> {
    let root = format!("{}/", folder.path().display());
    problems.iter().map(|p| format!("{}: {}", p.place.replace(&root, ""), p.reason)).collect()
}

#[test]
fn each_format_has_its_reader() {
    let line =
        b"{\"id\": \"c\", \"text\": \"Rain.\", \"lang\": \"en\", \"published\": \"5 May\", \"other\": 1}\n";
    let gzip = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(&line.map(|b| if b == b'c' { b'd' } else { b })).expect("in memory");
        encoder.finish().expect("in memory")
    };
    let page = b"<html><p>Rain.</p>";
    let folder = folder(&[("a.txt", b"Rain."), ("b.html", page), ("c.jsonl", line), ("d.jsonl.gz", &gzip)]);
    let acquired = acquire_in(&folder, &["d.jsonl.gz", "c.jsonl", "b.html", "a.txt"]);
    assert!(acquired.problems.is_empty() && acquired.notes.is_empty(), "{acquired:?}");
    assert_eq!(ids(&acquired)[1..], ["c", "b", "a"]);
    let report = &acquired.reports[1];
    assert_eq!(report.language.as_deref(), Some("en"));
    assert_eq!(report.published.as_deref(), Some("5 May"));
    assert_eq!(report.body, Body::Text("Rain.".into()));
    assert_eq!(acquired.reports[2].body, Body::Html("<html><p>Rain.</p>".into()));
}

#[test]
fn folders_are_read_in_order() {
    let folder = folder(&[
        ("z.txt", b"Rain."),
        ("sub/b.txt", b"Rain."),
        ("sub/a.txt", b"Rain."),
        (".hidden/c.txt", b"Rain."),
        ("README.md", b"What these are."),
        ("picture.png", b"\x89PNG"),
    ]);
    let acquired = acquire(&[folder.path().to_owned()]);
    assert_eq!(ids(&acquired), ["a", "b", "z"]);
    assert!(acquired.problems.is_empty());
    assert!(acquired.notes[0].reason.starts_with("files of other formats passed over: 1"));
}

#[test]
fn bad_files_are_named_with_the_reason() {
    let folder = folder(&[
        ("empty.txt", b""),
        ("blank.txt", b" \n"),
        ("elf.txt", b"\x7fELF\0\0"),
        ("a.pdf", b"%PDF"),
        ("good.txt", b"Rain."),
        ("dir/x.png", b""),
    ]);
    let acquired = acquire_in(
        &folder,
        &["empty.txt", "blank.txt", "elf.txt", "a.pdf", "missing.txt", "missing", "dir", "good.txt"],
    );
    assert_eq!(ids(&acquired), ["good"]);
    assert_eq!(
        said(&folder, &acquired.problems),
        [
            "empty.txt: empty: there is no text",
            "blank.txt: empty: there is no text",
            "elf.txt: binary data, not text",
            "a.pdf: unknown format; known are .txt, .html, .jsonl, .json, .csv, .tsv, .xml, .warc, .rss, .atom and .opml, also with .gz or .zst",
            "missing.txt: no such file or folder",
            "missing: no such file or folder",
            "dir: the folder holds no report",
        ]
    );
    let elsewhere = acquire(&["ftp://paper.example/feed".into()]);
    assert_eq!(elsewhere.problems[0].reason, "only addresses that begin with http or https are read");
}

#[test]
fn a_broken_line_does_not_stop_the_table() {
    let table = b"{\"id\": \"a\", \"text\": \"Rain.\"}\n{\"id\": \"b\", \"text\": \n\n[]\n{\"text\": \"Rain.\"}\n{\"id\": \"d\"}\n\
        {\"id\": \"e\", \"text\": \" \"}\n{\"id\": 7, \"text\": \"Snow.\"}\n{\"id\": \"f\", \"html\": \"<p>Fog.\"}";
    let folder = folder(&[("t.jsonl", table)]);
    let acquired = acquire_in(&folder, &["t.jsonl"]);
    assert_eq!(ids(&acquired), ["a", "7", "f"]);
    let said = said(&folder, &acquired.problems);
    let expected = [
        "t.jsonl:2: broken JSON at column",
        "t.jsonl:4: not a JSON object",
        "t.jsonl:5: the field id is missing",
        "t.jsonl:6: the field text is missing",
        "t.jsonl:7: empty: there is no text",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.starts_with(expected), "{said}");
    }
}

#[test]
fn a_cut_archive_gives_what_was_before_the_cut() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all("{\"id\": \"a\", \"text\": \"Rain.\"}\n".repeat(200).as_bytes()).expect("in memory");
    let whole = encoder.finish().expect("in memory");
    let folder = folder(&[("t.jsonl.gz", &whole[..whole.len() / 2])]);
    let acquired = acquire_in(&folder, &["t.jsonl.gz"]);
    assert!(!acquired.reports.is_empty());
    assert_eq!(acquired.problems.len(), 1);
}

#[test]
fn what_is_too_large_is_refused_and_the_rest_goes_on() {
    let folder = folder(&[("huge.txt", &vec![b'x'; LARGEST_REPORT + 1])]);
    let mut table = vec![b'x'; 2 * LARGEST_REPORT];
    table.extend_from_slice(b"\n{\"id\": \"a\", \"text\": \"Rain.\"}\n");
    fs::write(folder.path().join("t.jsonl"), table).expect("a file for the test");
    let acquired = acquire_in(&folder, &["huge.txt", "t.jsonl"]);
    assert_eq!(ids(&acquired), ["a"]);
    assert_eq!(
        said(&folder, &acquired.problems),
        [
            "huge.txt: larger than 32 MiB, which no report is",
            "t.jsonl:1: larger than 32 MiB, which no report is"
        ]
    );
}

#[test]
fn ids_are_made_unique_whatever_the_order() {
    let folder = folder(&[("a/x.txt", b"Rain."), ("b/x.txt", b"Snow."), ("x-2.txt", b"Fog.")]);
    let named = |names: &[&str]| {
        let acquired = acquire_in(&folder, names);
        let mut ids: Vec<_> = acquired
            .reports
            .iter()
            .map(|r| {
                (
                    Path::new(&r.place).strip_prefix(folder.path()).expect("it lies there").to_owned(),
                    r.id.clone(),
                )
            })
            .collect();
        ids.sort();
        (ids, acquired.notes.len())
    };
    let (ids, notes) = named(&["a/x.txt", "b/x.txt", "x-2.txt"]);
    assert_eq!(ids.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>(), ["x", "x-3", "x-2"]);
    assert_eq!(notes, 1);
    assert_eq!(named(&["x-2.txt", "b/x.txt", "a/x.txt"]).0, ids);
}

#[test]
fn legacy_encodings_are_read_with_a_note() {
    let folder = folder(&[("old.txt", b"It\x92s a \x93no\x94, the mayor said on Monday.")]);
    let acquired = acquire_in(&folder, &["old.txt"]);
    assert_eq!(acquired.reports[0].body, Body::Text("It’s a “no”, the mayor said on Monday.".into()));
    assert!(acquired.problems.is_empty());
    assert_eq!(said(&folder, &acquired.notes), ["old.txt: decoded as windows-1252"]);
}

#[test]
fn a_stream_reads_no_further_than_it_is_asked_to() {
    let line = "{\"id\": \"a\", \"text\": \"Rain.\"}\n";
    let folder = folder(&[("t.jsonl", line.repeat(100_000).as_bytes()), ("u.jsonl", line.as_bytes())]);
    let inputs = vec![folder.path().join("t.jsonl"), folder.path().join("u.jsonl")];
    let (all, meter) = (size(&inputs).expect("both are files"), Meter::default());
    let mut events = stream(inputs, &meter);
    assert_eq!(meter.bytes(), 0);
    assert!(matches!(events.next(), Some(Event::Report(_))));
    assert!(meter.bytes() < 100_000, "{}", meter.bytes());
    assert_eq!(events.filter(|event| matches!(event, Event::Report(_))).count(), 100_000);
    assert_eq!(meter.bytes(), all);
}

#[test]
fn a_stream_keeps_the_order_and_gives_a_taken_id_to_none() {
    let folder = folder(&[
        ("t.jsonl", b"{\"id\": \"x\", \"text\": \"Rain.\"}\nno\n"),
        ("x.txt", b"Snow."),
        ("y.txt", b"F\xf6g."),
    ]);
    let inputs = ["y.txt", "t.jsonl", "x.txt", "x.txt"].map(|name| folder.path().join(name)).to_vec();
    let told: Vec<String> = stream(inputs, &Meter::default())
        .map(|event| match event {
            Event::Report(report) => report.id,
            Event::Problem(problem) => format!("! {}", problem.reason),
            Event::Note(note) => format!("~ {}", note.reason),
        })
        .collect();
    assert_eq!(
        told,
        [
            "~ decoded as windows-1252",
            "y",
            "x",
            "! not a JSON object",
            "~ the id x is taken; this report is called x-2",
            "x-2",
            "~ the id x is taken; this report is called x-3",
            "x-3",
        ]
    );
}
