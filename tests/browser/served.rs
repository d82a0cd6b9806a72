//! `parallax serve` over an archive of the samples and two short reports of other events.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::chromium::Tab;

/// Stories of one report each, beside that of the samples.
const OTHERS: &str = r#"{"id": "lamp", "source": "Ostwick Post", "title": "Keeper of the Ostwick light retires", "published": "2025-10-11", "text": "The keeper of the Ostwick lighthouse retires on Friday. “I counted ships for forty years,” said Ada Merin, the keeper. The harbour board has found nobody to follow her."}
{"id": "organ", "source": "Calder Times", "title": "Calder organ sounds again", "published": "2025-10-12", "text": "The organ of Calder cathedral was played on Sunday after six years of repair. “Every pipe has been in our hands,” said the organ builder Tomas Weller."}
"#;

/// A server that ends with the test.
pub(crate) struct Served {
    server: Child,
    /// Where it is, without the last slash.
    pub(crate) address: String,
    folder: TempDir,
}

impl Served {
    /// A server and a tab to look at it with; `None` where there is no browser.
    pub(crate) fn with_tab() -> Option<(Self, Tab)> {
        let tab = Tab::open()?;
        Some((Self::start(&[]), tab))
    }

    pub(crate) fn start(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("others.jsonl"), OTHERS).unwrap();
        let add = Command::new(env!("CARGO_BIN_EXE_parallax"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["add", "samples", "--quiet", "--archive"])
            .arg(folder.path().join("news.db"))
            .arg(folder.path().join("others.jsonl"))
            .output()
            .unwrap();
        assert!(add.status.success(), "{}", String::from_utf8_lossy(&add.stderr));
        let mut server = Command::new(env!("CARGO_BIN_EXE_parallax"))
            .arg("serve")
            .arg(folder.path().join("news.db"))
            .args(["--port", "0", "--rate", "10000"])
            .args(options)
            .env("PARALLAX_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { server, address: address.trim().trim_end_matches('/').to_owned(), folder }
    }

    /// The whole address of a page.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// A folder that goes with the server.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
