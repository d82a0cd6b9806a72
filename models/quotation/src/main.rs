//! Gives annotated articles as the tagger reads them, for its training, and applies a trained one.
//!
//! ```text
//! quotation-trainer read ARTICLES.jsonl                           prints each article as numbers, with its labels
//! quotation-trainer apply ARTICLES.jsonl WEIGHTS.bin [--every N]  prints the quotations of every Nth article as JSONL
//! ```

mod data;
mod readings;
mod rows;

use std::fs;

use anyhow::{Context, bail};
use parallax_analysis::quotation::tagger::Tagger;

use crate::data::corpus;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["read", articles] => readings::write(&corpus(articles)?),
        ["apply", articles, weights] => apply(articles, weights, 1),
        ["apply", articles, weights, "--every", step] => apply(articles, weights, step.parse()?),
        _ => bail!(
            "usage: quotation-trainer read ARTICLES.jsonl | apply ARTICLES.jsonl WEIGHTS.bin [--every N]"
        ),
    }
}

fn apply(articles: &str, weights: &str, step: usize) -> anyhow::Result<()> {
    let tagger = Tagger::read(&fs::read(weights)?).context("not a weights file")?;
    rows::write(corpus(articles)?.iter().step_by(step), &tagger)
}
