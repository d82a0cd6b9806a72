//! What a tagger finds, as the rows that `parallax quotations` prints.

use parallax_analysis::names::names;
use parallax_analysis::quotation::{attributions_with, tagger::Tagger};
use parallax_analysis::segment::segment;
use parallax_model::{Article, Document, QuotationKind, Span};
use serde_json::{Value, json};

use crate::data::Example;

/// Prints a row for each quotation of each article.
pub(crate) fn write<'a>(examples: impl Iterator<Item = &'a Example>, tagger: &Tagger) -> anyhow::Result<()> {
    for example in examples {
        let segments = segment(&example.text);
        let names = names(&example.text, &segments);
        let article = Article { id: example.id.clone(), text: example.text.clone(), ..Article::default() };
        let document = Document { article, segments, names, ..Document::default() };
        for quotation in attributions_with(&document, Some(tagger)) {
            let span = |s: Span| scalars(&example.text, s);
            let kind = match quotation.kind {
                QuotationKind::Direct => "direct",
                QuotationKind::Mixed => "mixed",
                QuotationKind::Indirect => "indirect",
            };
            let row = json!({
                "article": example.id,
                "kind": kind,
                "spans": quotation.spans.iter().map(|&s| span(s)).collect::<Vec<_>>(),
                "cue": quotation.cue.map(span),
                "speaker": { "mention": quotation.speaker.mention.map(span), "name": quotation.speaker.name },
                "rule": quotation.rule,
                "confidence": quotation.confidence,
            });
            println!("{row}");
        }
    }
    Ok(())
}

fn scalars(text: &str, span: Span) -> Value {
    let count = |end: usize| text[..end].chars().count();
    json!({ "start": count(span.start), "end": count(span.end) })
}
