//! What the tests share: invented reports, the programs as processes, and tables as sorted lines.

#![allow(dead_code, reason = "each test uses a part")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use arrow::json::LineDelimitedWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Value, json};

/// Longer than this nothing takes, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(240);

const NAMES: [&str; 8] = [
    "Ines Vidal",
    "Tom Okoro",
    "Piet Zoller",
    "Amara Quist",
    "Leo Varga",
    "Yuki Sorrel",
    "Ida Fenn",
    "Mara Lund",
];
const PLACES: [&str; 8] =
    ["Harlow", "Redmere", "Orlsby", "Castellan", "Tarnow", "Velden", "Sandhaven", "Norrail"];
const THINGS: [&str; 12] = [
    "dam",
    "freight train",
    "comet",
    "brewery",
    "pension fund",
    "harbour wall",
    "striker",
    "bridge",
    "observatory",
    "union",
    "ferry",
    "archive",
];
const DEEDS: [&str; 10] = [
    "broke",
    "was sold",
    "stood still",
    "drew thousands",
    "was closed",
    "caught fire",
    "came back",
    "was flooded",
    "lost its roof",
    "opened early",
];

/// Numbers that look random and are always the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// So many invented reports of some events, one a line: some copied with a few words replaced, some of them dated, some with quotations.
pub(crate) fn reports(many: usize) -> String {
    let mut chance = Chance(7);
    let mut texts: Vec<String> = Vec::new();
    let mut lines = String::new();
    for number in 0..many {
        let text = if number % 3 == 2 {
            copy(&texts[chance.below(texts.len())], &mut chance)
        } else {
            text(&mut chance)
        };
        let mut report = json!({ "id": format!("r{number}"), "source": format!("The {} Post", chance.of(&PLACES)), "text": text });
        if number % 2 == 0 {
            report["published"] = json!(format!("2025-03-{:02}", 1 + number % 28));
            report["title"] =
                json!(format!("{} {} {}", chance.of(&PLACES), chance.of(&THINGS), chance.of(&DEEDS)));
        }
        lines += &format!("{report}\n");
        texts.push(text);
    }
    lines
}

fn text(chance: &mut Chance) -> String {
    let (place, thing, who) = (chance.of(&PLACES), chance.of(&THINGS), chance.of(&NAMES));
    let mut sentences = vec![format!("The {thing} of {place} {} on Monday.", chance.of(&DEEDS))];
    for _ in 0..3 + chance.below(6) {
        let other = chance.of(&NAMES);
        sentences.push(match chance.below(4) {
            0 => format!(
                "“The {} {} and nobody told us,” said {who}, mayor of {place}.",
                chance.of(&THINGS),
                chance.of(&DEEDS)
            ),
            1 => format!(
                "{other} said that the {} of {} {}.",
                chance.of(&THINGS),
                chance.of(&PLACES),
                chance.of(&DEEDS)
            ),
            2 => format!(
                "Some {} people of {} had waited for the {}.",
                chance.below(900),
                chance.of(&PLACES),
                chance.of(&THINGS)
            ),
            _ => format!(
                "{who} called it “a bad day for {place}”, while {other} went to {}.",
                chance.of(&PLACES)
            ),
        });
    }
    sentences.join(" ")
}

fn copy(text: &str, chance: &mut Chance) -> String {
    let words = text.split(' ').map(|word| if chance.below(14) == 0 { chance.of(&THINGS) } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// A folder of invented reports: a table in two files, the sample reports, and a line that is none.
pub(crate) fn input(folder: &Path, many: usize) -> PathBuf {
    let input = folder.join("input");
    fs::create_dir_all(&input).unwrap();
    let all = reports(many);
    let lines: Vec<&str> = all.lines().collect();
    fs::write(input.join("a.jsonl"), lines[..many / 2].join("\n")).unwrap();
    fs::write(input.join("b.jsonl"), format!("{}\n{{\"id\": \n", lines[many / 2..].join("\n"))).unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, input.join(path.file_name().unwrap())).unwrap();
    }
    input
}

/// The program.
pub(crate) fn batch() -> Command {
    Command::new(env!("CARGO_BIN_EXE_parallax-batch"))
}

/// What the program said to arguments.
pub(crate) fn run(arguments: &[&str]) -> Output {
    batch().args(arguments).output().unwrap()
}

/// Makes tables; fails where the program does, but for reports that could not be read.
pub(crate) fn make(plan: &str, input: &Path, output: &Path, more: &[&str]) -> String {
    let [input, output] = [input, output].map(|path| path.to_str().unwrap());
    let part: &[&str] = if more.contains(&"--part") { &[] } else { &["--part", "60"] };
    let said = run(&[&["run", plan, "--input", input, "--output", output], part, more].concat());
    let (out, errors) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(!errors.lines().any(|line| line.starts_with("error:")), "{plan} {more:?}: {errors}\n{out}");
    format!("{out}\n{errors}")
}

/// The program `parallax`, which `cargo test --workspace` builds beside ours.
pub(crate) fn parallax(arguments: &[&str]) -> Vec<Value> {
    let path = Path::new(env!("CARGO_BIN_EXE_parallax-batch")).with_file_name("parallax");
    assert!(path.exists(), "{} is missing: cargo build --workspace --bins", path.display());
    let said = Command::new(path).args(arguments).arg("--quiet").output().unwrap();
    let rows = String::from_utf8(said.stdout).unwrap();
    rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect()
}

/// The rows of a table as sorted lines of JSON, without what the command line does not give.
pub(crate) fn lines(table: &Path) -> Vec<String> {
    let mut rows = Vec::new();
    for file in parts(table) {
        let reader =
            ParquetRecordBatchReaderBuilder::try_new(File::open(file).unwrap()).unwrap().build().unwrap();
        let mut writer = LineDelimitedWriter::new(&mut rows);
        reader.for_each(|batch| writer.write(&batch.unwrap()).unwrap());
        writer.finish().unwrap();
    }
    let rows = rows.as_slice().lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap());
    sorted(rows.map(|mut row: Value| {
        row.as_object_mut().unwrap().retain(|column, _| !["nr", "problems"].contains(&column.as_str()));
        row
    }))
}

/// The Parquet files of a table.
pub(crate) fn parts(table: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(table).unwrap_or_else(|error| panic!("{}: {error}", table.display()));
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "parquet")).collect();
    paths.sort();
    paths
}

/// Rows as sorted lines, without what is null.
pub(crate) fn sorted(rows: impl Iterator<Item = Value>) -> Vec<String> {
    let mut lines: Vec<String> = rows.map(|row| plain(row).to_string()).collect();
    lines.sort();
    lines
}

/// A value without what is null. Two writers of JSON may end one and the same number of 32 bits with other digits: 0.49414062 and 0.49414063.
fn plain(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, plain(v))).collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
        Value::Number(number) if number.is_f64() => json!(number.as_f64().map(|number| number as f32)),
        value => value,
    }
}

/// A process that ends with the test, however that ends.
pub(crate) struct Process(pub(crate) Child);

impl Process {
    pub(crate) fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A scheduler with executors, on this machine.
pub(crate) struct Cluster {
    pub(crate) address: String,
    pub(crate) executors: Vec<Process>,
    folder: tempfile::TempDir,
    _scheduler: Process,
}

impl Cluster {
    /// So many executors; one that is silent for `patience` seconds is lost.
    pub(crate) fn new(executors: usize, patience: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = File::create(folder.path().join("scheduler.log")).unwrap();
        let patience = patience.to_string();
        let mut command = batch();
        command
            .args(["scheduler", "--listen", "127.0.0.1:0", "--patience", &patience])
            .env("RUST_LOG", "warn");
        let mut scheduler = Process(command.stdout(Stdio::piped()).stderr(log).spawn().unwrap());
        let mut line = String::new();
        BufReader::new(scheduler.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.trim().strip_prefix("listening at ").unwrap_or_else(|| panic!("{line:?}")).to_owned();
        let mut cluster = Self { address, executors: Vec::new(), folder, _scheduler: scheduler };
        (0..executors).for_each(|_| cluster.start());
        cluster
    }

    /// Starts one more executor.
    pub(crate) fn start(&mut self) {
        let number = fs::read_dir(self.folder.path()).unwrap().count();
        let log = File::create(self.folder.path().join(format!("executor-{number}.log"))).unwrap();
        let work = self.folder.path().join(format!("work-{number}"));
        let mut command = batch();
        command
            .args(["executor", "--scheduler", &self.address, "--cores", "1", "--heartbeat", "1", "--work"])
            .arg(work);
        let child = command.env("RUST_LOG", "warn").stdout(Stdio::null()).stderr(log).spawn().unwrap();
        self.executors.push(Process(child));
    }

    /// The arguments that send work here.
    pub(crate) fn arguments(&self) -> [&str; 4] {
        ["--engine", "ballista", "--scheduler", &self.address]
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if std::thread::panicking() {
            for entry in fs::read_dir(self.folder.path()).into_iter().flatten().flatten() {
                let text = fs::read_to_string(entry.path()).unwrap_or_default();
                let _ = writeln!(std::io::stderr(), "--- {}\n{text}", entry.path().display());
            }
        }
    }
}

/// Waits until something is so, or `child` has ended.
pub(crate) fn wait_until(child: &mut Process, is_so: impl Fn() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if is_so() {
            return true;
        }
        if child.0.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("nothing happened for {PATIENCE:?}");
}
