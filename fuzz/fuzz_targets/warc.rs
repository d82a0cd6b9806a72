//! Reads any bytes as a web archive: what comes out is a report with an id and words, or a problem with a reason.

#![no_main]

use libfuzzer_sys::fuzz_target;
use parallax_acquire::read_bytes;
use parallax_model::Body;

fuzz_target!(|bytes: &[u8]| {
    let acquired = read_bytes(bytes.to_vec(), "archive.warc");
    for report in &acquired.reports {
        let (Body::Text(words) | Body::Html(words)) = &report.body;
        assert!(!report.id.is_empty() && !words.trim().is_empty(), "{report:?}");
    }
    assert!(acquired.problems.iter().all(|problem| !problem.reason.is_empty()));
});
