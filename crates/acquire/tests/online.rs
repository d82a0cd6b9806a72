//! Reports from addresses and listings, from a server on this machine.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

mod server;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parallax_acquire::online::{Again, Doors, Ledger, Mark, Online, Step, Texts, crawl};
use parallax_acquire::{Acquired, Event, Meter, acquire_with};
use parallax_model::{Body, RawReport};
use tempfile::TempDir;

use server::{Server, policy, say};

const PAGE: &str = "<!doctype html><title>Rain</title><p>Rain fell on Lissund.</p>";

const FRONT: &str = "<!doctype html><link rel=alternate type=application/rss+xml href=/feed><title>News</title><p>All the news.</p>";

fn rss(items: &str) -> String {
    format!("<rss version='2.0'><channel><title>All papers</title>{items}</channel></rss>")
}

/// A small site: pages, a feed, a sitemap, lists of lists.
fn site() -> Server {
    Server::start(|request, out| {
        let host = request.header("host").unwrap_or_default().to_owned();
        let html = "Content-Type: text/html\r\n";
        match request.path.as_str() {
            "/feed" => {
                let items = "<item><title>One</title><link>/1</link><description>Short one.</description></item>\
                             <item><title>Gone</title><link>/gone</link><description>Still here.</description></item>\
                             <item><title>Two</title><link>/2</link><source url='x'>Courier</source></item>\
                             <item><title>Nothing</title></item>";
                say(out, "200 OK", "ETag: \"f1\"\r\n", rss(items).as_bytes())
            }
            "/broken" => say(
                out,
                "200 OK",
                "",
                b"<rss><channel>\n<item><title>A</title><description>B</description></item><item>",
            ),
            "/map.xml.gz" => {
                let map = format!(
                    "<urlset><url><loc>http://{host}/1</loc></url><url><loc>http://{host}/a.pdf</loc></url></urlset>"
                );
                let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                gzip.write_all(map.as_bytes()).unwrap();
                say(out, "200 OK", "Content-Type: application/gzip\r\n", &gzip.finish().unwrap())
            }
            "/index" => say(
                out,
                "200 OK",
                "",
                b"<sitemapindex><sitemap><loc>/map.xml.gz</loc></sitemap></sitemapindex>",
            ),
            "/circle" => say(out, "200 OK", "", b"<opml><body><outline xmlUrl='/circle'/></body></opml>"),
            "/" | "/sections/news" => say(out, "200 OK", html, FRONT.as_bytes()),
            "/blind" => say(out, "200 OK", html, FRONT.replace("/feed", "/1").as_bytes()),
            "/lost" => say(out, "200 OK", html, FRONT.replace("/feed", "/gone").as_bytes()),
            "/site.opml" => {
                say(out, "200 OK", "", b"<opml><body><outline xmlUrl='/sections/news'/></body></opml>")
            }
            "/gone" => say(out, "410 Gone", "", b""),
            "/a.pdf" => say(out, "200 OK", "Content-Type: application/pdf\r\n", b"%PDF"),
            "/moved" => say(out, "301 Moved", "Location: /1\r\n", b""),
            "/latin" => {
                say(out, "200 OK", "Content-Type: text/html; charset=iso-8859-2\r\n", b"<p>\xb9\xea\xbf</p>")
            }
            "/plain" => say(out, "200 OK", "Content-Type: text/plain\r\n", b"2 < 3 & so on"),
            "/empty" => say(out, "200 OK", html, b" "),
            _ => say(out, "200 OK", html, PAGE.as_bytes()),
        }
    })
}

fn online(texts: Texts) -> Online {
    Online { policy: policy(), texts, doors: Doors::default(), again: Again::default() }
}

fn read(server: &Server, path: &str, texts: Texts) -> Acquired {
    acquire_with(&[server.url(path).as_str().into()], &online(texts))
}

/// A report as one line: id | title | outlet | kind of body.
fn lines(reports: &[RawReport]) -> Vec<String> {
    let line = |report: &RawReport| {
        let field = |field: &Option<String>| field.clone().unwrap_or_default();
        let body = match &report.body {
            Body::Html(page) if page == PAGE => "page",
            Body::Html(_) => "html",
            Body::Text(text) => text,
        };
        [&report.id, &field(&report.title), &field(&report.source), body].join(" | ")
    };
    reports.iter().map(line).collect()
}

fn reasons(acquired: &Acquired) -> Vec<&str> {
    acquired.problems.iter().map(|problem| problem.reason.as_str()).collect()
}

#[test]
fn a_page_leads_to_its_feed_where_a_feed_is_wanted() {
    let server = site();
    let check = |path: &str, doors, expected: &[&str], problems: &[&str]| {
        let online = Online { doors, ..online(Texts::AsGiven) };
        let acquired = acquire_with(&[server.url(path).as_str().into()], &online);
        let ids: Vec<&str> = acquired.reports.iter().map(|report| report.id.as_str()).collect();
        assert_eq!(ids, expected, "{path} {doors:?}");
        assert_eq!(reasons(&acquired), problems, "{path} {doors:?}");
    };
    let feed = ["127.0.0.1-1", "127.0.0.1-gone", "127.0.0.1-2"];
    let nothing = ["an item with neither text nor address"];
    check("/", Doors::FrontPages, &feed, &nothing);
    check("/sections/news", Doors::FrontPages, &["127.0.0.1-news"], &[]);
    check("/sections/news", Doors::AllPages, &feed, &nothing);
    check("/site.opml", Doors::FrontPages, &feed, &nothing);
    check("/1", Doors::AllPages, &["127.0.0.1-1"], &[]);
    check("/feed", Doors::AllPages, &feed, &nothing);
    // What it names is a page after all, or is not there.
    check("/blind", Doors::AllPages, &["127.0.0.1-1"], &[]);
    check("/lost", Doors::AllPages, &[], &["the server answered 410 (gone)"]);
}

#[test]
fn a_page_that_leads_to_a_feed_is_asked_again_and_the_feed_only_whether_it_changed() {
    let server = site();
    let read = |ledger: &Ledger| {
        let steps = crawl(
            vec![server.url("/").as_str().into()],
            &online(Texts::AsGiven),
            ledger.clone(),
            &Meter::default(),
        );
        let mut ledger = ledger.clone();
        let mut reports = 0;
        for step in steps {
            match step {
                Step::Event(Event::Report(_)) => reports += 1,
                Step::Settled(mark) => ledger.add(mark),
                _ => {}
            }
        }
        (reports, ledger)
    };
    let (first, ledger) = read(&Ledger::default());
    let (second, _) = read(&ledger);
    assert_eq!([first, second], [3, 0]);
    assert!(!ledger.is_settled(server.url("/").as_str()));
    let asked: Vec<_> = server.requests().into_iter().filter(|request| request.path == "/feed").collect();
    assert_eq!(
        asked.iter().map(|request| request.header("if-none-match")).collect::<Vec<_>>(),
        [None, Some("\"f1\"")]
    );
}

#[test]
fn an_address_is_a_page_or_a_feed_by_its_content() {
    let server = site();
    let check = |path, texts, expected: &[&str], problems: &[&str]| {
        let acquired = read(&server, path, texts);
        assert_eq!(lines(&acquired.reports), expected, "{path}");
        assert_eq!(reasons(&acquired), problems, "{path}");
    };
    check("/1", Texts::AsGiven, &["127.0.0.1-1 |  |  | page"], &[]);
    check("/plain", Texts::AsGiven, &["127.0.0.1-plain |  |  | 2 < 3 & so on"], &[]);
    check("/moved", Texts::AsGiven, &["127.0.0.1-1 |  |  | page"], &[]);
    check("/latin", Texts::AsGiven, &["127.0.0.1-latin |  |  | html"], &[]);
    let nothing = "an item with neither text nor address";
    check(
        "/feed",
        Texts::AsGiven,
        &[
            "127.0.0.1-1 | One | All papers | Short one.",
            "127.0.0.1-gone | Gone | All papers | Still here.",
            "127.0.0.1-2 | Two | Courier | page",
        ],
        &[nothing],
    );
    let gone = "the server answered 410 (gone)";
    let full = ["127.0.0.1-1 | One |  | page", "127.0.0.1-2 | Two | Courier | page"];
    check("/feed", Texts::Full, &full, &[gone, nothing]);
    check("/index", Texts::AsGiven, &["127.0.0.1-1 |  |  | page"], &["no page and no feed"]);
    check(
        "/broken",
        Texts::AsGiven,
        &["A | A |  | B"],
        &["broken at column 64: the document ends inside <item>"],
    );
    check("/circle", Texts::AsGiven, &[], &["lists of lists are not followed any deeper"]);
    check("/empty", Texts::AsGiven, &[], &["empty: there is no text"]);
    check("/gone", Texts::AsGiven, &[], &[gone]);
}

#[test]
fn every_problem_names_its_address() {
    let server = site();
    let acquired = read(&server, "/feed", Texts::Full);
    let places: Vec<_> = acquired.problems.iter().map(|problem| problem.place.clone()).collect();
    assert_eq!(places, [server.url("/gone").to_string(), format!("{}#4", server.url("/feed"))]);
    let acquired = read(&server, "/broken", Texts::Full);
    assert_eq!(acquired.problems[0].place, format!("{}:2", server.url("/broken")));
}

#[test]
fn private_addresses_need_leave_and_nonsense_is_named() {
    let server = site();
    let check = |input: &str, expected: &str| {
        let acquired = acquire_with(&[input.into()], &Online::default());
        assert_eq!(reasons(&acquired), [expected], "{input}");
    };
    let refused = "127.0.0.1 is not an address of the public internet, which only --allow-private permits";
    check(server.url("/1").as_str(), refused);
    check("https://", "no address: https://");
    check("HTTP://[x/", "no address: HTTP://[x/");
    assert!(server.requests().is_empty());
}

#[test]
fn listings_in_files_are_read() {
    let (server, folder) = (site(), TempDir::new().unwrap());
    let write = |name: &str, text: &str| -> PathBuf {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let feed = write("feed.rss", &rss("<item><title>A</title><description>B</description></item>"));
    let opml = write(
        "mine.opml",
        &format!(
            "<opml><body><outline xmlUrl='{}'/><outline xmlUrl='x'/></body></opml>",
            server.url("/feed")
        ),
    );
    let other = write("other.xml", "<note/>");
    let acquired = acquire_with(&[feed, opml, other], &online(Texts::AsGiven));
    assert_eq!(lines(&acquired.reports)[0], "A | A | All papers | B");
    assert_eq!(acquired.reports.len(), 4);
    assert_eq!(
        reasons(&acquired),
        ["an item with neither text nor address", "no address: x", "no feed, OPML or sitemap"]
    );
    // A folder is never a reason to go online.
    let acquired = acquire_with(&[folder.path().into()], &online(Texts::AsGiven));
    assert_eq!(acquired.reports.len(), 0);
}

/// Crawls `path` and adds to the ledger what is settled; returns the ids of the reports.
fn run(server: &Server, path: &str, ledger: &mut Ledger, most: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for step in
        crawl(vec![server.url(path).as_str().into()], &online(Texts::Full), ledger.clone(), &Meter::default())
    {
        match step {
            Step::Event(Event::Report(report)) => ids.push(report.id),
            Step::Settled(mark) => ledger.add(Mark::read(&mark.line()).unwrap()),
            _ => {}
        }
        if ids.len() == most {
            break;
        }
    }
    ids
}

#[test]
fn a_run_goes_on_where_the_last_one_stopped() {
    let is_down = Arc::new(AtomicBool::new(true));
    let server = {
        let is_down = Arc::clone(&is_down);
        Server::start(move |request, out| match request.path.as_str() {
            "/feed" if request.header("if-none-match").is_some() => say(out, "304 Not Modified", "", b""),
            "/feed" => {
                let items =
                    "<item><link>/1</link></item><item><link>/down</link></item><item><link>/3</link></item>";
                say(out, "200 OK", "ETag: \"f1\"\r\n", rss(items).as_bytes())
            }
            "/down" if is_down.load(Ordering::SeqCst) => say(out, "503 Down", "", b""),
            _ => say(out, "200 OK", "", PAGE.as_bytes()),
        })
    };
    let mut ledger = Ledger::default();
    // Stopped right after the first report, whose mark was not written yet, it comes again.
    assert_eq!(run(&server, "/feed", &mut ledger, 1), ["127.0.0.1-1"]);
    assert_eq!(run(&server, "/feed", &mut ledger, 9), ["127.0.0.1-1", "127.0.0.1-3"]);
    // While something of the feed is missing, the server is not asked whether the feed has changed.
    is_down.store(false, Ordering::SeqCst);
    assert_eq!(run(&server, "/feed", &mut ledger, 9), ["127.0.0.1-down"]);
    assert_eq!(ledger.validators(server.url("/feed").as_str()).etag.as_deref(), Some("\"f1\""));
    let before = server.requests().len();
    assert_eq!(run(&server, "/feed", &mut ledger, 9), [""; 0]);
    assert_eq!(server.requests().len(), before + 1, "only the feed was asked for");
}
