//! The digest of the sample reports, whole, as a person reads it: a change to any stage shows here as a diff.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test --test digest` rewrites the golden; read it before it is kept.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::process::Command;

#[test]
fn the_digest_of_the_samples() {
    let run = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["compare", "samples", "--format", "text", "--width", "100", "--color", "never"])
        .output()
        .unwrap();
    insta::assert_snapshot!(String::from_utf8(run.stdout).unwrap());
}
