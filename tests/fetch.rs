//! `parallax fetch`, and addresses and feeds as inputs, through the program itself and from a server on this machine.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// A server with four pages and a feed of them, which keeps the paths that it was asked for.
struct Paper {
    root: String,
    asked: Arc<Mutex<Vec<String>>>,
    pages_sent: Arc<Gate>,
}

/// What keeps the pages after the first back until somebody opens it.
#[derive(Default)]
struct Gate {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn open(&self) {
        *self.is_open.lock().unwrap() = true;
        self.opened.notify_all();
    }

    fn pass(&self) {
        drop(self.opened.wait_while(self.is_open.lock().unwrap(), |is_open| !*is_open).unwrap());
    }
}

impl Paper {
    /// Opens on a port of this machine and sends all it has.
    fn open() -> Self {
        let paper = Self::with_first_page();
        paper.pages_sent.open();
        paper
    }

    /// Opens on a port of this machine; until the gate is opened, it sends no page but the first.
    fn with_first_page() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let root = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let pages_sent = Arc::new(Gate::default());
        let (seen, gate) = (Arc::clone(&asked), Arc::clone(&pages_sent));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, gate) = (Arc::clone(&seen), Arc::clone(&gate));
                thread::spawn(move || answer(stream, &seen, &gate));
            }
        });
        Self { root, asked, pages_sent }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn answer(mut stream: TcpStream, seen: &Mutex<Vec<String>>, pages_sent: &Gate) {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    seen.lock().unwrap().push(path.clone());
    let is_known = head.iter().any(|line| line.to_lowercase().starts_with("if-none-match"));
    let item = |n: u32| {
        format!(
            "<item><title>Storm, part {n}</title><link>/{n}</link><description>Part {n}.</description></item>"
        )
    };
    let (status, body) = match path.as_str() {
        "/robots.txt" => ("200 OK", "User-agent: *\nDisallow: /secret\n".to_owned()),
        "/feed" if is_known => ("304 Not Modified", String::new()),
        "/feed" => {
            let items: String = (1..=4).map(item).collect();
            (
                "200 OK",
                format!("<rss version='2.0'><channel><title>Lissund Review</title>{items}</channel></rss>"),
            )
        }
        _ => {
            if path != "/1" {
                pages_sent.pass();
            }
            (
                "200 OK",
                format!(
                    "<title>Storm</title><p>The storm reached Lissund on Monday, said Mayor Ada Osei. It was part {path}.</p>"
                ),
            )
        }
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nETag: \"1\"\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all((head + &body).as_bytes());
}

fn parallax(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_parallax")).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn rows(path: &Path) -> Vec<Value> {
    let table = fs::read_to_string(path).unwrap_or_default();
    table.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_feed_is_fetched_once_and_then_only_asked_whether_it_changed() {
    let (paper, folder) = (Paper::open(), TempDir::new().unwrap());
    let feed = format!("{}/feed", paper.root);
    let fetch = ["fetch", &feed, "--output", "news.jsonl", "--allow-private", "--save-feeds", "feeds.opml"];
    let (status, _, errors) = parallax(folder.path(), &fetch);
    assert_eq!((status, errors.as_str()), (0, "parallax: 4 new in news.jsonl\n"));
    let table = rows(&folder.path().join("news.jsonl"));
    assert_eq!(table.len(), 4);
    assert_eq!(table[1]["title"], "Storm, part 2");
    assert_eq!(table[1]["url"], format!("{}/2", paper.root));
    assert!(table[1]["html"].as_str().unwrap().contains("part /2"));
    assert_eq!(paper.asked()[..2], ["/robots.txt", "/feed"]);

    let (status, _, errors) = parallax(folder.path(), &fetch);
    assert_eq!((status, errors.as_str()), (0, "parallax: 0 new in news.jsonl\n"));
    assert_eq!(paper.asked(), ["/robots.txt", "/feed"]);
    assert_eq!(rows(&folder.path().join("news.jsonl")).len(), 4);
    let feeds = fs::read_to_string(folder.path().join("feeds.opml")).unwrap();
    assert!(
        feeds.contains(&format!("<outline type=\"rss\" text=\"Lissund Review\" xmlUrl=\"{feed}\"/>")),
        "{feeds}"
    );
}

#[test]
fn a_killed_run_is_gone_on_with() {
    let (paper, folder) = (Paper::with_first_page(), TempDir::new().unwrap());
    let feed = format!("{}/feed", paper.root);
    let table = folder.path().join("news.jsonl");
    let fetch = ["fetch", feed.as_str(), "--output", "news.jsonl", "--allow-private", "--quiet"];
    let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(fetch)
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while rows_so_far(&table) == 0 && start.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(rows_so_far(&table), 1);
    paper.pages_sent.open();
    // As a kill in the middle of a line would leave them.
    for file in ["news.jsonl", "news.jsonl.state"] {
        let mut file = fs::OpenOptions::new().append(true).open(folder.path().join(file)).unwrap();
        file.write_all(b"{\"page\": \"half").unwrap();
    }
    let (status, _, errors) = parallax(folder.path(), &fetch);
    assert_eq!((status, errors.as_str()), (0, ""));
    let mut urls: Vec<String> =
        rows(&table).iter().map(|row| row["url"].as_str().unwrap().to_owned()).collect();
    urls.sort();
    assert_eq!(urls, (1..=4).map(|n| format!("{}/{n}", paper.root)).collect::<Vec<_>>());
}

fn rows_so_far(table: &Path) -> usize {
    fs::read_to_string(table).unwrap_or_default().matches('\n').count()
}

#[test]
fn every_command_takes_addresses_and_feeds() {
    let (paper, folder) = (Paper::open(), TempDir::new().unwrap());
    let feed = format!("{}/feed", paper.root);
    let texts = |arguments: &[&str]| {
        let (status, out, errors) = parallax(folder.path(), arguments);
        assert_eq!((status, errors.as_str()), (0, ""), "{arguments:?}");
        let rows = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        rows.map(|row| row["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&["extract", &feed, "--allow-private"]), ["Part 1.", "Part 2.", "Part 3.", "Part 4."]);
    assert!(texts(&["extract", &feed, "--allow-private", "--full-text"])[3].contains("It was part /4."));
    assert!(texts(&["extract", &format!("{}/1", paper.root), "--allow-private"])[0].starts_with("The storm"));
    fs::write(
        folder.path().join("a.rss"),
        "<rss><channel><item><title>A</title><description>Rain.</description></item></channel></rss>",
    )
    .unwrap();
    assert_eq!(texts(&["extract", "a.rss"]), ["Rain."]);
    let (status, out, _) =
        parallax(folder.path(), &["compare", &feed, "--allow-private", "--format", "json"]);
    let comparison: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, comparison["articles"].as_array().unwrap().len()), (0, 4));
}

#[test]
fn what_cannot_be_fetched_is_named_and_counted() {
    let (paper, folder) = (Paper::open(), TempDir::new().unwrap());
    let (page, secret) = (format!("{}/1", paper.root), format!("{}/secret", paper.root));
    let check = |inputs: &[&str], expected: i32, reason: &str| {
        let output = TempDir::new().unwrap();
        let path = output.path().join("news.jsonl");
        let (status, _, errors) =
            parallax(folder.path(), &[&["fetch", "--output", path.to_str().unwrap()], inputs].concat());
        assert!(errors.contains(reason), "{errors}");
        assert_eq!(status, expected, "{inputs:?}: {errors}");
    };
    check(
        &[&page, &secret, "--allow-private"],
        1,
        &format!("{secret}: the site's robots.txt asks programs not to fetch it"),
    );
    check(&[&secret, "--allow-private"], 2, "robots.txt");
    check(
        &[&page],
        2,
        "127.0.0.1 is not an address of the public internet, which only --allow-private permits",
    );
    check(&["no-such.opml"], 2, "no-such.opml: no such file or folder");
}
