//! The same reports give the same rows: on the command line, in one process, and on a cluster of processes.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

mod world;

use std::fs;
use std::path::Path;

use serde_json::Value;
use world::{Cluster, input, lines, make, parallax, sorted};

const REPORTS: usize = 300;

/// What the command line says, in the columns of our tables.
fn command_line(command: &str, input: &Path) -> Vec<String> {
    let rows = parallax(&[command, input.to_str().unwrap()]).into_iter();
    sorted(rows.map(|mut row| {
        let fields = row.as_object_mut().unwrap();
        if let Some(speaker) = fields.remove("speaker") {
            fields.insert("speaker".into(), speaker["name"].clone());
            fields.insert("speaker_mention".into(), speaker["mention"].clone());
            // Empty where no reports are compared.
            assert_eq!(fields.remove("utterances"), Some(Value::Array(Vec::new())));
        }
        row
    }))
}

fn check(output: &Path, input: &Path, engine: &str) {
    for table in ["extract", "quotations", "duplicates", "passages", "stories"] {
        let (expected, found) = (command_line(table, input), lines(&output.join(table)));
        assert!(expected.len() > 50, "{table}: too few rows to show anything: {}", expected.len());
        let different = expected.iter().zip(&found).find(|(expected, found)| expected != found);
        assert_eq!(different, None, "{engine}: {table}");
        assert_eq!(expected.len(), found.len(), "{engine}: {table}");
    }
}

#[test]
fn every_engine_gives_the_rows_of_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let input = input(folder.path(), REPORTS);
    let grouped: std::collections::BTreeSet<String> = command_line("duplicates", &input)
        .iter()
        .filter_map(|row| Some(row.split("\"group\"").nth(1)?.to_owned()))
        .collect();
    assert!(grouped.len() < REPORTS - 50, "there are near-copies to be found: {} groups", grouped.len());

    let cluster = Cluster::new(2, 60);
    let [here, rounds, there] = ["here", "rounds", "there"].map(|name| folder.path().join(name));
    make("all", &input, &here, &[]);
    check(&here, &input, "DataFusion");
    make("duplicates", &input, &rounds, &["--gather", "0", "--partitions", "3"]);
    assert_eq!(lines(&rounds.join("duplicates")), lines(&here.join("duplicates")));
    let told = make("all", &input, &there, &[&cluster.arguments()[..], &["--gather", "0"]].concat());
    assert!(told.contains("rounds"), "{told}");
    check(&there, &input, "Ballista");

    let problems = lines(&here.join("problems"));
    assert!(problems.iter().any(|row| row.contains("b.jsonl:")), "the broken line is told of: {problems:?}");
    assert_eq!(problems, lines(&there.join("problems")));
    let manifest: Value =
        serde_json::from_slice(&fs::read(there.join("duplicates/manifest.json")).unwrap()).unwrap();
    assert_eq!((&manifest["engine"], &manifest["rows"]), (&"Ballista".into(), &(REPORTS + 5).into()));
}
