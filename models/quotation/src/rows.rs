//! What a tagger finds, as the rows that `parallax quotations` prints.

use parallax_analysis::names::names;
use parallax_analysis::quotation::{attributions_with, tagger::Tagger};
use parallax_analysis::segment::segment;
use parallax_model::{Article, Document, QuotationKind, Span};
use serde_json::{Value, json};

use crate::data::Row;

/// Prints a row for each quotation of each article.
pub(crate) fn write<'a>(corpus: impl Iterator<Item = &'a Row>, tagger: &Tagger) -> anyhow::Result<()> {
    for row in corpus {
        let segments = segment(&row.text);
        let names = names(&row.text, &segments);
        let article = Article { id: row.id.clone(), text: row.text.clone(), ..Article::default() };
        let document = Document { article, segments, names, ..Document::default() };
        for quotation in attributions_with(&document, Some(tagger)) {
            let span = |s: Span| scalars(&row.text, s);
            let kind = match quotation.kind {
                QuotationKind::Direct => "direct",
                QuotationKind::Mixed => "mixed",
                QuotationKind::Indirect => "indirect",
            };
            let found = json!({
                "article": row.id,
                "kind": kind,
                "spans": quotation.spans.iter().map(|&s| span(s)).collect::<Vec<_>>(),
                "cue": quotation.cue.map(span),
                "speaker": { "mention": quotation.speaker.mention.map(span), "name": quotation.speaker.name },
                "rule": quotation.rule,
                "confidence": quotation.confidence,
            });
            println!("{found}");
        }
    }
    Ok(())
}

fn scalars(text: &str, span: Span) -> Value {
    let count = |end: usize| text[..end].chars().count();
    json!({ "start": count(span.start), "end": count(span.end) })
}
