//! Reports of any input, as a table of ours.
//!
//! This is the one place that reads foreign files. It is done in this process, in the order of the input, since that order numbers the
//! reports and decides which of two reports with one id keeps it: as on the command line, so that all that follows is the same.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, anyhow, bail};
use arrow::record_batch::RecordBatch;
use parallax_acquire::{Event, Meter, stream};
use parallax_model::Problem;
use walkdir::WalkDir;
use xxhash_rust::xxh3::xxh3_128;

use super::columns::write_batches;
use super::problems::{Kind, write_problems};
use super::{Made, Settings, made, part};
use crate::kernels::{ReportRows, report_schema};
use crate::manifest::{Manifest, Recipe};
use crate::progress::Progress;
use crate::store::{Account, Making, Store};

/// A file with more bytes of text is large enough, however few reports it holds.
const LARGEST_PART: usize = 64 << 20;
/// So many parts have a quarter of the reports of others.
const SMALL_PARTS: usize = 8;
/// So many threads encode what one reads.
const WRITERS: usize = 2;
/// So many problems are told at once; the table has all.
const TOLD: usize = 10;

/// What goes in: files and folders, in order.
#[derive(Debug, Clone)]
pub struct Input {
    paths: Vec<PathBuf>,
}

impl Input {
    /// The files and folders that the given paths and patterns (`news/2024-*.parquet`) name.
    pub fn new(given: &[String]) -> Result<Self> {
        let mut paths = Vec::new();
        for path in given {
            if Path::new(path).exists() {
                paths.push(PathBuf::from(path));
                continue;
            }
            let found = glob::glob(path).with_context(|| format!("{path}: is no pattern"))?;
            let before = paths.len();
            paths.extend(found.collect::<Result<Vec<_>, _>>()?);
            if paths.len() == before {
                bail!("{path}: there is no such file or folder");
            }
        }
        Ok(Self { paths })
    }

    /// Equal for inputs whose files have the same names, sizes and times.
    fn key(&self) -> String {
        let mut files = String::new();
        for entry in self.paths.iter().flat_map(|path| WalkDir::new(path).sort_by_file_name()).flatten() {
            let data = entry.metadata().ok().filter(Metadata::is_file);
            let Some(data) = data else { continue };
            let modified = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            files += &format!("{}\t{}\t{modified:?}\n", entry.path().display(), data.len());
        }
        format!("{:032x}", xxh3_128(files.as_bytes()))
    }
}

/// The reports of the input: `reports`.
pub async fn reports(store: &Store, input: &Input, settings: &Settings) -> Result<Made> {
    let recipe = Recipe::new("reports", &[]).with("input", &input.key()).with("part", &settings.part);
    made(store, recipe, async |making: Making| {
        let (input, most, problems) = (input.clone(), settings.part, store.problems("reports")?);
        tokio::task::spawn_blocking(move || take_in(making, input, most, &problems)).await?
    })
    .await
}

fn take_in(making: Making, input: Input, most: usize, problems: &Path) -> Result<Manifest> {
    let progress = Progress::new("reports", None);
    let (full, waiting) = sync_channel::<(usize, RecordBatch)>(WRITERS);
    // Owned by the writers, so that reading stops where they do.
    let waiting = Arc::new(Mutex::new(waiting));
    let read = thread::scope(|scope| {
        let making = &making;
        let writers = (0..WRITERS).map(|_| Arc::clone(&waiting));
        let writers: Vec<_> = writers.map(|own| scope.spawn(move || write_parts(making, &own))).collect();
        drop(waiting);
        let read = read(input, most, &progress, |number, rows| {
            full.send((number, rows)).map_err(|_| anyhow!("the writers have stopped"))
        });
        drop(full);
        let written: Result<Vec<()>> = writers
            .into_iter()
            .map(|writer| writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect();
        // Why writing stopped says more than that it did.
        written.and(read)
    });
    progress.end();
    let Read { parts, told } = read?;
    write_problems(problems, "reports", &told)?;
    tell(&told);
    if parts == 0 {
        bail!("there is no report in the input");
    }
    let files: Vec<String> = (0..parts).map(part).collect();
    let problems = told.iter().filter(|(kind, _)| *kind == Kind::Problem).count();
    making.finish(&files, "none", Account::new(problems as u64, told.len() as u64))
}

/// What reading came to.
struct Read {
    parts: usize,
    told: Vec<(Kind, Problem)>,
}

fn read(
    input: Input,
    most: usize,
    progress: &Progress,
    mut full: impl FnMut(usize, RecordBatch) -> Result<()>,
) -> Result<Read> {
    let (mut rows, mut nr, mut parts, mut told) = (ReportRows::default(), 0, 0, Vec::new());
    for event in stream(input.paths, &Meter::default()) {
        match event {
            Event::Report(report) => {
                rows.add(nr, &report);
                nr += 1;
            }
            Event::Problem(problem) => told.push((Kind::Problem, problem)),
            Event::Note(note) => told.push((Kind::Note, note)),
        }
        if rows.len() >= rows_of_part(parts, most) || rows.bytes() >= LARGEST_PART {
            progress.add(rows.len() as u64);
            full(parts, rows.take()?)?;
            parts += 1;
        }
    }
    if !rows.is_empty() {
        full(parts, rows.take()?)?;
        parts += 1;
    }
    Ok(Read { parts, told })
}

/// How many reports the part of a number holds, of which none holds more than `most`. The first are small, so that each core has something to do
/// at the end of a stage too, which takes the large ones first.
const fn rows_of_part(part: usize, most: usize) -> usize {
    if part < SMALL_PARTS { most.div_ceil(4) } else { most }
}

/// Writes parts as they come, until there are no more or one cannot be written.
fn write_parts(making: &Making, waiting: &Mutex<Receiver<(usize, RecordBatch)>>) -> Result<()> {
    loop {
        let next = waiting.lock().map_err(|_| anyhow!("another writer failed"))?.recv();
        let Ok((number, rows)) = next else { return Ok(()) };
        write_batches(&making.file(&part(number)), &report_schema(), [Ok(rows)])?;
    }
}

fn tell(told: &[(Kind, Problem)]) {
    let problems = || told.iter().filter(|(kind, _)| *kind == Kind::Problem);
    for (_, problem) in problems().take(TOLD) {
        eprintln!("{}: {}", problem.place, problem.reason);
    }
    let more = problems().count().saturating_sub(TOLD);
    if more > 0 {
        eprintln!("and {more} more in the table problems");
    }
}
