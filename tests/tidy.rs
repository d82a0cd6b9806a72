//! The walls between the rooms, read from the sources: direction of dependencies, order of the steps, no input or output in the core.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;

/// The steps of `analysis` in the order of the sentence, after the reader of its word lists: each may use only those before it.
const STEPS: [&str; 19] = [
    "wordlist",
    "extract",
    "segment",
    "boilerplate",
    "names",
    "quotation",
    "quantity",
    "temporal",
    "fingerprint",
    "embedding",
    "align",
    "reuse",
    "lineage",
    "story",
    "collation",
    "facts",
    "timeline",
    "origins",
    "comparison",
];

/// Which of our crates each may use.
const WALLS: [(&str, &[&str]); 6] = [
    ("crates/model", &[]),
    ("crates/analysis", &["parallax-model"]),
    ("crates/acquire", &["parallax-model"]),
    ("crates/archive", &["parallax-model"]),
    ("crates/batch", &["parallax-acquire", "parallax-analysis", "parallax-model"]),
    (".", &["parallax-acquire", "parallax-analysis", "parallax-archive", "parallax-model"]),
];

/// What a pure crate never says.
const IMPURE: [&str; 9] = [
    "std::fs",
    "std::net",
    "std::env::",
    "std::io",
    "std::process",
    "std::time",
    "SystemTime",
    "println!",
    "eprintln!",
];

/// Names of rooms without a purpose.
const VAGUE: [&str; 5] = ["utils", "util", "common", "helpers", "types"];

/// Longer files are not held by one reader.
const MOST_LINES: usize = 600;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `folder`, sorted.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            match path.extension() {
                _ if path.is_dir() => open.push(path),
                Some(suffix) if suffix == "rs" => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// The lines of code of a file before its tests, without comments.
fn code(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
    lines.map(|line| line.split("//").next().unwrap_or_default().to_owned()).collect()
}

/// The step that a file of `analysis` belongs to.
fn step_of(path: &Path) -> Option<usize> {
    let inside = path.strip_prefix(root().join("crates/analysis/src")).unwrap();
    let first = Path::new(inside.iter().next().unwrap()).file_stem().unwrap().to_string_lossy().into_owned();
    if first == "lib" {
        None
    } else {
        Some(position(&first).unwrap_or_else(|| panic!("no step is named {first}")))
    }
}

fn position(step: &str) -> Option<usize> {
    STEPS.iter().position(|s| *s == step)
}

/// The modules of their own crate that a line names.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
}

#[test]
fn steps_use_only_earlier_steps() {
    for path in sources(&root().join("crates/analysis/src")) {
        let Some(own) = step_of(&path) else { continue };
        for line in code(&path) {
            for module in named(&line).filter(|module| !module.is_empty()) {
                let used =
                    position(module).unwrap_or_else(|| panic!("{}: names no step: {line}", path.display()));
                assert!(used <= own, "{}: {} uses the later step {module}", path.display(), STEPS[own]);
            }
        }
    }
}

#[test]
fn crates_depend_one_way() {
    for (folder, allowed) in WALLS {
        let manifest: Table =
            fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap().parse().unwrap();
        let ours =
            manifest["dependencies"].as_table().unwrap().keys().filter(|name| name.starts_with("parallax-"));
        for name in ours {
            assert!(allowed.contains(&name.as_str()), "{folder} may not depend on {name}");
        }
    }
}

#[test]
fn the_core_does_no_input_or_output() {
    for room in ["crates/model/src", "crates/analysis/src"] {
        for path in sources(&root().join(room)) {
            for line in code(&path) {
                let said = IMPURE.iter().find(|word| line.contains(**word));
                assert!(said.is_none(), "{}: a pure crate says {}: {line}", path.display(), said.unwrap());
            }
        }
    }
}

#[test]
fn rooms_have_names_and_readers() {
    for folder in ["src", "crates"] {
        for path in sources(&root().join(folder)) {
            let vague = path
                .iter()
                .filter_map(|part| Path::new(part).file_stem())
                .find(|part| VAGUE.iter().any(|v| part == v));
            assert!(vague.is_none(), "{}: {vague:?} says nothing", path.display());
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= MOST_LINES, "{}: {lines} lines, at most {MOST_LINES}", path.display());
        }
    }
}
