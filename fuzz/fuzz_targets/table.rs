//! Reads any bytes as a table of reports: each line is a report, a problem or blank.

#![no_main]

use libfuzzer_sys::fuzz_target;
use parallax_acquire::read_bytes;

fuzz_target!(|table: &[u8]| {
    let acquired = read_bytes(table.to_vec(), "table.jsonl");
    let lines = table.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    assert_eq!(acquired.reports.len() + acquired.problems.len(), lines.max(1));
});
