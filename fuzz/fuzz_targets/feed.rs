//! Reads any text as a listing of reports: whatever is broken in it has its place.

#![no_main]

use libfuzzer_sys::fuzz_target;
use parallax_acquire::feed::read;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Some(listing) = read(&text, None) {
        let lines = text.split('\n').count();
        assert!(listing.faults.iter().all(|fault| (1..=lines).contains(&fault.line) && fault.column > 0));
    }
});
