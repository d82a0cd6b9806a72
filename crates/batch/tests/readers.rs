//! The tables as other programs read them.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

mod world;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use world::{input, lines, make};

const PACKAGES: [&str; 4] = ["duckdb==2.0.0", "pandas==3.1.1", "polars==2.1.0", "pyarrow==26.0.1"];

/// A Python that has the readers, made once in the folder of builds; none where there is no Python or no registry.
fn python() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readers-venv");
    let python = folder.join("bin/python");
    let has_readers = |python: &Path| {
        let imports = Command::new(python).args(["-c", "import duckdb, pandas, polars, pyarrow"]).output();
        imports.is_ok_and(|said| said.status.success())
    };
    if has_readers(&python) {
        return Some(python);
    }
    let made = Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder).status();
    if !made.is_ok_and(|status| status.success()) {
        return None;
    }
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"];
    let installed = Command::new(&python).args(pip).args(PACKAGES).output().unwrap();
    if !installed.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&installed.stderr));
    }
    has_readers(&python).then_some(python)
}

#[test]
fn duckdb_pandas_and_polars_read_the_tables() {
    let Some(python) = python() else {
        eprintln!(
            "SKIPPED: no Python 3 with DuckDB, pandas and polars, and none could be had from the registry"
        );
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let input = input(folder.path(), 120);
    let output = folder.path().join("output");
    make("all", &input, &output, &[]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers.py");
    let said = Command::new(python).arg(script).arg(&output).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let found: Value = serde_json::from_slice(&said.stdout).unwrap();
    for table in ["extract", "quotations", "fingerprints", "duplicates", "passages", "stories", "problems"] {
        assert_eq!(found["rows"][table], lines(&output.join(table)).len(), "{table}");
    }
    assert!(found["groups"].as_u64().unwrap() > 0, "{found}");
}
