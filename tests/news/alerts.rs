//! Alerts tell programs and addresses what is new, and what fails is told and tried again.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::{Desk, POST, SPORT, WIRE};

#[test]
fn alerts_tell_programs_what_is_new_and_nothing_else() {
    let desk = Desk::with(&[("wire", WIRE)]);
    desk.says(&[
        "alert",
        "add",
        "dam",
        "harlow dam",
        "--exec",
        "tee",
        "--arg",
        "-a",
        "--arg",
        "told $(id) ;.jsonl",
    ]);
    let told = || fs::read_to_string(desk.path("told $(id) ;.jsonl")).unwrap_or_default();
    desk.add(&[("sport", SPORT)], &[]);
    assert_eq!(told(), "");
    desk.add(&[("post", POST)], &[]);
    let message: Value = serde_json::from_str(&told()).unwrap();
    assert_eq!((message["alert"].as_str(), message["query"].as_str()), (Some("dam"), Some("harlow dam")));
    let sentences: Vec<&str> = message["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["sentence"].as_str().unwrap())
        .collect();
    assert!(sentences.contains(&"The post reports: “News by post”."), "{sentences:?}");
    assert!(sentences.iter().all(|sentence| !sentence.contains("sport")), "{sentences:?}");
    let before = told();
    desk.add(&[("post", POST)], &[]);
    assert_eq!(told(), before);
    assert!(desk.says(&["alert", "list"]).contains("1 delivered, 0 waiting, 0 failed"));
    assert_eq!(desk.run(&["alert", "add", "dam", "again"]).0, 2);
    assert_eq!(desk.run(&["alert", "add", "other", "speaker:"]).0, 2);
    desk.says(&["alert", "remove", "dam"]);
    assert_eq!(desk.run(&["alert", "remove", "dam"]).0, 2);
}

#[test]
fn a_receiver_that_fails_is_told_of_and_tried_again_later() {
    let desk = Desk::with(&[("wire", WIRE)]);
    fs::copy("/bin/true", desk.path("gone")).unwrap();
    desk.says(&["alert", "add", "none", "harlow", "--exec", "./gone"]);
    fs::remove_file(desk.path("gone")).unwrap();
    desk.says(&[
        "alert",
        "add",
        "false",
        "harlow",
        "--exec",
        "sh",
        "--arg",
        "-c",
        "--arg",
        "echo full >&2; exit 3",
    ]);
    desk.says(&["alert", "add", "private", "harlow", "--webhook", "http://127.0.0.1:9/hook"]);
    let said = desk.add(&[("post", POST)], &[]);
    assert!(
        said.contains("/gone: No such file or directory")
            && said.contains("alert false: sh ended with exit status: 3: full"),
        "{said}"
    );
    let list = desk.says(&["alert", "list"]);
    assert_eq!(list.matches("0 delivered, 1 waiting, 0 failed").count(), 3, "{list}");
    assert!(list.contains("not an address of the public internet"), "{list}");
    // The next run is too early for another try.
    assert_eq!(desk.add(&[("post", POST)], &[]), "");
    assert_eq!(desk.run(&["alert", "test", "false"]).0, 1);
}

#[test]
fn receivers_that_cannot_be_are_refused() {
    let desk = Desk::with(&[("wire", WIRE)]);
    let check = |receiver: &[&str], status: i32, words: &str| {
        let (is, _, said) = desk.run(&[&["alert", "add", receiver[1], "harlow"], receiver].concat());
        assert!(is == status && said.contains(words), "{receiver:?}: {said}");
    };
    check(&["--exec", "no-such-program"], 2, "no-such-program: no such program in PATH");
    check(&["--exec", "./no-such-program"], 2, "./no-such-program: no such program");
    check(&["--webhook", "ftp://desk.example/hook"], 2, "begins with http or https");
    check(&["--webhook", "https://desk.example/hook"], 0, "unsigned");
}

#[test]
fn a_program_is_found_from_any_folder() {
    let desk = Desk::with(&[("wire", WIRE)]);
    fs::copy("/bin/true", desk.path("notify")).unwrap();
    desk.says(&["alert", "add", "dam", "harlow", "--exec", "./notify"]);
    fs::create_dir(desk.path("elsewhere")).unwrap();
    fs::write(desk.path("in.jsonl"), serde_json::json!({"id": "post", "text": POST}).to_string()).unwrap();
    let mut add = desk.command(&["add", "../in.jsonl"]);
    assert!(add.current_dir(desk.path("elsewhere")).output().unwrap().status.success());
    assert!(desk.says(&["alert", "list"]).contains("1 delivered, 0 waiting, 0 failed"));
}

/// A request that a server got: its headers, with small names, and its body.
type Got = (Vec<(String, String)>, String);

/// A server that answers with a status, or never.
fn hook(status: Option<&'static str>) -> (String, Receiver<Got>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (send, receive) = channel();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut headers = Vec::new();
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                if let Some((name, value)) = line.trim_end().split_once(": ") {
                    headers.push((name.to_lowercase(), value.to_owned()));
                }
                line.clear();
            }
            let length = headers.iter().find(|(name, _)| name == "content-length");
            let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
            reader.read_exact(&mut body).unwrap();
            let _ = send.send((headers, String::from_utf8(body).unwrap()));
            match status {
                Some(status) => {
                    let _ =
                        write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                }
                None => thread::sleep(Duration::from_secs(600)),
            }
        }
    });
    (url, receive)
}

#[test]
fn webhooks_are_signed() {
    let desk = Desk::with(&[("wire", WIRE)]);
    let (url, got) = hook(Some("204 No Content"));
    fs::write(desk.path("hook.key"), "  a secret\n").unwrap();
    desk.says(&["alert", "add", "dam", "harlow", "--webhook", &url, "--secret-file", "hook.key"]);
    assert_eq!(desk.add(&[("post", POST)], &["--allow-private"]), "");
    let (headers, body) = got.recv_timeout(Duration::from_secs(20)).unwrap();
    let header = |name: &str| headers.iter().find(|(n, _)| n == name).unwrap().1.clone();
    let mut mac = Hmac::<Sha256>::new_from_slice(b"a secret").unwrap();
    mac.update(format!("{}.{body}", header("parallax-timestamp")).as_bytes());
    let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(header("parallax-signature"), format!("v1={signature}"));
    let message: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(message["key"].as_str(), Some(header("idempotency-key").as_str()));
    assert!(desk.says(&["alert", "list"]).contains("1 delivered"));
    let (url, _got) = hook(Some("302 Found\r\nLocation: http://127.0.0.1/else"));
    desk.says(&["alert", "add", "else", "harlow", "--webhook", &url]);
    let (status, _, said) = desk.run(&["alert", "test", "else", "--allow-private"]);
    assert_eq!(status, 1, "{said}");
}

#[test]
fn a_receiver_that_never_answers_stops_no_adding() {
    let desk = Desk::with(&[("wire", WIRE)]);
    let (url, got) = hook(None);
    desk.says(&["alert", "add", "dam", "harlow", "--webhook", &url]);
    fs::write(desk.path("in.jsonl"), serde_json::json!({"id": "post", "text": POST}).to_string()).unwrap();
    let mut child = desk.command(&["add", "in.jsonl", "--allow-private"]).spawn().unwrap();
    got.recv_timeout(Duration::from_secs(60)).unwrap();
    // While the receiver is silent, what was added is there for others.
    assert_eq!(desk.run(&["search", "volunteers"]).0, 0);
    let start = Instant::now();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(40));
    assert!(desk.says(&["alert", "list"]).contains("0 delivered, 1 waiting, 0 failed"));
}
