//! A server on the loopback interface that answers with whatever bytes a test makes it send.

#![allow(dead_code, reason = "each file of tests uses its part")]

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use parallax_acquire::fetch::{Addresses, Policy};
use url::Url;

/// A request as it came: its first line and its headers, with small names.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) path: String,
    headers: Vec<(String, String)>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// What becomes of the connection after an answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Then {
    Close,
    KeepOpen,
}

pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Starts a server that lets `answer` write to the connection, and that has no robots.txt.
    pub(crate) fn start(answer: impl Fn(&Request, &mut TcpStream) -> Then + Send + Sync + 'static) -> Self {
        Self::with_robots(move |request, out| {
            if request.path == "/robots.txt" {
                return say(out, "404 Not Found", "", b"");
            }
            answer(request, out)
        })
    }

    /// The same, which answers for its robots.txt too.
    pub(crate) fn with_robots(
        answer: impl Fn(&Request, &mut TcpStream) -> Then + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
        let address = listener.local_addr().expect("loopback");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer) = (Arc::clone(&requests), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                thread::spawn(move || converse(&stream, &seen, &*answer));
            }
        });
        Self { address, requests }
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        format!("http://{}{path}", self.address).parse().expect("a URL")
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// The requests so far, without those for robots.txt.
    pub(crate) fn requests(&self) -> Vec<Request> {
        let requests = self.requests.lock().expect("no test panicked in it");
        requests.iter().filter(|request| request.path != "/robots.txt").cloned().collect()
    }
}

fn converse(
    stream: &TcpStream,
    seen: &Mutex<Vec<Request>>,
    answer: &dyn Fn(&Request, &mut TcpStream) -> Then,
) {
    let Ok(mut out) = stream.try_clone() else { return };
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    while let Some(first) = lines.next() {
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        let headers = lines.by_ref().take_while(|line| !line.is_empty());
        let headers = headers
            .filter_map(|line| line.split_once(": ").map(|(n, v)| (n.to_lowercase(), v.to_owned())))
            .collect();
        let request = Request { path, headers };
        seen.lock().expect("no test panicked in it").push(request.clone());
        if answer(&request, &mut out) == Then::Close {
            break;
        }
    }
    let _ = stream.shutdown(std::net::Shutdown::Both);
}

/// A proper answer; `headers` are whole lines, each ended by CRLF.
pub(crate) fn say(out: &mut TcpStream, status: &str, headers: &str, body: &[u8]) -> Then {
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    raw(out, &[head.as_bytes(), body].concat());
    Then::KeepOpen
}

/// These bytes and no others. That the client has hung up is no failure of the server.
pub(crate) fn raw(out: &mut TcpStream, bytes: &[u8]) -> Then {
    let _ = out.write_all(bytes).and_then(|()| out.flush());
    Then::Close
}

/// A policy for servers on this machine: no waits, but for those that a test is about.
pub(crate) fn policy() -> Policy {
    Policy {
        addresses: Addresses::All,
        longest_fetch: Duration::from_secs(20),
        longest_silence: Duration::from_secs(10),
        longest_wait: Duration::from_secs(2),
        first_wait: Duration::from_millis(2),
        delay: Duration::ZERO,
        most_bytes: 256 << 10,
        most_decoded_bytes: 1 << 20,
        most_retries: 2,
        seed: Some(1),
        ..Policy::default()
    }
}
