//! Annotated articles as the numbers that the network is given.

use std::io::{BufWriter, Write, stdout};
use std::ops::Range;

use parallax_analysis::quotation::tagger::Reading;
use serde_json::{Value, json};

use crate::data::{Attribution, Row};

/// Prints a row for each article; ranges of items as their first and the one behind their last.
pub(crate) fn write(corpus: &[Row]) -> anyhow::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    for example in corpus.iter().map(Row::example) {
        let reading = &example.reading;
        let sentences = (0..reading.sentences()).map(|index| sentence(reading, index));
        let row = json!({
            "id": example.id,
            "sentences": sentences.collect::<Vec<_>>(),
            "attributions": example.attributions.iter().map(attribution).collect::<Vec<_>>(),
        });
        writeln!(out, "{row}")?;
    }
    Ok(())
}

fn sentence(reading: &Reading<'_>, index: usize) -> Value {
    let signs = reading.words(index).map(|(_, s)| [s.verb, s.comma, s.that, s.quoted].map(u8::from));
    json!({
        "start": reading.sentence(index).start,
        "words": reading.words(index).map(|(word, _)| word).collect::<Vec<_>>(),
        "signs": signs.collect::<Vec<_>>(),
        "keys": reading.keys(index),
        "reach": reading.reach(&reading.sentence(index)),
        "cues": reading.opinions(index).iter().map(|(cue, opinion)| json!({
            "items": pair(cue),
            "kind": opinion.kind,
            "subject": opinion.subject.as_ref().map(pair),
            "content": opinion.content.iter().map(pair).collect::<Vec<_>>(),
            "places": reading.places(cue, &[]).0,
        })).collect::<Vec<_>>(),
    })
}

fn attribution(attribution: &Attribution) -> Value {
    json!({
        "cue": pair(&attribution.cue),
        "speaker": attribution.speaker.as_ref().map(pair),
        "contents": attribution.contents.iter().map(pair).collect::<Vec<_>>(),
    })
}

fn pair(items: &Range<usize>) -> [usize; 2] {
    [items.start, items.end]
}
