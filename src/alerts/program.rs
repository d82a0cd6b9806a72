//! Programs as receivers: the message on standard input, no shell in between.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::Message;

/// A program that takes longer is ended.
const LONGEST: Duration = Duration::from_secs(30);
const PULSE: Duration = Duration::from_millis(20);
const SOON: Duration = Duration::from_millis(500);
/// As much of what a program complains of is kept.
const COMPLAINT: u64 = 4096;

/// Runs a program with the message on its standard input. It worked if it says so by its exit status.
pub(super) fn run(program: &str, arguments: &[String], alert: &str, message: &Message) -> Result<(), String> {
    let mut child = Command::new(program)
        .args(arguments)
        .env("PARALLAX_ALERT", alert)
        .env("PARALLAX_KEY", &message.key)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{program}: {error}"))?;
    let (input, complaints) = (child.stdin.take(), child.stderr.take());
    let body = message.body.clone();
    // A program may read nothing and yet be content, or complain for ever.
    thread::spawn(move || input.map(|mut input| input.write_all(body.as_bytes())));
    let complaint = thread::spawn(move || {
        let mut complaint = String::new();
        if let Some(complaints) = complaints {
            let mut rest = complaints;
            let _ = (&mut rest).take(COMPLAINT).read_to_string(&mut complaint);
            let _ = std::io::copy(&mut rest, &mut std::io::sink());
        }
        complaint
    });
    let start = Instant::now();
    let status = loop {
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status,
            None if start.elapsed() > LONGEST => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("{program} took more than {} seconds and was ended", LONGEST.as_secs()));
            }
            None => thread::sleep(PULSE),
        }
    };
    if status.success() {
        return Ok(());
    }
    let complaint = said(complaint);
    let first = complaint.lines().next().map(|line| format!(": {line}")).unwrap_or_default();
    Err(format!("{program} ended with {status}{first}"))
}

/// What a program that has ended complained of, as far as it is there soon: a child of its own may go on and hold the line.
fn said(complaint: JoinHandle<String>) -> String {
    let end = Instant::now();
    while !complaint.is_finished() && end.elapsed() < SOON {
        thread::sleep(PULSE);
    }
    if complaint.is_finished() { complaint.join().unwrap_or_default() } else { String::new() }
}
