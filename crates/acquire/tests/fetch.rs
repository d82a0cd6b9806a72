//! Fetching from a server that misbehaves in every way we could think of. Nothing leaves this machine, and each test is bounded in time.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

mod server;

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use parallax_acquire::fetch::{Addresses, Failure, Fetched, Fetcher, Policy, Validators};

use server::{Server, Then, policy, raw, say};

const PAGE: &[u8] = b"<p>Rain fell on Lissund.</p>";

/// What fetching `path` comes to, and within which time it must be over.
fn fetch(server: &Server, policy: Policy, path: &str) -> Result<Fetched, Failure> {
    let start = Instant::now();
    let fetched = Fetcher::new(policy).fetch(&server.url(path)).map_err(|error| error.failure);
    assert!(start.elapsed() < Duration::from_secs(15), "{path} took {:?}", start.elapsed());
    fetched
}

/// Whether the whole of `PAGE` is fetched from a server that answers so.
fn gives_the_page(answer: &'static [u8]) {
    let server = Server::start(move |_, out| raw(out, answer));
    let fetched = fetch(&server, policy(), "/").expect("the page");
    assert_eq!(fetched.body, PAGE, "{}", answer.escape_ascii());
}

/// The failure of fetching from a server that answers so.
fn failure(answer: &'static [u8]) -> Failure {
    let server = Server::start(move |_, out| raw(out, answer));
    fetch(&server, policy(), "/").expect_err("a failure")
}

#[test]
fn a_page_comes_with_all_that_its_head_says() {
    let server = Server::start(|_, out| {
        let headers =
            "Content-Type: Text/HTML; charset=ISO-8859-2\r\nETag: \"v1\"\r\nLast-Modified: yesterday\r\n";
        say(out, "200 OK", headers, PAGE)
    });
    let fetched = fetch(&server, policy(), "/a?b#c").unwrap();
    let validators = Validators { etag: Some("\"v1\"".into()), last_modified: Some("yesterday".into()) };
    let expected = Fetched {
        url: server.url("/a?b"),
        media_type: Some("text/html".into()),
        charset: Some("iso-8859-2".into()),
        validators,
        body: PAGE.to_vec(),
    };
    assert_eq!(fetched, expected);
    let request = &server.requests()[0];
    assert_eq!(request.path, "/a?b");
    assert_eq!(request.header("accept-encoding"), Some("gzip, deflate, br, zstd"));
    let agent = request.header("user-agent").unwrap();
    assert_eq!(agent, format!("Parallax/{} (contact: none given)", env!("CARGO_PKG_VERSION")));
}

#[test]
fn old_and_odd_forms_of_http_are_understood() {
    gives_the_page(b"HTTP/1.0 200 OK\r\n\r\n<p>Rain fell on Lissund.</p>");
    gives_the_page(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<p>Rain fell on Lissund.</p>");
    gives_the_page(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9;x=y\r\n<p>Rain f\r\n13\r\nell on Lissund.</p>\r\n0\r\n\r\n");
    gives_the_page(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 28\r\n\r\n<p>Rain fell on Lissund.</p>");
}

#[test]
fn what_breaks_the_protocol_is_named() {
    let protocol = |answer| {
        let failure = failure(answer);
        assert!(matches!(failure, Failure::Protocol(_)), "{failure:?} for {}", answer.escape_ascii());
    };
    protocol(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n<p>Rain");
    protocol(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>Rain");
    protocol(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n<p>Rain");
    protocol(b"SSH-2.0-OpenSSH_9.7\r\n\r\n");
    protocol(b"<p>Rain fell on Lissund.</p>");
}

#[test]
fn a_body_that_breaks_off_is_no_report() {
    assert_eq!(failure(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n<p>Rain"), Failure::Truncated);
    assert_eq!(
        failure(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n<p>Rain"),
        Failure::Truncated
    );
    assert_eq!(failure(b"HTTP/1.1 200 OK\r\nContent-Le"), Failure::Truncated);
}

#[test]
fn a_length_that_is_too_short_cuts_this_answer_and_spoils_no_other() {
    let server = Server::start(|_, out| {
        raw(out, b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n<p>Rain fell on Lissund.</p>");
        Then::KeepOpen
    });
    let fetcher = Fetcher::new(policy());
    for _ in 0..3 {
        assert_eq!(fetcher.fetch(&server.url("/")).unwrap().body, b"<p>Rain");
    }
}

#[test]
fn silence_and_slowness_end() {
    let server = Server::start(|request, out| {
        raw(out, b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        let pause = Duration::from_millis(if request.path == "/silent" { 3000 } else { 20 });
        for _ in 0..500 {
            if out.write_all(b"x").is_err() {
                break;
            }
            thread::sleep(pause);
        }
        Then::Close
    });
    let hasty = |silence, whole| Policy {
        longest_silence: Duration::from_millis(silence),
        longest_fetch: Duration::from_millis(whole),
        most_retries: 0,
        ..policy()
    };
    let check = |path, policy: Policy, expected| {
        assert_eq!(fetch(&server, policy, path), Err(expected), "{path}");
    };
    check("/silent", hasty(500, 9000), Failure::Silence(Duration::from_millis(500)));
    check("/dripping", hasty(5000, 1500), Failure::TooSlow(Duration::from_millis(1500)));
}

#[test]
fn endless_bodies_and_heads_end() {
    let server = Server::start(|request, out| {
        let _ = match request.path.as_str() {
            "/body" => out.write_all(b"HTTP/1.1 200 OK\r\n\r\n"),
            "/chunks" => out.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
            _ => out.write_all(b"HTTP/1.1 200 OK\r\n"),
        };
        let piece = match request.path.as_str() {
            "/body" => "x".repeat(1000),
            "/chunks" => format!("3e8\r\n{}\r\n", "x".repeat(1000)),
            "/headers" => "X-More: and more\r\n".to_owned(),
            _ => "x".repeat(1000),
        };
        while out.write_all(piece.as_bytes()).is_ok() {}
        Then::Close
    });
    let check = |path, expected| assert_eq!(fetch(&server, policy(), path), Err(expected), "{path}");
    check("/body", Failure::TooLarge(256 << 10));
    check("/chunks", Failure::TooLarge(256 << 10));
    check("/headers", Failure::HeaderFlood);
    check("/one-header", Failure::HeaderFlood);
}

#[test]
fn bombs_do_not_go_off() {
    let bomb = |coding: &'static str, bytes: Vec<u8>| {
        let server = Server::start(move |_, out| {
            say(out, "200 OK", &format!("Content-Encoding: {coding}\r\n"), &bytes)
        });
        assert_eq!(fetch(&server, policy(), "/"), Err(Failure::TooLargeDecoded(1 << 20)), "{coding}");
    };
    let zeros = vec![0; 64 << 20];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&zeros[..32 << 20]).unwrap();
    let gzip = gzip.finish().unwrap();
    bomb("zstd", zstd::encode_all(&zeros[..], 1).unwrap());
    bomb("gzip", gzip);
}

#[test]
fn broken_and_unknown_compression_is_named() {
    let check = |coding: &'static str, expected| {
        let server =
            Server::start(move |_, out| say(out, "200 OK", &format!("Content-Encoding: {coding}\r\n"), PAGE));
        assert_eq!(fetch(&server, policy(), "/"), Err(expected), "{coding}");
    };
    check("gzip", Failure::BrokenEncoding("gzip"));
    check("br", Failure::BrokenEncoding("brotli"));
    check("zstd", Failure::BrokenEncoding("zstd"));
    check("rot13", Failure::UnknownEncoding("rot13".into()));
}

#[test]
fn redirects_are_followed_so_far_and_no_further() {
    let server = Server::start(|request, out| {
        let to = |out: &mut _, place: &str| say(out, "302 Found", &format!("Location: {place}\r\n"), b"");
        match request.path.split_at_checked(3) {
            Some(("/n/", "0")) => say(out, "200 OK", "", PAGE),
            Some(("/n/", left)) => to(out, &format!("{}#there", left.parse::<u32>().unwrap() - 1)),
            Some(("/no", _)) => say(out, "301 Moved Permanently", "", b""),
            Some(("/if", _)) => to(out, "file:///etc/passwd"),
            Some(("/us", _)) => to(out, "http://ada:secret@127.0.0.1/"),
            Some(("/ba", _)) => to(out, "http://[nonsense"),
            Some(("/to", _)) => to(out, "/fro"),
            Some(("/fr", _)) => to(out, "/to"),
            _ => to(out, &request.path),
        }
    });
    let check = |path: &str, expected: Result<&str, Failure>| {
        let fetched = fetch(&server, policy(), path).map(|fetched| fetched.url);
        assert_eq!(fetched, expected.map(|path| server.url(path)), "{path}");
    };
    check("/n/5", Ok("/n/0"));
    check("/n/6", Err(Failure::TooManyRedirects(5)));
    check("/self", Err(Failure::RedirectLoop));
    check("/to", Err(Failure::RedirectLoop));
    check("/nowhere", Err(Failure::NoDestination));
    check("/bad", Err(Failure::NoDestination));
    check("/iffy", Err(Failure::Scheme("file".into())));
    check("/user", Err(Failure::Credentials));
}

#[test]
fn private_addresses_are_refused_by_name_number_and_redirect() {
    let server = Server::start(|_, out| say(out, "200 OK", "", PAGE));
    let closed = Fetcher::new(Policy { addresses: Addresses::Public, ..policy() });
    let loopback = format!("127.0.0.1:{}", server.port());
    let port = server.port();
    for url in [
        format!("http://{loopback}/"),
        format!("http://localhost:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://0.0.0.0:{port}/"),
        "http://169.254.169.254/latest/".to_owned(),
        "http://10.0.0.1/".to_owned(),
        "http://[fe80::1]/".to_owned(),
    ] {
        let error = closed.fetch(&url.parse().unwrap()).unwrap_err();
        assert!(matches!(error.failure, Failure::PrivateAddress(_)), "{url}: {error:?}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn failures_that_may_pass_are_tried_again() {
    let flaky = |status: &'static str, headers: &'static str, failing: usize| {
        let count = AtomicUsize::new(0);
        Server::start(move |_, out| {
            if count.fetch_add(1, Ordering::SeqCst) < failing {
                return say(out, status, headers, b"");
            }
            say(out, "200 OK", "", PAGE)
        })
    };
    let check = |status, headers, failing, expected: Result<(), Failure>, requests| {
        let server = flaky(status, headers, failing);
        assert_eq!(fetch(&server, policy(), "/").map(|_| ()), expected, "{status}");
        assert_eq!(server.requests().len(), requests, "{status}");
    };
    check("503 Service Unavailable", "", 2, Ok(()), 3);
    check("500 Oops", "", 3, Err(Failure::Status(500)), 3);
    check("404 Not Found", "", 1, Err(Failure::Status(404)), 1);
    check("403 Forbidden", "", 1, Err(Failure::Status(403)), 1);
    check("206 Partial Content", "", 1, Err(Failure::Status(206)), 1);
    check("429 Too Many Requests", "Retry-After: 0\r\n", 1, Ok(()), 2);
    check(
        "429 Too Many Requests",
        "Retry-After: 3600\r\n",
        1,
        Err(Failure::AskedToWait(Duration::from_secs(3600))),
        1,
    );
    check("503 Wait", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", 1, Ok(()), 2);
}

#[test]
fn retry_after_is_waited_for() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |_, out| match count.fetch_add(1, Ordering::SeqCst) {
        0 => say(out, "429 Too Many Requests", "Retry-After: 1\r\n", b""),
        _ => say(out, "200 OK", "", PAGE),
    });
    let start = Instant::now();
    fetch(&server, policy(), "/").unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[test]
fn connections_that_close_are_opened_again() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |_, out| {
        say(out, "200 OK", "", PAGE);
        // The connection was promised to stay open and is closed all the same.
        if count.fetch_add(1, Ordering::SeqCst).is_multiple_of(2) { Then::Close } else { Then::KeepOpen }
    });
    let fetcher = Fetcher::new(policy());
    for _ in 0..6 {
        assert_eq!(fetcher.fetch(&server.url("/")).unwrap().body, PAGE);
    }
    let refused = Fetcher::new(policy()).fetch(&"http://127.0.0.1:1/".parse().unwrap()).unwrap_err();
    assert!(refused.to_string().contains("no connection"), "{refused}");
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::start(|request, out| match request.header("if-none-match") {
        Some("\"v1\"") => raw(out, b"HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n"),
        _ => say(out, "200 OK", "ETag: \"v1\"\r\nLast-Modified: Tue, 03 Nov 2026 10:00:00 GMT\r\n", PAGE),
    });
    let fetcher = Fetcher::new(policy());
    let known = fetcher.fetch(&server.url("/")).unwrap().validators;
    assert_eq!(fetcher.fetch_if_changed(&server.url("/"), &known), Ok(None));
    let request = server.requests().pop().unwrap();
    assert_eq!(request.header("if-modified-since"), Some("Tue, 03 Nov 2026 10:00:00 GMT"));
}

#[test]
fn robots_are_asked_first_and_once() {
    let robots = "User-agent: *\nDisallow: /private\nCrawl-delay: 0.2\n";
    let server = Server::with_robots(move |request, out| match request.path.as_str() {
        "/robots.txt" => say(out, "200 OK", "", robots.as_bytes()),
        "/sly" => say(out, "302 Found", "Location: /private/a\r\n", b""),
        _ => say(out, "200 OK", "", PAGE),
    });
    let fetcher = Fetcher::new(policy());
    let start = Instant::now();
    let fetch = |path: &str| fetcher.fetch(&server.url(path)).map(|_| ()).map_err(|error| error.failure);
    assert_eq!(fetch("/a"), Ok(()));
    assert_eq!(fetch("/b"), Ok(()));
    assert!(start.elapsed() >= Duration::from_millis(200), "the crawl delay was not kept");
    assert_eq!(fetch("/private/a"), Err(Failure::Disallowed));
    assert_eq!(fetch("/sly"), Err(Failure::Disallowed));
    let paths: Vec<String> = server.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/a", "/b", "/sly"]);
}

#[test]
fn a_site_whose_robots_fail_is_left_alone() {
    let check = |status: &'static str, expected: bool| {
        let server = Server::with_robots(move |request, out| match request.path.as_str() {
            "/robots.txt" => say(out, status, "", b"User-agent: *\nDisallow:\n"),
            _ => say(out, "200 OK", "", PAGE),
        });
        let fetched = fetch(&server, policy(), "/");
        assert_eq!(fetched.is_ok(), expected, "{status}: {fetched:?}");
    };
    check("200 OK", true);
    check("404 Not Found", true);
    check("403 Forbidden", true);
    check("503 Service Unavailable", false);
    check("429 Too Many Requests", false);
}
