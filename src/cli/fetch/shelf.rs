//! Where fetched reports are put: a table to which lines are added, or a folder with a file for each.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use parallax_model::RawReport;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::report::wire::ReportRow;

/// Where reports are put.
#[derive(Debug)]
pub(super) enum Shelf {
    /// A file of JSONL, and the address of the last report that a run before put there, perhaps without leaving word of it.
    Table { file: File, path: PathBuf, last: Option<String> },
    /// A folder, in which each report is a file of one line.
    Folder(PathBuf),
}

impl Shelf {
    /// Opens the table or folder at `path`, made where it is not there yet.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let named = || path.display().to_string();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("jsonl" | "ndjson") => {
                let mut options = OpenOptions::new();
                let options = options.create(true).truncate(false).read(true).write(true);
                let mut file = options.open(path).with_context(named)?;
                let last = cut_to_whole_lines(&mut file).with_context(named)?;
                Ok(Self::Table { file, path: path.to_owned(), last })
            }
            Some("gz" | "zst") => anyhow::bail!("{}: reports can be added to no compressed file", named()),
            _ => {
                fs::create_dir_all(path).with_context(named)?;
                Ok(Self::Folder(path.to_owned()))
            }
        }
    }

    /// Puts a report where it belongs; when this returns, a killed run has it.
    pub(super) fn put(&mut self, report: &RawReport) -> anyhow::Result<()> {
        let line = serde_json::to_string(&ReportRow::new(report))? + "\n";
        match self {
            Self::Table { file, path, last } => {
                let last = last.take();
                if last.is_some() && last == report.url {
                    // The run before was killed between this report and the word that it is settled.
                    return Ok(());
                }
                file.write_all(line.as_bytes()).with_context(|| path.display().to_string())
            }
            Self::Folder(folder) => {
                let path = folder.join(file_name(report));
                whole(&path, line.as_bytes()).with_context(|| path.display().to_string())
            }
        }
    }
}

/// The same name for the same report in every run.
fn file_name(report: &RawReport) -> String {
    let key = report.url.as_deref().unwrap_or(&report.place);
    let digest: String = Sha256::digest(key).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{digest}.jsonl", report.id)
}

/// Writes a file that is there with all of its bytes or not at all.
fn whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let part = path.with_extension("part");
    fs::write(&part, bytes)?;
    fs::rename(part, path)
}

/// Cuts off a last line that is not whole, goes to the end, and returns the address in the last line.
fn cut_to_whole_lines(file: &mut File) -> std::io::Result<Option<String>> {
    const STEP: u64 = 64 << 10;
    let length = file.metadata()?.len();
    let mut tail = Vec::new();
    let mut span = STEP;
    loop {
        let start = length.saturating_sub(span);
        file.seek(SeekFrom::Start(start))?;
        tail.clear();
        file.read_to_end(&mut tail)?;
        let end = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let line = tail.get(..end.saturating_sub(1)).unwrap_or_default();
        let before = line.iter().rposition(|byte| *byte == b'\n').map(|at| at + 1);
        if before.is_none() && start > 0 {
            span *= 2;
            continue;
        }
        file.set_len(start + end as u64)?;
        file.seek(SeekFrom::End(0))?;
        let row = line.get(before.unwrap_or_default()..).unwrap_or_default();
        let row: Option<Value> = serde_json::from_slice(row).ok();
        return Ok(row.and_then(|row| row["url"].as_str().map(str::to_owned)));
    }
}

#[cfg(test)]
mod tests {
    use parallax_model::Body;
    use tempfile::TempDir;

    use super::*;

    fn report(url: &str) -> RawReport {
        RawReport {
            id: "rain".into(),
            place: url.into(),
            url: Some(url.into()),
            body: Body::Text("Rain.".into()),
            ..RawReport::default()
        }
    }

    #[test]
    fn a_table_is_gone_on_with_at_its_last_whole_line() {
        let row = |url: &str| format!("{{\"id\":\"rain\",\"url\":\"{url}\",\"text\":\"Rain.\"}}\n");
        let check = |before: &str, put: &[&str], expected: &str| {
            let folder = TempDir::new().expect("a folder");
            let path = folder.path().join("t.jsonl");
            fs::write(&path, before).expect("a file");
            let mut shelf = Shelf::open(&path).expect("a shelf");
            put.iter().for_each(|url| shelf.put(&report(url)).expect("room"));
            assert_eq!(fs::read_to_string(&path).expect("a file"), expected);
        };
        check("", &["a", "b"], &[row("a"), row("b")].concat());
        check(&row("a"), &["b"], &[row("a"), row("b")].concat());
        check(&row("a"), &["a", "a"], &[row("a"), row("a")].concat());
        check(&row("a"), &["b", "a"], &[row("a"), row("b"), row("a")].concat());
        check(&format!("{}{{\"id\": \"cu", row("a")), &["b"], &[row("a"), row("b")].concat());
        check("{\"id\": \"cu", &["b"], &row("b"));
        let long = row(&"x".repeat(200_000));
        check(&format!("{long}{long}{{\"cut"), &["b"], &format!("{long}{long}{}", row("b")));
    }

    #[test]
    fn a_folder_has_a_file_for_each_report_and_no_other() {
        let folder = TempDir::new().expect("a folder");
        let mut shelf = Shelf::open(folder.path()).expect("a shelf");
        for url in ["https://a.example/1", "https://a.example/2", "https://a.example/1"] {
            shelf.put(&report(url)).expect("room");
        }
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
        assert!(Shelf::open(&folder.path().join("x.jsonl.gz")).is_err());
    }
}
