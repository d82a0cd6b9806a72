//! Reports taken in by paste, by upload and by address, while the page tells how far it is.

use std::io::{Read, Write};
use std::net::TcpListener;

use crate::chromium::Tab;
use crate::served::Served;

/// Pastes a text into the page of imports and waits until it is taken in.
pub(crate) fn paste(tab: &mut Tab, served: &Served, text: &str) {
    tab.go(&served.at("/import"));
    for (field, words) in
        [("#outlet", "Ostwick Post"), ("#title", "Mirror <b>breaks</b> at Quorn"), ("#text", text)]
    {
        tab.click(field);
        tab.write(words);
    }
    tab.click("#text ~ button, form:has(#text) button");
    is_done(tab);
}

fn is_done(tab: &mut Tab) {
    tab.wait_for("document.querySelector('[data-field=step]')?.textContent === 'done' && !document.querySelector('[data-events]').dataset.events");
}

#[test]
fn a_text_is_pasted_and_found() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    paste(
        &mut tab,
        &served,
        "The observatory of Quorn lost a mirror in the storm. “It fell for a long time,” said Ines Holt.",
    );
    assert_eq!(tab.text("[data-field=new]"), "1");
    tab.picture("imported");
    tab.click(".importing .items a");
    tab.wait_for("location.pathname.startsWith('/stories/')");
    assert_eq!(tab.text("h1"), "Mirror <b>breaks</b> at Quorn");
    assert_eq!(tab.complaints(), Vec::<serde_json::Value>::new());
}

#[test]
fn files_are_sent_and_what_cannot_be_read_is_told() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    let (good, bad) = (served.folder().join("good.txt"), served.folder().join("bad.jsonl"));
    std::fs::write(&good, "The ferry of Brell ran aground on Monday, its company said.").unwrap();
    std::fs::write(&bad, "no row at all\n").unwrap();
    tab.go(&served.at("/import"));
    tab.choose_files("#files", &[&good, &bad]);
    tab.click("form:has(#files) button");
    is_done(&mut tab);
    assert_eq!(tab.text("[data-field=new]"), "1");
    assert!(tab.text(".importing").contains("bad.jsonl"));
    tab.picture("imported-with-problems");
}

#[test]
fn an_address_within_the_own_network_is_refused() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    // A server of this machine, as an address in a report could name one.
    let inner = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/secret", inner.local_addr().unwrap());
    std::thread::spawn(move || {
        for peer in inner.incoming().map_while(Result::ok) {
            let mut peer = peer;
            let _ = peer.read(&mut [0; 1024]);
            let _ = peer.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
        }
    });
    tab.go(&served.at("/import"));
    tab.click("#address");
    tab.write(&address);
    tab.press("Enter");
    is_done(&mut tab);
    assert_eq!(tab.text("[data-field=new]"), "0");
    assert!(tab.text(".importing").contains("What could not be read"), "{}", tab.text(".importing"));
}
