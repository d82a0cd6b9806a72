//! How long each stage takes over the sample reports, and how the whole grows with their number.

#![allow(clippy::unwrap_used, reason = "a measurement may fail by panicking")]

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use parallax_analysis::collation::collate;
use parallax_analysis::facts::facts;
use parallax_analysis::lineage::lineage;
use parallax_analysis::names::{link, names};
use parallax_analysis::quotation::quotations;
use parallax_analysis::reuse::passages;
use parallax_analysis::segment::segment;
use parallax_analysis::story::stories;
use parallax_analysis::timeline::timeline;
use parallax_analysis::{compare, read};
use parallax_model::{Body, Document, RawReport};

/// The sample reports, `times` over, each copy with a word of its own in every sentence so that it is another article.
fn samples(times: usize) -> Vec<RawReport> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|suffix| suffix == "txt"));
    files.sort();
    let reports = (0..times).flat_map(|copy| files.iter().map(move |path| (copy, path)));
    let report = |(copy, path): (usize, &std::path::PathBuf)| {
        let text = fs::read_to_string(path).unwrap();
        RawReport {
            id: format!("{}-{copy}", path.file_stem().unwrap().to_string_lossy()),
            place: path.display().to_string(),
            body: Body::Text(if copy == 0 { text } else { text.replace(". ", &format!(" copy{copy}. ")) }),
            ..RawReport::default()
        }
    };
    reports.map(report).collect()
}

fn stages(criterion: &mut Criterion) {
    let documents = read(samples(1));
    let entities = link(&documents);
    let shared = passages(&documents);
    let origin_of: Vec<usize> = (0..documents.len()).collect();
    let sayings = collate(&documents, &entities, &origin_of);
    let text: String = documents.iter().map(Document::text).collect::<Vec<_>>().join("\n\n");
    let segments = segment(&text);
    let bytes = documents.iter().map(|d| d.text().len() as u64).sum();

    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("segment", |b| b.iter(|| segment(black_box(&text))));
    group.bench_function("names", |b| b.iter(|| names(black_box(&text), &segments)));
    group.bench_function("quotation", |b| b.iter(|| documents.iter().map(quotations).collect::<Vec<_>>()));
    group.bench_function("reuse", |b| b.iter(|| passages(black_box(&documents))));
    group.bench_function("lineage", |b| b.iter(|| lineage(black_box(&documents), &shared)));
    group.bench_function("story", |b| b.iter(|| stories(black_box(&documents))));
    group.bench_function("collation", |b| b.iter(|| collate(black_box(&documents), &entities, &origin_of)));
    group.bench_function("facts", |b| b.iter(|| facts(&documents, &entities, &shared, &sayings, &origin_of)));
    group.bench_function("timeline", |b| b.iter(|| timeline(black_box(&documents), &entities)));
    group.finish();
}

fn whole(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compare");
    group.sample_size(10);
    for times in [1, 4, 16] {
        let reports = samples(times);
        group.throughput(Throughput::Elements(reports.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(reports.len()), &reports, |b, reports| {
            b.iter(|| compare(black_box(reports.clone())));
        });
    }
    group.finish();
}

criterion_group!(benches, stages, whole);
criterion_main!(benches);
