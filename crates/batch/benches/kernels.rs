//! The kernels of `duplicates` alone, without an engine, over the articles of a run: `kernels EXTRACT_DIR THREADS`. Prints as JSON the seconds of the
//! kernels, and those of the kernels with the Parquet that they cannot do without: reading the texts, and writing the fingerprints.
//! `benches/batch.py` compares them with what whole stages take.

#![allow(clippy::unwrap_used, reason = "a benchmark may fail by panicking")]

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, Int64Builder, ListBuilder};
use arrow::compute::{concat, take};
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use mimalloc::MiMalloc;
use parallax_batch::kernels::{BANDS, FINGERPRINT, Kernel, LIKENESS, NEIGHBOURS};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::file::properties::WriterProperties;

/// That of the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [folder, threads] = arguments.as_slice() else {
        eprintln!("kernels EXTRACT_DIR THREADS: nothing to measure");
        return;
    };
    let threads = threads.parse().unwrap();
    let begun = Instant::now();
    read_and_write(folder, threads);
    let fingerprints_with_files = begun.elapsed().as_secs_f64();
    let texts: Vec<Vec<ArrayRef>> = files(folder).iter().flat_map(texts).collect();
    let seconds = Cell::new(0.0);
    let run = |kernel: Kernel, batches: &[Vec<ArrayRef>]| {
        let begun = Instant::now();
        let results = on_threads(threads, kernel, batches);
        seconds.set(seconds.get() + begun.elapsed().as_secs_f64());
        results
    };
    let fingerprints = run(FINGERPRINT, &texts);
    let fingerprints_alone = seconds.get();
    let kept: Vec<Vec<ArrayRef>> =
        fingerprints.iter().map(|batch| batch.as_struct().columns().to_vec()).collect();
    let bands = run(BANDS, &kept);
    let pairs = run(NEIGHBOURS, &buckets(&bands));
    let likeness = run(LIKENESS, &signatures(&kept, &pairs));
    let articles: usize = texts.iter().map(|batch| batch[0].len()).sum();
    let compared: usize = likeness.iter().map(Array::len).sum();
    let seconds = seconds.get();
    let with_files = seconds - fingerprints_alone + fingerprints_with_files;
    println!(
        "{{\"articles\": {articles}, \"pairs\": {compared}, \"seconds\": {seconds:.3}, \"with_files\": {with_files:.3}}}"
    );
}

/// The files of the articles, the largest first.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "parquet"));
    files.sort_by_key(|path| Reverse(path.metadata().unwrap().len()));
    files
}

/// The texts of a file, a batch a column.
fn texts(path: &PathBuf) -> impl Iterator<Item = Vec<ArrayRef>> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let mask = ProjectionMask::columns(builder.parquet_schema(), ["text"]);
    let batches = builder.with_projection(mask).with_batch_size(256).build().unwrap();
    batches.map(|batch| vec![Arc::clone(batch.unwrap().column(0))])
}

/// The fingerprints of all texts, from files to files.
fn read_and_write(folder: &str, threads: usize) {
    let written = tempfile::tempdir().unwrap();
    each_on_threads(threads, &files(folder), |path| {
        let name = written.path().join(path.file_name().unwrap());
        let properties = WriterProperties::builder().set_dictionary_enabled(false).build();
        let mut writer: Option<ArrowWriter<File>> = None;
        for texts in texts(path) {
            let rows = RecordBatch::from((FINGERPRINT.call)(&texts).unwrap().as_struct());
            let open = || {
                ArrowWriter::try_new(File::create(&name).unwrap(), rows.schema(), Some(properties.clone()))
            };
            writer.get_or_insert_with(|| open().unwrap()).write(&rows).unwrap();
        }
        if let Some(writer) = writer {
            writer.close().unwrap();
        }
    });
}

fn on_threads(threads: usize, kernel: Kernel, batches: &[Vec<ArrayRef>]) -> Vec<ArrayRef> {
    each_on_threads(threads, batches, |batch| (kernel.call)(batch).unwrap())
}

/// What `work` gives for each, in order.
fn each_on_threads<T: Sync, R: Send>(threads: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { return };
                    let result = work(item);
                    done.lock().unwrap().push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The articles that agree in a band, where there are several.
fn buckets(bands: &[ArrayRef]) -> Vec<Vec<ArrayRef>> {
    let mut members: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut nr = 0;
    for batch in bands {
        for keys in batch.as_list::<i32>().iter() {
            for key in keys.unwrap().as_primitive::<Int64Type>().values() {
                members.entry(*key).or_default().push(nr);
            }
            nr += 1;
        }
    }
    let several: Vec<Vec<i64>> = members.into_values().filter(|bucket| bucket.len() > 1).collect();
    let batches = several.chunks(8192).map(|chunk| {
        let mut lists = ListBuilder::new(Int64Builder::new());
        for bucket in chunk {
            lists.values().append_slice(bucket);
            lists.append(true);
        }
        vec![Arc::new(lists.finish()) as ArrayRef]
    });
    batches.collect()
}

/// The fingerprints of each pair that is to be compared, each pair once.
fn signatures(kept: &[Vec<ArrayRef>], pairs: &[ArrayRef]) -> Vec<Vec<ArrayRef>> {
    let column =
        |at: usize| concat(&kept.iter().map(|batch| batch[at].as_ref()).collect::<Vec<_>>()).unwrap();
    let (shingles, signatures) = (column(0), column(1));
    let mut both: Vec<(i64, i64)> = Vec::new();
    for batch in pairs {
        let items = batch.as_list::<i32>().values().as_struct();
        let ends = |at: usize| items.column(at).as_primitive::<Int64Type>().values();
        both.extend(ends(0).iter().copied().zip(ends(1).iter().copied()));
    }
    both.sort_unstable();
    both.dedup();
    let batches = both.chunks(8192).map(|chunk| {
        let of = |end: fn(&(i64, i64)) -> i64| Int64Array::from(chunk.iter().map(end).collect::<Vec<_>>());
        let (a, b) = (of(|pair| pair.0), of(|pair| pair.1));
        let columns = [(&shingles, &a), (&signatures, &a), (&shingles, &b), (&signatures, &b)];
        columns.iter().map(|(column, places)| take(column, *places, None).unwrap()).collect()
    });
    batches.collect()
}
