//! Machines that die, runs that are killed, files that cannot be read or written: the tables come out right, and what was finished stays.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

mod world;

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::SystemTime;

use serde_json::Value;
use world::{Cluster, Process, batch, input, lines, make, run, wait_until};

const TABLES: [&str; 6] = ["extract", "quotations", "fingerprints", "duplicates", "passages", "stories"];

fn start(input: &Path, output: &Path, more: &[&str]) -> Process {
    let mut command = batch();
    command.args(["run", "all", "--part", "40", "--input"]).arg(input).arg("--output").arg(output).args(more);
    Process(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
}

fn same_tables(expected: &Path, found: &Path) {
    for table in TABLES {
        assert!(lines(&expected.join(table)) == lines(&found.join(table)), "{table} differs");
    }
}

#[test]
fn an_executor_may_be_killed_in_every_stage() {
    let folder = tempfile::tempdir().unwrap();
    let input = input(folder.path(), 240);
    let [expected, output] = ["expected", "output"].map(|name| folder.path().join(name));
    make("all", &input, &expected, &["--part", "40"]);

    let mut cluster = Cluster::new(2, 6);
    let mut driver = start(&input, &output, &[&cluster.arguments()[..], &["--gather", "0"]].concat());
    let mut killed = 0;
    for table in TABLES {
        // What shows that a stage is worked on: its folder without a manifest.
        let table = output.join(if table == "stories" { "work/profiles" } else { table });
        if wait_until(&mut driver, || table.join("unfinished").exists()) {
            cluster.executors.remove(0).kill();
            cluster.start();
            killed += 1;
        }
    }
    let mut status = None;
    wait_until(&mut driver, || false);
    if let Ok(Some(ended)) = driver.0.try_wait() {
        status = ended.code();
    }
    // One line of the input is broken, which the status tells.
    assert_eq!(status, Some(1));
    assert!(killed >= 4, "killed in {killed} stages");
    same_tables(&expected, &output);
}

#[test]
fn a_run_that_is_killed_goes_on_with_the_stage_that_it_was_in() {
    let folder = tempfile::tempdir().unwrap();
    let input = input(folder.path(), 240);
    let [expected, output] = ["expected", "output"].map(|name| folder.path().join(name));
    make("all", &input, &expected, &["--part", "40"]);

    for table in ["quotations", "duplicates", "passages", "stories"] {
        let mut driver = start(&input, &output, &[]);
        assert!(wait_until(&mut driver, || output.join(table).join("unfinished").exists()), "{table}");
        driver.kill();
    }
    let finished = ["reports", "extract", "quotations"].map(|table| manifest_time(&output, table));
    let told = make("all", &input, &output, &["--part", "40"]);
    assert!(told.contains("before"), "{told}");
    assert_eq!(finished, ["reports", "extract", "quotations"].map(|table| manifest_time(&output, table)));
    same_tables(&expected, &output);
}

fn manifest_time(output: &Path, table: &str) -> SystemTime {
    fs::metadata(output.join(table).join("manifest.json")).unwrap().modified().unwrap()
}

#[test]
fn an_unreadable_file_is_told_of_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let input = input(folder.path(), 60);
    fs::write(input.join("broken.parquet"), "PAR1 and then nothing").unwrap();
    let output = folder.path().join("output");
    let told = make("fingerprints", &input, &output, &[]);
    assert!(told.contains("broken.parquet: "), "{told}");
    assert_eq!(lines(&output.join("fingerprints")).len(), 65);
    let problems = lines(&output.join("problems"));
    assert!(problems.iter().any(|row| row.contains("broken.parquet")), "{problems:?}");
}

#[test]
fn a_damaged_part_is_named_and_what_is_finished_stays() {
    let folder = tempfile::tempdir().unwrap();
    let input = input(folder.path(), 60);
    let output = folder.path().join("output");
    make("fingerprints", &input, &output, &[]);
    let part = output.join("extract/part-00000.parquet");
    let whole = fs::read(&part).unwrap();
    fs::write(&part, vec![0; whole.len()]).unwrap();

    let [given, made] = [&input, &output].map(|path| path.to_str().unwrap());
    let said = run(&["run", "quotations", "--part", "60", "--input", given, "--output", made]);
    let errors = String::from_utf8_lossy(&said.stderr);
    assert!(!said.status.success() && errors.contains("extract/part-00000.parquet"), "{errors}");
    assert_eq!(lines(&output.join("fingerprints")).len(), 65);
    fs::write(&part, whole).unwrap();
    assert!(make("quotations", &input, &output, &[]).contains("before"));
}

#[test]
fn a_table_that_cannot_be_written_is_named_and_what_is_finished_stays() {
    let folder = tempfile::tempdir().unwrap();
    let input = input(folder.path(), 60);
    let output = folder.path().join("output");
    make("extract", &input, &output, &[]);
    fs::write(output.join("quotations"), "a file, where a folder is to be").unwrap();
    let [given, made] = [&input, &output].map(|path| path.to_str().unwrap());
    let said = run(&["run", "quotations", "--part", "60", "--input", given, "--output", made]);
    let errors = String::from_utf8_lossy(&said.stderr);
    assert!(!said.status.success() && errors.contains("output/quotations"), "{errors}");
    assert_eq!(lines(&output.join("extract")).len(), 65);
}

#[test]
fn a_full_disk_is_named_and_what_is_finished_stays() {
    let folder = tempfile::tempdir().unwrap();
    let input = input(folder.path(), 240);
    let output = folder.path().join("output");
    make("extract", &input, &output, &["--part", "1000"]);
    // Files of more than so many blocks of 512 bytes cannot be written, as on a disk that is full.
    let program = env!("CARGO_BIN_EXE_parallax-batch");
    let script = format!("trap '' XFSZ; ulimit -f 60; exec {program} \"$@\"");
    let mut limited = Command::new("sh");
    limited.arg0("sh").args(["-c", &script, "sh", "run", "fingerprints", "--part", "1000", "--input"]);
    let said = limited.arg(&input).arg("--output").arg(&output).output().unwrap();
    let errors = String::from_utf8_lossy(&said.stderr);
    assert!(!said.status.success() && errors.contains("fingerprints/part-0000"), "{errors}");
    assert_eq!(lines(&output.join("extract")).len(), 245);
    assert!(make("fingerprints", &input, &output, &["--part", "1000"]).contains("before"));
    assert_eq!(lines(&output.join("fingerprints")).len(), 245);
}

#[test]
fn other_kernels_are_refused_by_name() {
    let cluster = Cluster::new(0, 60);
    let other = tokio::runtime::Runtime::new().unwrap().block_on(greet_as(&cluster.address, "0.9"));
    assert!(other.contains("this scheduler has kernels") && other.contains("kernels 0.9"), "{other}");
}

/// What a cluster answers to a session of other kernels.
async fn greet_as(scheduler: &str, version: &str) -> String {
    use ballista::prelude::{SessionConfigExt, SessionContextExt};
    use datafusion::execution::SessionStateBuilder;
    use datafusion::prelude::{SessionConfig, SessionContext};
    use parallax_batch::engine::versioned;

    let mut config = versioned(SessionConfig::new_with_ballista());
    config.options_mut().set("parallax.kernels", version).unwrap();
    let state = SessionStateBuilder::new().with_default_features().with_config(config).build();
    let context = SessionContext::remote_with_state(&format!("df://{scheduler}"), state).await.unwrap();
    match context.sql("SELECT 1").await {
        Ok(question) => {
            question.collect().await.map(|rows| format!("{rows:?}")).unwrap_or_else(|error| error.to_string())
        }
        Err(error) => error.to_string(),
    }
}

#[test]
fn manifests_tell_versions_counts_and_origin() {
    let folder = tempfile::tempdir().unwrap();
    let input = input(folder.path(), 60);
    let output = folder.path().join("output");
    make("extract", &input, &output, &[]);
    let read = |table: &str| -> Value {
        serde_json::from_slice(&fs::read(output.join(table).join("manifest.json")).unwrap()).unwrap()
    };
    let (reports, extract) = (read("reports"), read("extract"));
    assert_eq!((&reports["rows"], &reports["problems"]), (&65.into(), &1.into()));
    assert_eq!(extract["recipe"]["from"]["reports"], reports["key"]);
    assert_eq!(extract["recipe"]["stages"], parallax_analysis::STAGES);
    let rows: u64 =
        extract["files"].as_array().unwrap().iter().map(|file| file["rows"].as_u64().unwrap()).sum();
    assert_eq!(rows, 65);
}
