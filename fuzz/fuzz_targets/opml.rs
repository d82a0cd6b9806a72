//! Reads any text as OPML, and writes what is subscribed to: what is written is OPML without a fault.

#![no_main]

use libfuzzer_sys::fuzz_target;
use parallax_acquire::feed::{opml, read};

fuzz_target!(|body: &str| {
    let text = format!("<opml><body>{body}</body></opml>");
    let Some(listing) = read(&text, None) else { return };
    let written = opml::write("", &listing.subscriptions);
    let again = read(&written, None).expect("what was written is OPML");
    assert_eq!(again.faults, []);
});
