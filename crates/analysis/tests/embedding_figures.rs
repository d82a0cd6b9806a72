//! The figures of the embedding table on labelled sentence pairs, with the program's own code, held to floors.
//!
//! Reads development data beside the project, and says so where it is absent.

use std::fs;
use std::path::{Path, PathBuf};

use parallax_analysis::align;
use parallax_analysis::embedding::{Lexicon, WordId};
use serde::Deserialize;

#[derive(Deserialize)]
struct Pair {
    id: String,
    score: f32,
    s1: String,
    s2: String,
}

fn shared(path: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("PARALLAX_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let file = shared.join(path);
    if !file.exists() {
        eprintln!("SKIPPED: {} is not there", file.display());
        return None;
    }
    Some(file)
}

fn words(lexicon: &mut Lexicon, text: &str) -> Vec<WordId> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| lexicon.intern(w)).collect()
}

/// Spearman's rank correlation, ties at their mean rank.
fn spearman(x: &[f32], y: &[f32]) -> f32 {
    let (x, y) = (ranks(x), ranks(y));
    let mean = (x.len() as f32 - 1.0) / 2.0;
    let moment = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum::<f32>();
    moment(&x, &y) / (moment(&x, &x) * moment(&y, &y)).sqrt()
}

fn ranks(values: &[f32]) -> Vec<f32> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let same = order[start..].iter().take_while(|&&i| values[i] == values[order[start]]).count();
        for &i in &order[start..start + same] {
            ranks[i] = start as f32 + (same as f32 - 1.0) / 2.0;
        }
        start += same;
    }
    ranks
}

#[test]
fn headlines_rank_as_people_rank_them() {
    let Some(file) = shared("data/paraphrase/sts-news.jsonl") else { return };
    let rows = fs::read_to_string(file).unwrap();
    let pairs: Vec<Pair> = rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    let mut lexicon = Lexicon::new();
    let (mut gold, mut pooled, mut aligned) = (Vec::new(), Vec::new(), Vec::new());
    for pair in pairs.iter().filter(|p| p.id.contains("headlines")) {
        let (a, b) = (words(&mut lexicon, &pair.s1), words(&mut lexicon, &pair.s2));
        gold.push(pair.score);
        pooled.push(lexicon.pool(&a).cosine(&lexicon.pool(&b)));
        aligned.push(align::similarity(&a, &b, &lexicon));
    }
    let both: Vec<f32> = pooled.iter().zip(&aligned).map(|(p, a)| p + a).collect();
    let figures = [&pooled, &aligned, &both].map(|values| spearman(values, &gold));
    eprintln!(
        "headlines, {} pairs: pooled {:.3}, aligned {:.3}, both {:.3}",
        gold.len(),
        figures[0],
        figures[1],
        figures[2]
    );
    for (figure, floor) in figures.into_iter().zip([0.740, 0.775, 0.775]) {
        assert!(figure >= floor, "{figure} is below {floor}");
    }
}
