//! The page in a real browser: headless Chromium reads it, draws it on a desk, a phone and paper, and has nothing to complain of.
//!
//! Says so and passes where Chromium is not installed. The pictures are left in the target folder, under `tmp`.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

static PAGE: LazyLock<PathBuf> = LazyLock::new(|| {
    let page = Path::new(env!("CARGO_TARGET_TMPDIR")).join("samples.html");
    let status = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["compare", "samples", "--output"])
        .arg(&page)
        .status()
        .unwrap();
    assert!(status.success());
    page
});

/// Runs Chromium on the page; `None` where there is none.
fn chromium(options: &[&str]) -> Option<Output> {
    let profile = tempfile::tempdir().unwrap();
    let run = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--hide-scrollbars",
        ])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(options)
        .arg(format!("file://{}", PAGE.display()))
        .output();
    match run {
        Ok(output) => Some(output),
        Err(_) => {
            eprintln!("SKIPPED: chromium is not installed");
            None
        }
    }
}

/// Draws the page and returns the bytes of the drawing.
fn drawn(name: &str, option: &str, options: &[&str]) -> Option<Vec<u8>> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&file);
    chromium(&[&[format!("{option}={}", file.display()).as_str()], options].concat())?;
    Some(fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
}

#[test]
fn the_browser_reads_what_was_written() {
    let Some(output) = chromium(&["--dump-dom"]) else { return };
    let dom = String::from_utf8(output.stdout).unwrap();
    let written = fs::read_to_string(&*PAGE).unwrap();
    for tag in ["<section", "<article", "<h2", "<del", "<ins", "<svg", "<table", "<a "] {
        let (read, wrote) = (dom.matches(tag).count(), written.matches(tag).count());
        assert!(wrote > 0 && read == wrote, "{tag}: written {wrote} times, read {read} times");
    }
}

#[test]
fn the_browser_has_nothing_to_complain_of() {
    let Some(output) = chromium(&["--dump-dom", "--enable-logging=stderr", "--v=0"]) else { return };
    let log = String::from_utf8_lossy(&output.stderr);
    let complaints: Vec<_> =
        log.lines().filter(|line| line.contains("CONSOLE") || line.contains("Refused")).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn it_is_drawn_on_a_desk_a_phone_and_paper() {
    let Some(desk) = drawn("desk.png", "--screenshot", &["--window-size=1280,1600"]) else { return };
    let phone = drawn("phone.png", "--screenshot", &["--window-size=500,1600"]).unwrap();
    let paper = drawn("paper.pdf", "--print-to-pdf", &["--no-pdf-header-footer"]).unwrap();
    assert!(desk.starts_with(b"\x89PNG") && phone.starts_with(b"\x89PNG") && paper.starts_with(b"%PDF"));
    // A blank sheet of this size packs into a few thousand bytes.
    assert!(desk.len() > 50_000 && phone.len() > 50_000, "{} and {} bytes", desk.len(), phone.len());
}
