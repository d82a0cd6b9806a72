//! The whole command from a cold start: `parallax compare samples` as a process, in each format that goes to standard output.

#![allow(clippy::unwrap_used, reason = "a measurement may fail by panicking")]

use std::path::Path;
use std::process::{Command, Stdio};

use criterion::{Criterion, criterion_group, criterion_main};

fn command(criterion: &mut Criterion) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut group = criterion.benchmark_group("command");
    group.sample_size(30);
    for format in ["json", "text", "html"] {
        group.bench_function(format, |b| {
            b.iter(|| {
                let status = Command::new(env!("CARGO_BIN_EXE_parallax"))
                    .args(["compare", "--format", format])
                    .arg(&samples)
                    .stdout(Stdio::null())
                    .status()
                    .unwrap();
                assert!(status.success());
            });
        });
    }
    group.finish();
}

criterion_group!(benches, command);
criterion_main!(benches);
