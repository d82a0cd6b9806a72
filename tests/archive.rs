//! The archive from outside: runs killed at random moments, two processes at a time, no room left, and what each command says.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use parallax_archive::{Archive, StoryId};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Runs that are killed; 200 in the full test.
const KILLS: &str = "PARALLAX_KILLS";

/// The longest wait for a first word of the program, on however busy a machine.
const PATIENCE: Duration = Duration::from_secs(120);

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.path(name).display().to_string()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        command.args(arguments).env("PARALLAX_ARCHIVE", self.path("a.db"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Said {
        Said::from(self.command(arguments).output().unwrap())
    }

    fn spawn(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }
}

/// What the program said.
struct Said {
    status: i32,
    text: String,
    errors: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap(),
            text: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Said {
    fn rows(&self) -> Vec<Value> {
        self.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn column(&self, field: &str) -> Vec<String> {
        self.rows().iter().map(|row| row[field].as_str().unwrap().to_owned()).collect()
    }
}

/// Report `number` of an event of its own every third time, else of the flood.
fn row(number: usize) -> String {
    let text = if number.is_multiple_of(3) {
        format!(
            "Striker Tom Okoro{number} joined Redmere{number} United. “I am glad to be at Redmere{number},” said Okoro{number} on Friday."
        )
    } else {
        format!(
            "The Harlow dam broke on Monday and water reached street {number} of Harlow. “We lost all in street {number},” said Mayor Ines Vidal of Harlow."
        )
    };
    format!(
        "{}\n",
        json!({"id": format!("r{number}"), "text": text, "title": format!("Report {number}"), "published": "2025-10-09"})
    )
}

fn rows(numbers: std::ops::Range<usize>) -> String {
    numbers.map(row).collect()
}

#[test]
fn reports_are_added_though_nobody_reads_the_list_to_its_end() {
    let desk = Desk::new();
    let table = desk.write("in.jsonl", &rows(0..9));
    let mut child = desk.spawn(&["add", &table, "--list"]);
    drop(child.stdout.take());
    let said = Said::from(child.wait_with_output().unwrap());
    assert_eq!(said.status, 0, "{}", said.errors);
    assert!(said.errors.contains("nobody reads the list any more"), "{}", said.errors);
    assert!(said.errors.contains("9 new, 0 updated, 0 unchanged"), "{}", said.errors);
    let told = desk.run(&["changes", "--format", "jsonl", "-n", "99"]).column("kind");
    assert!(told.contains(&"altered-quotation".to_owned()), "the stories are compared too: {told:?}");
}

/// When a run is killed.
enum Kill {
    After(Duration),
    AtFirstAcknowledgement,
}

/// Adds reports through a pipe that stays open, some at a time, and kills the run; returns what it acknowledged.
fn killed_run(desk: &Desk, from: usize, kill: &Kill) -> BTreeSet<String> {
    let mut child = desk.spawn(&["add", "-", "--list", "--quiet", "--no-compare"]);
    let mut input = child.stdin.take().unwrap();
    let (killed, until_killed) = mpsc::channel::<()>();
    let feeding = thread::spawn(move || {
        for number in (from..from + 400).step_by(4) {
            if input.write_all(rows(number..number + 4).as_bytes()).is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(2));
        }
        until_killed.recv().unwrap();
    });
    let output = BufReader::new(child.stdout.take().unwrap());
    let (acknowledged, first_acknowledged) = mpsc::channel();
    let listening = thread::spawn(move || {
        let lines = output.lines().map_while(Result::ok);
        // The last line may be cut; what is cut was not said.
        let rows = lines.filter_map(|line| serde_json::from_str::<Value>(&line).ok());
        let names = rows.map(|row| row["report"].as_str().unwrap().to_owned());
        names.inspect(|_| acknowledged.send(()).unwrap_or_default()).collect()
    });
    match kill {
        Kill::After(time) => thread::sleep(*time),
        Kill::AtFirstAcknowledgement => first_acknowledged.recv_timeout(PATIENCE).unwrap(),
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // Nobody listens any more where the run was killed before it had read all.
    let _ = killed.send(());
    feeding.join().unwrap();
    listening.join().unwrap()
}

#[test]
fn a_run_that_is_killed_loses_nothing_that_it_acknowledged() {
    let kills: u64 = env::var(KILLS).ok().and_then(|kills| kills.parse().ok()).unwrap_or(8);
    let desk = Desk::new();
    let mut acknowledged = BTreeSet::new();
    let mut chance: u64 = 20_251_009;
    let mut runs_that_acknowledged = 0;
    for kill in 0..kills {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let from = usize::try_from(kill * 60).unwrap();
        let at_random = Kill::After(Duration::from_millis(1 + (chance >> 33) % 600));
        let said =
            killed_run(&desk, from, if kill % 4 == 3 { &Kill::AtFirstAcknowledgement } else { &at_random });
        runs_that_acknowledged += u64::from(!said.is_empty());
        acknowledged.extend(said);
        if !desk.path("a.db").exists() {
            continue;
        }
        let verified = desk.run(&["verify", "--quiet"]);
        assert!(verified.status == 0, "after kill {kill}: {}", verified.errors);
        let kept: BTreeSet<String> = desk.run(&["export"]).column("id").into_iter().collect();
        let lost: Vec<&String> = acknowledged.difference(&kept).collect();
        assert!(lost.is_empty(), "after kill {kill} these are lost: {lost:?}");
    }
    assert!(
        runs_that_acknowledged >= kills / 4,
        "{runs_that_acknowledged} of {kills} runs acknowledged something"
    );
    let last = usize::try_from(kills * 60).unwrap() + 400;
    let all = desk.write("all.jsonl", &rows(0..last));
    let said = desk.run(&["add", &all]);
    assert_eq!(said.status, 0, "{}", said.errors);
    let ids = desk.run(&["export"]).column("id");
    assert_eq!(ids.len(), last);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), last);
    assert_eq!(desk.run(&["verify"]).status, 0);
}

#[test]
fn the_stories_do_not_depend_on_where_a_run_was_stopped() {
    let partition = |stops: &[usize]| {
        let desk = Desk::new();
        let mut from = 0;
        for &stop in stops {
            let part = desk.write("part.jsonl", &rows(0..stop));
            assert_eq!(desk.run(&["add", &part, "--no-compare"]).status, 0);
            from = from.max(stop);
        }
        desk.run(&["export"])
            .rows()
            .iter()
            .map(|row| (row["id"].clone(), row["stories"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(partition(&[30]), partition(&[1, 7, 8, 29, 30]));
}

#[test]
fn readers_go_on_while_one_writes_and_a_second_writer_waits() {
    let desk = Desk::new();
    let mut first = desk.spawn(&["add", "-", "--list", "--quiet"]);
    let mut input = first.stdin.take().unwrap();
    input.write_all(row(1).as_bytes()).unwrap();
    input.flush().unwrap();
    let mut answers = BufReader::new(first.stdout.take().unwrap());
    let mut line = String::new();
    answers.read_line(&mut line).unwrap();
    assert!(line.contains("\"r1\""), "{line}");
    assert_eq!(desk.run(&["search", "dam", "--format", "jsonl"]).column("report"), ["r1"]);

    let two = desk.write("two.jsonl", &row(2));
    let mut second = desk.spawn(&["add", &two]);
    let mut told = BufReader::new(second.stderr.take().unwrap());
    let mut waiting = String::new();
    told.read_line(&mut waiting).unwrap();
    assert_eq!(waiting, format!("parallax: waiting for another writer: process {}\n", first.id()));
    assert_eq!(desk.run(&["stories"]).column("story"), ["s1"]);

    drop(input);
    assert!(first.wait().unwrap().success());
    assert!(second.wait().unwrap().success());
    assert_eq!(desk.run(&["export"]).column("id"), ["r1", "r2"]);
}

#[test]
fn what_was_added_is_told_and_added_once() {
    let desk = Desk::new();
    let table = desk.write("t.jsonl", &format!("{}not json\n{}", rows(0..5), rows(5..9)));
    let first = desk.run(&["add", &table]);
    assert_eq!(first.status, 1);
    assert!(first.errors.contains("t.jsonl:6: not a JSON object"), "{}", first.errors);
    assert!(first.errors.contains("9 new, 0 updated, 0 unchanged in "), "{}", first.errors);
    let again = desk.run(&["add", &table]);
    assert!(again.errors.contains("0 new, 0 updated, 9 unchanged in "), "{}", again.errors);
    let changed = desk.write("u.jsonl", &row(1).replace("broke on Monday", "broke on Tuesday"));
    let changed = desk.run(&["add", &changed, "--list"]);
    assert_eq!(changed.column("was"), ["updated"]);
    let events = desk.run(&["story", changed.rows()[0]["stories"][0].as_str().unwrap(), "--events"]);
    assert!(events.column("kind").contains(&"correction-at-source".to_owned()), "{}", events.text);
    assert_eq!(desk.run(&["add", "none.jsonl"]).status, 2);
}

#[test]
fn no_room_is_told_and_what_was_acknowledged_is_kept() {
    let desk = Desk::new();
    let few = desk.write("few.jsonl", &rows(0..3));
    assert_eq!(desk.run(&["add", &few]).status, 0);
    let long: String = (0..2000).map(|number| row(number + 10)).collect();
    let long = desk.write("long.jsonl", &long);
    let said = desk.run(&["add", &long, "--largest", "1", "--list", "--no-compare"]);
    assert_eq!(said.status, 2, "{}", said.errors);
    assert!(
        said.errors.contains("a.db: no room left: it is as large as it was allowed to be"),
        "{}",
        said.errors
    );
    assert_eq!(desk.run(&["export"]).rows().len(), 3 + said.rows().len());
    assert_eq!(desk.run(&["verify"]).status, 0);
}

#[test]
fn a_story_is_gone_on_with_though_what_is_kept_of_it_is_damaged() {
    let desk = Desk::new();
    let table = |name: &str, text: &str| desk.write(name, &json!({"id": name, "text": text}).to_string());
    let one = "The Harlow dam broke on Monday and 14 people died in the valley below Harlow, said Mayor Ines Vidal.";
    let two = "Fourteen people died in the valley below Harlow when the Harlow dam broke on Monday, Mayor Ines Vidal said.";
    assert_eq!(desk.run(&["add", &table("one.jsonl", one), "--quiet"]).status, 0);
    let kept = Archive::open(&desk.path("a.db")).unwrap().story_record(StoryId::new(1)).unwrap().unwrap();
    let mut file = fs::read(desk.path("a.db")).unwrap();
    let place = file.windows(kept.len()).position(|window| window == kept).unwrap();
    file[place + 20..place + kept.len()].fill(0xC3);
    fs::write(desk.path("a.db"), file).unwrap();
    let said = desk.run(&["verify"]);
    assert!(
        said.status == 1 && said.errors.contains("s1: what tells which reports belong to it"),
        "{}",
        said.errors
    );
    let said = desk.run(&["add", &table("two.jsonl", two), "--list"]);
    assert_eq!(said.rows()[0]["stories"], json!(["s1"]), "{}", said.text);
    assert_eq!(desk.run(&["verify"]).status, 0);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_told_and_its_cause_once() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["add", &desk.write("few.jsonl", &rows(0..3))]).status, 0);
    let long: String = (0..3000).map(|number| row(number + 10)).collect();
    let long = desk.write("long.jsonl", &long);
    let command = desk.command(&["add", &long, "--quiet", "--no-compare"]);
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "ulimit -f 1000; exec \"$0\" \"$@\""])
        .arg(command.get_program())
        .args(command.get_args());
    limited.env("PARALLAX_ARCHIVE", desk.path("a.db")).current_dir(desk.folder.path());
    let said = Said::from(limited.output().unwrap());
    assert_eq!(said.status, 2, "{}", said.errors);
    assert!(said.errors.contains("a.db: "), "{}", said.errors);
    assert_eq!(said.errors.matches("disk I/O error").count(), 1, "{}", said.errors);
    assert_eq!(desk.run(&["verify"]).status, 0);
}

/// Somebody who may read but not write: whoever runs the tests, or nobody where that is the administrator, to whom all folders are open.
fn as_a_reader(desk: &Desk, arguments: &[&str]) -> Option<Command> {
    let command = desk.command(arguments);
    if fs::write(desk.path("open"), "").is_err() {
        return Some(command);
    }
    let mut nobody = Command::new("setpriv");
    nobody.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
    nobody.arg(command.get_program()).args(arguments).env("PARALLAX_ARCHIVE", desk.path("a.db"));
    let may_run = nobody.output().is_ok_and(|output| output.status.code().is_some_and(|code| code < 126));
    may_run.then_some(nobody)
}

#[cfg(unix)]
#[test]
fn an_archive_in_a_folder_that_may_not_be_written_is_read() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new();
    assert_eq!(desk.run(&["add", &desk.write("set.jsonl", &rows(0..2)), "--quiet"]).status, 0);
    let close = |mode| fs::set_permissions(desk.folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    close(0o555);
    let Some(mut search) = as_a_reader(&desk, &["search", "title:report", "--format", "jsonl"]) else {
        close(0o755);
        eprintln!("SKIPPED: there is nobody here who may not write to a folder");
        return;
    };
    let found = Said::from(search.output().unwrap());
    fs::write(desk.path("a.db-wal"), "what a program left that was killed").unwrap_or_default();
    let behind_a_log = Said::from(search.output().unwrap());
    close(0o755);
    assert_eq!((found.status, found.rows().len()), (0, 2), "{}", found.errors);
    if desk.path("a.db-wal").exists() {
        assert_eq!(behind_a_log.status, 2, "{}", behind_a_log.errors);
        assert!(
            behind_a_log.errors.contains("a.db: its folder may not be written"),
            "{}",
            behind_a_log.errors
        );
    }
}

#[test]
fn a_missing_or_a_foreign_file_is_told() {
    let desk = Desk::new();
    for command in [
        ["search", "dam"],
        ["story", "s1"],
        ["export", "reports"],
        ["verify", "--quiet"],
        ["reanalyse", "--all"],
    ] {
        let said = desk.run(&command);
        assert_eq!(said.status, 2, "{command:?}");
        assert!(said.errors.contains("a.db: no such archive"), "{command:?}: {}", said.errors);
    }
    assert!(!desk.path("a.db").exists());
    fs::write(desk.path("a.db"), "My notes.").unwrap();
    let table = desk.write("t.jsonl", &row(1));
    let said = desk.run(&["add", &table]);
    assert_eq!(said.status, 2);
    assert!(said.errors.contains("a.db: not an archive of Parallax"), "{}", said.errors);
    assert_eq!(fs::read_to_string(desk.path("a.db")).unwrap(), "My notes.");
}

#[test]
fn a_search_that_cannot_find_anything_is_told() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["add", &desk.write("set.jsonl", &rows(0..3)), "--quiet"]).status, 0);
    let check = |arguments: &[&str], status: i32, words: &str| {
        let said = desk.run(&[&["search"], arguments].concat());
        assert!(said.status == status && said.errors.contains(words), "{arguments:?}: {}", said.errors);
    };
    check(&["report", "-n", "0"], 2, "0 is not in 1..");
    check(&["report", "story:s99"], 2, "has no story s99");
    check(&["-zebra report"], 2, "--");
    check(&["--", "-zebra report"], 0, "");
}

#[test]
fn a_query_that_is_not_understood_is_told() {
    let desk = Desk::new();
    let table = desk.write("t.jsonl", &rows(0..4));
    desk.run(&["add", &table]);
    let said = desk.run(&["search", "dam", "after:soon"]);
    assert_eq!(said.status, 2);
    assert!(
        said.errors.contains("a day is written 2025-10-09") && said.errors.contains("at byte 4"),
        "{}",
        said.errors
    );
    let none = desk.run(&["search", "volcano"]);
    assert_eq!((none.status, none.text.as_str()), (1, ""));
    let hit = &desk.run(&["search", "speaker:vidal", "--format", "jsonl", "-n", "1"]).rows()[0];
    let text = hit["snippet"]["text"].as_str().unwrap();
    let report: Value =
        desk.run(&["export"]).rows().into_iter().find(|row| row["id"] == hit["report"]).unwrap();
    let at = |field: &str| usize::try_from(hit["snippet"][field].as_u64().unwrap()).unwrap();
    let sliced: String =
        report["text"].as_str().unwrap().chars().skip(at("start")).take(at("end") - at("start")).collect();
    assert_eq!(sliced, text);
}

#[test]
fn an_export_makes_the_same_archive_again() {
    let desk = Desk::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    assert_eq!(desk.run(&["add", samples.to_str().unwrap(), "--quiet"]).status, 0);
    let exported = desk.run(&["export"]).text;
    let table = desk.write("all.jsonl", &exported);
    let other = desk.path("b.db").display().to_string();
    assert_eq!(desk.run(&["add", &table, "--archive", &other]).status, 0);
    let ids = |archive: &str| {
        desk.run(&["export", "--archive", archive])
            .rows()
            .into_iter()
            .map(|row| (row["id"].clone(), row["stories"].clone(), row["text"].clone(), row["html"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&desk.path("a.db").display().to_string()), ids(&other));

    let before = desk.run(&["export", "quotations"]).text;
    assert!(before.lines().count() > 30);
    let again = desk.run(&["reanalyse", "--all"]);
    assert!(again.errors.contains("5 reports read again"), "{}", again.errors);
    assert_eq!(desk.run(&["export", "quotations"]).text, before);

    let copy = desk.path("copy.db").display().to_string();
    assert_eq!(desk.run(&["backup", &copy]).status, 0);
    assert_eq!(desk.run(&["verify", "--archive", &copy]).status, 0);
    assert_eq!(desk.run(&["export", "--archive", &copy]).text, exported);
    assert_eq!(desk.run(&["backup", &copy]).status, 2);
}

#[test]
fn a_story_is_shown_as_compare_shows_its_reports() {
    let desk = Desk::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    desk.run(&["add", samples.to_str().unwrap(), "--quiet"]);
    let story = &desk.run(&["stories"]).rows()[0];
    assert_eq!(
        (story["story"].as_str(), story["reports"].as_u64(), story["origins"].as_u64()),
        (Some("s1"), Some(5), Some(3))
    );
    let compared = desk.run(&["compare", samples.to_str().unwrap(), "--format", "json"]).text;
    assert_eq!(desk.run(&["story", "s1", "--format", "json"]).text, compared);
    assert_eq!(desk.run(&["story", "s2"]).status, 2);
}
