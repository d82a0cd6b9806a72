//! The kernels of `duplicates` alone, without an engine and without files, over the articles of a run: `kernels EXTRACT_DIR THREADS`. Prints the
//! seconds as JSON. `benches/batch.py` compares them with what whole stages take.

#![allow(clippy::unwrap_used, reason = "a benchmark may fail by panicking")]

use std::collections::HashMap;
use std::fs::{self, File};
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Instant;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, Int64Builder, ListBuilder};
use arrow::compute::{concat, take};
use arrow::datatypes::Int64Type;
use parallax_batch::kernels::{BANDS, FINGERPRINT, Kernel, LIKENESS, NEIGHBOURS};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [folder, threads] = arguments.as_slice() else {
        eprintln!("kernels EXTRACT_DIR THREADS: nothing to measure");
        return;
    };
    let (texts, threads) = (texts(folder), threads.parse().unwrap());
    let mut seconds = 0.0;
    let mut run = |kernel: Kernel, batches: &[Vec<ArrayRef>]| {
        let begun = Instant::now();
        let results = on_threads(threads, kernel, batches);
        seconds += begun.elapsed().as_secs_f64();
        results
    };
    let fingerprints = run(FINGERPRINT, &texts);
    let kept: Vec<Vec<ArrayRef>> =
        fingerprints.iter().map(|batch| batch.as_struct().columns().to_vec()).collect();
    let bands = run(BANDS, &kept);
    let pairs = run(NEIGHBOURS, &buckets(&bands));
    let likeness = run(LIKENESS, &signatures(&kept, &pairs));
    let articles: usize = texts.iter().map(|batch| batch[0].len()).sum();
    let compared: usize = likeness.iter().map(Array::len).sum();
    println!("{{\"articles\": {articles}, \"pairs\": {compared}, \"seconds\": {seconds:.3}}}");
}

/// The texts of the articles in order, a batch a column.
fn texts(folder: &str) -> Vec<Vec<ArrayRef>> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "parquet"));
    files.sort();
    let read = |path| {
        let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
        let mask = ProjectionMask::columns(builder.parquet_schema(), ["text"]);
        builder.with_projection(mask).with_batch_size(256).build().unwrap()
    };
    files.iter().flat_map(read).map(|batch| vec![Arc::clone(batch.unwrap().column(0))]).collect()
}

fn on_threads(threads: usize, kernel: Kernel, batches: &[Vec<ArrayRef>]) -> Vec<ArrayRef> {
    let (next, done) = (Mutex::new(0), Mutex::new(vec![None; batches.len()]));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = {
                        let mut next = next.lock().unwrap();
                        *next += 1;
                        *next - 1
                    };
                    let Some(batch) = batches.get(index) else { return };
                    let result = (kernel.call)(batch).unwrap();
                    done.lock().unwrap()[index] = Some(result);
                }
            });
        }
    });
    done.into_inner().unwrap().into_iter().flatten().collect()
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
