//! Trains the tagger of cues, speakers and contents that Parallax carries, and applies a trained one.
//!
//! ```text
//! quotation-trainer train ARTICLES.jsonl WEIGHTS.bin [--hold-out N]     leaves every Nth article out
//! quotation-trainer apply ARTICLES.jsonl WEIGHTS.bin [--hold-out N]     prints quotations as JSONL, of the articles left out
//! ```

mod data;
mod learn;
mod rows;

use std::fs;

use anyhow::{Context, bail};
use parallax_analysis::quotation::tagger::{
    CUE_LABELS, CueFound, Reading, SPAN_LABELS, Tagger, Weights, crf, cue_scores, cue_step, find_cues,
    span_step,
};

use crate::data::{Example, cue_labels, examples, span_labels};
use crate::learn::{Settings, train};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some([command, articles, weights]) = arguments.first_chunk() else {
        bail!("usage: quotation-trainer train|apply ARTICLES.jsonl WEIGHTS.bin [--hold-out N]");
    };
    let hold_out = arguments.get(4).map(|n| n.parse::<usize>()).transpose()?;
    let examples = examples(articles)?;
    let is_out = |index: usize| hold_out.is_some_and(|n| index.is_multiple_of(n));
    match command.as_str() {
        "train" => {
            let kept: Vec<Example> =
                examples.into_iter().enumerate().filter(|(i, _)| !is_out(*i)).map(|(_, e)| e).collect();
            fs::write(weights, trained(&kept).write()).with_context(|| format!("writing {weights}"))
        }
        "apply" => {
            let tagger = Tagger::read(&fs::read(weights)?).context("not a weights file")?;
            let left =
                examples.iter().enumerate().filter(|(i, _)| hold_out.is_none() || is_out(*i)).map(|(_, e)| e);
            rows::write(left, &tagger)
        }
        other => bail!("no such command: {other}"),
    }
}

/// Trains the first field, finds with its help the cues that the second will meet in use, and trains the second on these.
fn trained(examples: &[Example]) -> Tagger {
    let halves: Vec<Vec<usize>> =
        [0, 1].map(|half| (0..examples.len()).filter(|i| i % 2 == half).collect()).to_vec();
    let of_half: Vec<Weights<CUE_LABELS>> = halves.iter().map(|half| cue_field(examples, half)).collect();
    let met: Vec<Vec<Vec<CueFound>>> =
        examples.iter().enumerate().map(|(i, e)| cues_to_learn(e, &of_half[(i + 1) % 2])).collect();
    let spans = span_field(examples, &met);
    let cues = cue_field(examples, &(0..examples.len()).collect::<Vec<_>>());
    Tagger::new(cues, spans)
}

fn cue_field(examples: &[Example], chosen: &[usize]) -> Weights<CUE_LABELS> {
    let places: Vec<(usize, usize)> =
        chosen.iter().flat_map(|&e| (0..examples[e].reading.sentences()).map(move |s| (e, s))).collect();
    let settings = Settings { rows: 1 << 18, passes: 6, rate: 0.03, decay: 1e-3, dropout: 0.65, seed: 1 };
    train(settings, places.len(), cue_step, |index| {
        let (e, sentence) = places[index];
        let example = &examples[e];
        (example.reading.cue_features(sentence), cue_labels(example, sentence))
    })
}

/// By sentence, the annotated cues and those that a field trained on other articles finds.
fn cues_to_learn(example: &Example, weights: &Weights<CUE_LABELS>) -> Vec<Vec<CueFound>> {
    (0..example.reading.sentences())
        .map(|sentence| {
            let mut cues = find_cues(weights, &example.reading, sentence);
            let range = example.reading.sentence(sentence);
            for gold in example.attributions.iter().filter(|a| range.contains(&a.cue.start)) {
                if !cues.iter().any(|c| c.items.start < gold.cue.end && gold.cue.start < c.items.end) {
                    let probability = probability(&example.reading, weights, sentence, &gold.cue);
                    cues.push(CueFound { items: gold.cue.clone(), probability });
                }
            }
            cues
        })
        .collect()
}

fn probability(
    reading: &Reading,
    weights: &Weights<CUE_LABELS>,
    sentence: usize,
    cue: &std::ops::Range<usize>,
) -> f32 {
    let scores = cue_scores(weights, reading, sentence);
    let (forward, backward, total) = crf::marginals(&scores, weights.steps());
    let start = reading.sentence(sentence).start;
    let outside =
        |i: usize| forward.get(i).zip(backward.get(i)).map_or(1.0, |(f, b)| (f[0] + b[0] - total).exp());
    cue.clone().map(|i| 1.0 - outside(i - start)).fold(0.0, f32::max)
}

fn span_field(examples: &[Example], met: &[Vec<Vec<CueFound>>]) -> Weights<SPAN_LABELS> {
    let mut places: Vec<(usize, usize, usize)> = Vec::new();
    for (e, sentences) in met.iter().enumerate() {
        for (s, cues) in sentences.iter().enumerate() {
            places.extend((0..cues.len()).map(|c| (e, s, c)));
        }
    }
    let settings = Settings { rows: 1 << 18, passes: 5, rate: 0.02, decay: 1e-3, dropout: 0.7, seed: 2 };
    train(settings, places.len(), span_step, |index| {
        let (e, s, c) = places[index];
        let (example, cue) = (&examples[e], &met[e][s][c]);
        let others: Vec<_> = met[e][s].iter().map(|c| c.items.clone()).collect();
        let range = example.reading.reach(&cue.items);
        let mut features = example.reading.span_features(&cue.items, &others, cue.probability);
        for (position, item) in features.iter_mut().zip(range.clone()) {
            position.extend(&example.items[item]);
        }
        (features, span_labels(example, &cue.items, &range))
    })
}
