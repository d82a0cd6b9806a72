//! Prints what the judge of sentence pairs makes of them, for `models/reuse/judge.py`.
//!
//! Reads JSON lines `{"label", "s1", "s2"}` on standard input; writes the label, 1 where the judge says that the two are the same, the
//! probability, the conflicts, and the features, one pair a line.

use std::io::{BufRead, Write};

use parallax_analysis::read;
use parallax_analysis::reuse::{judge_sentences, sentence_features};
use parallax_model::{Body, RawReport, Span};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
        let documents = read(vec![report("a", text("s1")), report("b", text("s2"))]);
        let [a, b] = documents.as_slice() else { continue };
        let (here, there) = (Span::new(0, a.text().len()), Span::new(0, b.text().len()));
        let verdict = judge_sentences(a, here, b, there);
        let same = u8::from(verdict.relation.is_some());
        write!(out, "{}\t{same}\t{}\t{:?}", row["label"], verdict.same, verdict.conflicts)?;
        sentence_features(a, here, b, there).iter().try_for_each(|feature| write!(out, "\t{feature}"))?;
        writeln!(out)?;
    }
    Ok(())
}

fn report(id: &str, text: String) -> RawReport {
    let (id, place) = (id.to_owned(), id.to_owned());
    RawReport { id, place, language: Some("en".to_owned()), body: Body::Text(text), ..RawReport::default() }
}
