//! Times held against TimeBank, news whose times people have marked; where its texts are.

use std::fs;
use std::path::Path;

use parallax_analysis::segment::segment;
use parallax_analysis::temporal::times;
use parallax_model::{Span, TimeExpression};
use serde_json::Value;

/// The least F1 over the dates of TimeBank that are days, months or years.
const LEAST: f64 = 0.75;

/// A time that people have marked.
struct Marked {
    span: Span,
    value: String,
    /// Whether it is a day, a month or a year, and no duration, set or part of a day.
    is_date: bool,
}

/// How many dates there are on either side.
#[derive(Debug, Default)]
struct Tally {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Tally {
    fn add(&mut self, marked: &[Marked], ours: &[TimeExpression]) {
        let is_counted =
            |time: &TimeExpression| marked.iter().all(|m| m.is_date || !m.span.overlaps(time.span));
        let is_right =
            |m: &Marked| ours.iter().any(|time| time.span.overlaps(m.span) && time.date == m.value);
        let dates = || marked.iter().filter(|m| m.is_date);
        self.wanted += dates().count();
        self.found += ours.iter().filter(|time| is_counted(time)).count();
        self.right += dates().filter(|m| is_right(m)).count();
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.wanted) as f64
    }
}

#[test]
fn dates_of_timebank() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/time/timebank-dev.jsonl");
    let Ok(rows) = fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not there", path.display());
        return;
    };
    let mut tally = Tally::default();
    for row in rows.lines().filter_map(|row| serde_json::from_str::<Value>(row).ok()) {
        let text = row["text"].as_str().unwrap_or_default();
        tally.add(&marked(&row, text), &times(text, &segment(text), row["dct"].as_str()));
    }
    eprintln!("TimeBank dates: {tally:?}, F1 {:.3}", tally.f1());
    assert!(tally.f1() >= LEAST, "{tally:?}");
}

/// The times marked in a row, whose offsets count characters.
fn marked(row: &Value, text: &str) -> Vec<Marked> {
    let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let byte = |at: &Value| at.as_u64().and_then(|at| bytes.get(at as usize)).copied().unwrap_or(0);
    let times = row["timex"].as_array().into_iter().flatten();
    let times = times.map(|time| {
        let value = time["value"].as_str().unwrap_or_default();
        let is_plain = value.len() >= 4 && value.chars().all(|c| c.is_ascii_digit() || c == '-');
        Marked {
            span: Span::new(byte(&time["start"]), byte(&time["end"])),
            value: value.to_owned(),
            is_date: time["type"] == "DATE" && is_plain,
        }
    });
    times.collect()
}
