//! `parallax watch` through the program itself: feeds from a server on this machine, runs that are killed and stopped, a clock that jumps.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::collections::BTreeSet;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use parallax_archive::{Archive, EventId, EventKind, Writer, keep_waiting};
use tempfile::TempDir;

/// Runs that are killed; 200 in the full test.
const KILLS: &str = "PARALLAX_KILLS";
const PLACES: [&str; 8] = ["Lissund", "Harlow", "Brennick", "Maldrun", "Osterby", "Vell", "Corran", "Tamsin"];

/// A server with a feed that grows each time it is asked for, and some that fail.
struct Paper {
    root: String,
    items: Arc<AtomicUsize>,
}

impl Paper {
    fn open(items: usize, grows: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let root = format!("http://{}", listener.local_addr().unwrap());
        let items = Arc::new(AtomicUsize::new(items));
        let count = Arc::clone(&items);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let count = Arc::clone(&count);
                thread::spawn(move || answer(stream, &count, grows));
            }
        });
        Self { root, items }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }
}

fn answer(mut stream: TcpStream, items: &AtomicUsize, grows: usize) {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
    let (status, body) = match path {
        "/feed" => ("200 OK", feed(items.fetch_add(grows, Ordering::SeqCst))),
        "/news" => {
            let link = "<link rel='alternate' type='application/rss+xml' href='/feed'>";
            ("200 OK\r\nContent-Type: text/html", format!("<title>News</title>{link}<p>All the news.</p>"))
        }
        "/gone" => ("404 Not Found", "gone".to_owned()),
        "/picture" => ("200 OK\r\nContent-Type: image/png", "no feed".to_owned()),
        _ => ("404 Not Found", String::new()),
    };
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    let _ = stream.write_all((head + &body).as_bytes());
}

fn feed(items: usize) -> String {
    let item = |n: usize| {
        let place = PLACES[n % PLACES.len()];
        format!(
            "<item><title>Storm {n} in {place}</title><link>http://paper.example/{n}</link>\
             <description>Storm {n} reached {place} and {n} roofs were lost, said the mayor of {place}.</description></item>"
        )
    };
    let items: String = (1..=items).map(item).collect();
    format!("<rss version='2.0'><channel><title>Lissund Review</title>{items}</channel></rss>")
}

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn archive(&self) -> PathBuf {
        self.folder.path().join("a.db")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        command.args(arguments).current_dir(self.folder.path()).env("PARALLAX_ARCHIVE", self.archive());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let Output { status, stderr, .. } = self.command(arguments).output().unwrap();
        (status.code().unwrap(), String::from_utf8(stderr).unwrap())
    }

    fn watch(&self, feeds: &[&str], options: &[&str]) -> (i32, String) {
        self.run(&[&["watch", "--summaries", "--allow-private"], feeds, options].concat())
    }

    fn spawn(&self, feed: &str) -> Child {
        let arguments = ["watch", "--summaries", "--allow-private", "--every", "1s", "--quiet", feed];
        self.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// How many reports it has, while another process writes.
    fn count(&self) -> u64 {
        Archive::open(&self.archive()).map_or(0, |archive| archive.reports().unwrap_or_default())
    }

    /// How many events of a kind there were.
    fn events_of(&self, kind: EventKind) -> usize {
        let events = Archive::open(&self.archive()).unwrap().events(None, EventId::default(), 1000).unwrap();
        events.iter().filter(|event| event.kind == kind).count()
    }

    /// Checks that the archive is whole, and returns how many reports it has.
    fn reports(&self) -> u64 {
        let Ok(archive) = Archive::open(&self.archive()) else { return 0 };
        let reports = archive.newest_reports(10_000, None).unwrap();
        let urls: BTreeSet<String> = reports.iter().filter_map(|report| report.url.clone()).collect();
        assert_eq!(urls.len(), reports.len(), "a report is there twice");
        let settled: BTreeSet<String> = archive.settled().unwrap().into_iter().map(|(url, _)| url).collect();
        assert_eq!(settled, urls, "what is settled is there, and the other way round");
        let events = archive.events(None, EventId::default(), 100_000).unwrap();
        let arrived =
            events.iter().filter(|e| matches!(e.kind, EventKind::StoryBegan | EventKind::NewReport));
        assert_eq!(arrived.count(), reports.len(), "each report is told once");
        archive.reports().unwrap()
    }
}

#[test]
fn feeds_are_read_once_and_then_only_what_is_new() {
    let (paper, desk) = (Paper::open(3, 2), Desk::new());
    let feed = paper.url("/feed");
    let (status, said) = desk.watch(&[&feed], &["--once"]);
    assert_eq!((status, desk.reports()), (0, 3), "{said}");
    assert!(said.contains("Lissund Review: 3 new\n"), "{said}");
    assert!(said.contains("1 feed asked: 3 new\n"), "{said}");
    let (status, said) = desk.watch(&[&feed], &["--once", "--quiet"]);
    assert_eq!((status, desk.reports(), said.as_str()), (0, 5, ""));
}

/// What a server was asked for, and how it answered.
type Log = Arc<Mutex<Vec<String>>>;

/// A server of a feed that never says that its page changed, and of one that tells it in the summary. It says whether what it is asked for changed.
fn correcting_paper(edition: &Arc<AtomicUsize>) -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let root = format!("http://{}", listener.local_addr().unwrap());
    let (log, edition) = (Log::default(), Arc::clone(edition));
    let (asked, at) = (Arc::clone(&log), root.clone());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let path = head[0].split(' ').nth(1).unwrap();
            let (tag, body) = corrected(path, edition.load(Ordering::SeqCst), &at);
            let is_same = head.iter().any(|line| line.to_lowercase() == format!("if-none-match: \"{tag}\""));
            let (status, body) = if is_same { ("304 Not Modified", String::new()) } else { ("200 OK", body) };
            asked.lock().unwrap().push(format!("{path} {}", &status[..3]));
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status}\r\nETag: \"{tag}\"\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
            );
            let _ = stream.write_all((head + &body).as_bytes());
        }
    });
    (root, log)
}

/// What stands at a path in an edition, and its tag.
fn corrected(path: &str, edition: usize, root: &str) -> (String, String) {
    let text =
        format!("The ferry of Ostrand sank on Monday and {edition} people drowned, said the harbour master.");
    let list = |says: &str| {
        format!(
            "<rss version='2.0'><channel><title>Post</title><item><title>Ferry sinks</title>\
             <link>{root}/page</link><description>{says}</description></item></channel></rss>"
        )
    };
    match path {
        "/feed" => ("one".to_owned(), list("A ferry sank.")),
        "/summaries" => (format!("s{edition}"), list(&text)),
        "/page" => {
            let page = format!("<!doctype html><title>Ferry sinks</title><article><p>{text}</p></article>");
            (format!("p{edition}"), page)
        }
        _ => (String::new(), String::new()),
    }
}

#[test]
fn a_young_page_is_asked_for_again() {
    let edition = Arc::new(AtomicUsize::new(12));
    let (root, log) = correcting_paper(&edition);
    let desk = Desk::new();
    let watch = || {
        log.lock().unwrap().clear();
        let (status, said) =
            desk.run(&["watch", "--allow-private", "--once", "--again", "3s,1h", &format!("{root}/feed")]);
        assert_eq!(status, 0, "{said}");
        let mut asked = log.lock().unwrap().clone();
        asked.retain(|line| !line.starts_with("/robots.txt"));
        (said.lines().last().unwrap().replace("parallax: 1 feed asked: ", ""), asked.join(", "))
    };
    assert_eq!(watch(), ("1 new".to_owned(), "/feed 200, /page 200".to_owned()));
    edition.store(21, Ordering::SeqCst);
    assert_eq!(watch(), ("nothing new".to_owned(), "/feed 304".to_owned()));
    thread::sleep(Duration::from_secs(3));
    assert_eq!(watch(), ("0 new, 1 updated".to_owned(), "/feed 200, /page 200".to_owned()));
    assert_eq!(watch(), ("nothing new".to_owned(), "/feed 304".to_owned()));
    assert_eq!(desk.events_of(EventKind::CorrectionAtSource), 1);
}

#[test]
fn a_summary_that_changed_is_a_new_version() {
    let edition = Arc::new(AtomicUsize::new(12));
    let (root, _) = correcting_paper(&edition);
    let desk = Desk::new();
    let watch = || desk.watch(&[&format!("{root}/summaries")], &["--once"]).1;
    assert!(watch().contains("1 new"));
    assert!(watch().contains("nothing new"));
    edition.store(21, Ordering::SeqCst);
    let said = watch();
    assert!(said.contains("1 updated"), "{said}");
    assert_eq!(desk.events_of(EventKind::CorrectionAtSource), 1);
}

#[test]
fn a_page_is_watched_by_the_feed_that_it_names() {
    let (paper, desk) = (Paper::open(3, 2), Desk::new());
    let page = paper.url("/news");
    let (status, said) = desk.watch(&[&page], &["--once"]);
    assert_eq!((status, desk.reports()), (0, 3), "{said}");
    assert!(said.contains("Lissund Review: 3 new\n"), "{said}");
    assert_eq!(desk.watch(&[&page], &["--once", "--quiet"]), (0, String::new()));
    assert_eq!(desk.reports(), 5);
}

#[test]
fn feeds_that_fail_are_told_and_put_off_and_the_others_go_on() {
    let (paper, desk) = (Paper::open(2, 0), Desk::new());
    let (feed, gone, picture) = (paper.url("/feed"), paper.url("/gone"), paper.url("/picture"));
    let opml = format!(
        "<opml version='2.0'><body><outline xmlUrl='{gone}'/><outline xmlUrl='{feed}'/><outline xmlUrl='no address'/></body></opml>"
    );
    std::fs::write(desk.folder.path().join("feeds.opml"), opml).unwrap();
    let (status, said) = desk.watch(&["feeds.opml", &picture], &["--once"]);
    assert_eq!((status, desk.reports()), (1, 2), "{said}");
    assert!(said.contains(&format!("{gone}: failed")), "{said}");
    assert!(said.contains("4 feeds asked: 2 new"), "{said}");
    // Those that failed have to wait now.
    let (status, said) = desk.watch(&["feeds.opml"], &["--once"]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("1 feed asked: nothing new"), "{said}");
    let (status, said) = desk.watch(&["no-such.opml"], &["--once"]);
    assert_eq!(status, 2, "{said}");
}

#[test]
fn a_clock_that_jumped_keeps_no_feed_waiting() {
    let (paper, desk) = (Paper::open(2, 1), Desk::new());
    let feed = paper.url("/feed");
    assert_eq!(desk.watch(&[&feed], &["--once", "--quiet"]).0, 0);
    // As if the clock had run decades ahead in the last run, which ended with a failure.
    let state = r#"{"title":null,"etag":null,"last_modified":null,"failures":3,"problem":"gone","asked":4000000000000,"due":4000000900000}"#;
    let mut writer = Writer::open(&desk.archive(), keep_waiting).unwrap();
    let batch = writer.batch().unwrap();
    batch.keep_feed(&feed, state).unwrap();
    batch.commit().unwrap();
    drop(writer);
    assert_eq!(desk.watch(&[&feed], &["--once", "--quiet"]).0, 0);
    assert_eq!(desk.reports(), 3);
}

#[test]
fn a_run_that_is_asked_to_stop_stops_between_two_batches() {
    let (paper, desk) = (Paper::open(5, 1), Desk::new());
    let mut child = desk.spawn(&paper.url("/feed"));
    assert!(wait_until(|| desk.count() >= 5));
    let stopped = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    let asked = Instant::now();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(asked.elapsed() < Duration::from_secs(20));
    assert!(desk.reports() >= 5);
}

/// Waits for something, for a minute at most.
fn wait_until(is_so: impl FnMut() -> bool) -> bool {
    let (start, mut is_so) = (Instant::now(), is_so);
    while start.elapsed() < Duration::from_secs(60) {
        if is_so() {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

#[test]
fn others_write_while_feeds_are_waited_for() {
    let (paper, desk) = (Paper::open(3, 0), Desk::new());
    let arguments =
        ["watch", "--summaries", "--allow-private", "--every", "1h", "--quiet", &paper.url("/feed")];
    let mut watcher = desk.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    assert!(wait_until(|| desk.count() == 3));
    let row = r#"{"id": "post", "text": "A storm took the roof of the school in Ostrand, its head said."}"#;
    std::fs::write(desk.folder.path().join("post.jsonl"), row).unwrap();
    let mut add = desk.command(&["add", "post.jsonl", "--quiet"]).stderr(Stdio::null()).spawn().unwrap();
    let is_added = wait_until(|| add.try_wait().unwrap().is_some_and(|status| status.success()));
    let is_watching = watcher.try_wait().unwrap().is_none();
    let _ = add.kill();
    watcher.kill().unwrap();
    watcher.wait().unwrap();
    assert!(is_added && is_watching);
    assert_eq!(desk.count(), 4);
}

#[test]
fn a_run_that_waits_for_another_writer_stops_when_asked() {
    let (paper, desk) = (Paper::open(3, 0), Desk::new());
    let writer = Writer::open(&desk.archive(), keep_waiting).unwrap();
    let mut watcher = desk.spawn(&paper.url("/feed"));
    thread::sleep(Duration::from_millis(500));
    assert!(watcher.try_wait().unwrap().is_none());
    let stopped = Command::new("kill").args(["-TERM", &watcher.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    assert!(wait_until(|| watcher.try_wait().unwrap().is_some()));
    assert_eq!(watcher.wait().unwrap().code(), Some(0));
    drop(writer);
}

#[test]
fn runs_that_are_killed_lose_nothing_and_are_gone_on_with() {
    let kills: u64 = env::var(KILLS).ok().and_then(|kills| kills.parse().ok()).unwrap_or(6);
    let (paper, desk) = (Paper::open(4, 3), Desk::new());
    let feed = paper.url("/feed");
    let mut before = 0;
    let mut chance = 0x9e37_79b9_u64;
    for kill in 0..kills {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut child = desk.spawn(&feed);
        thread::sleep(Duration::from_millis(30 + (chance >> 33) % 1500));
        child.kill().unwrap();
        child.wait().unwrap();
        let reports = desk.reports();
        assert!(reports >= before, "kill {kill}: {before} reports before, {reports} now");
        before = reports;
    }
    let (status, said) = desk.watch(&[&feed], &["--once"]);
    assert_eq!(status, 0, "{said}");
    assert_eq!(desk.reports() as usize + 3, paper.items.load(Ordering::SeqCst));
    let (status, said) = desk.run(&["verify"]);
    assert_eq!(status, 0, "{said}");
}
