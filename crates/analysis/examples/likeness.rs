//! Prints the features by which `reuse` judges pairs of sentences, for `models/reuse/train.py`.
//!
//! Reads JSON lines `{"label", "a", "b", "whole"}` on standard input: two texts, each of which counts as one sentence
//! where `whole` is true, else each sentence of `a` is paired with the likest of `b`. Writes `label` and the features,
//! one pair a line.

use std::io::{BufRead, Write};

use parallax_analysis::read;
use parallax_analysis::reuse::best_likenesses;
use parallax_model::{Body, RawReport};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
        let documents = read(vec![report("a", text("a")), report("b", text("b"))]);
        let [a, b] = documents.as_slice() else { continue };
        for likeness in best_likenesses(a, b, row["whole"] == true) {
            write!(out, "{}", row["label"])?;
            likeness.features.iter().try_for_each(|feature| write!(out, "\t{feature}"))?;
            writeln!(out)?;
        }
    }
    Ok(())
}

fn report(id: &str, text: String) -> RawReport {
    let (id, place) = (id.to_owned(), id.to_owned());
    RawReport { id, place, body: Body::Text(text), ..RawReport::default() }
}
