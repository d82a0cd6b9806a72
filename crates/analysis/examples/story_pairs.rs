//! Writes what the model of stories looks at, for `models/story/train.py`: `story_pairs WEIGHTS pairs < REPORTS.jsonl` places the reports
//! `{"id", "text", ...}` in their order by the weights, and writes for each pair that is compared `ID OTHER FEATURE...`. `story_pairs WEIGHTS <
//! REPORTS.jsonl` writes `ID STORY`.

use std::io::{BufRead, Write, stdin, stdout};

use parallax_analysis::read_words;
use parallax_analysis::story::{Partition, Profile, Stories};
use parallax_model::{Body, RawReport};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(stdout().lock());
    let mut arguments = std::env::args().skip(1);
    let weights = std::fs::read_to_string(arguments.next().unwrap_or_default())?;
    let writes_pairs = arguments.next().is_some_and(|what| what == "pairs");
    let mut stories = Stories::weighed_by(&weights);
    let mut partition = Partition::default();
    for line in stdin().lock().lines() {
        let profile = Profile::of(&read_words(report(&serde_json::from_str(&line?)?)));
        for (_, other, features) in writes_pairs.then(|| stories.evidence(&profile)).into_iter().flatten() {
            write!(out, "{} {other}", profile.report())?;
            features.iter().try_for_each(|feature| write!(out, " {feature:.4}"))?;
            writeln!(out)?;
        }
        partition.add(profile.report(), &stories.place(&profile));
    }
    if !writes_pairs {
        let rows = partition.reports().iter().zip(partition.story_of());
        rows.into_iter().try_for_each(|(report, story)| writeln!(out, "{report} {story}"))?;
    }
    Ok(())
}

fn report(row: &Value) -> RawReport {
    let field = |name: &str| row[name].as_str().map(str::to_owned);
    RawReport {
        id: field("id").unwrap_or_default(),
        source: field("source"),
        title: field("title"),
        published: field("published"),
        url: field("url"),
        language: field("lang"),
        body: Body::Text(field("text").unwrap_or_default()),
        ..RawReport::default()
    }
}
