//! Who said what in each article.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Float32Array, Int64Array, ListArray, StringArray, StructArray};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Fields};
use arrow::error::ArrowError;
use parallax_analysis::attributions_of;
use parallax_model::{Document, Offsets, Quotation, Span};

use super::Kernel;
use super::article::{article_columns, articles};
use super::lists::{field, list, listed, record, records, text_lists};

/// An article → its quotations, as `parallax quotations` gives them.
pub const QUOTATIONS: Kernel = Kernel { name: "quotations", takes: article_columns, gives, call };

fn gives() -> DataType {
    list(quotation_type())
}

fn span_type() -> DataType {
    record(vec![field("start", DataType::Int64), field("end", DataType::Int64)])
}

fn quotation_type() -> DataType {
    let text = |name| field(name, DataType::Utf8);
    record(vec![
        text("id"),
        text("article"),
        text("kind"),
        field("spans", list(span_type())),
        field("texts", list(DataType::Utf8)),
        field("cue", span_type()),
        text("cue_text"),
        text("speaker"),
        field("speaker_mention", span_type()),
        text("speaker_text"),
        field("speech", DataType::Boolean),
        text("rule"),
        field("confidence", DataType::Float32),
        text("source"),
        text("title"),
        text("published"),
        text("url"),
    ])
}

/// A quotation with what its row takes from the article around it.
struct Quoted<'a> {
    document: &'a Document,
    quotation: &'a Quotation,
    /// Its number in the article, from 1.
    number: usize,
    spans: Vec<Span>,
    cue: Option<Span>,
    mention: Option<Span>,
}

impl<'a> Quoted<'a> {
    fn all(document: &'a Document) -> Vec<Self> {
        let offsets = Offsets::new(document.text());
        let scalars = |span| offsets.scalars(span);
        let quoted = document.quotations.iter().enumerate().map(|(index, quotation)| Self {
            document,
            quotation,
            number: index + 1,
            spans: quotation.spans.iter().copied().map(scalars).collect(),
            cue: quotation.cue.map(scalars),
            mention: quotation.speaker.mention.map(scalars),
        });
        quoted.collect()
    }

    fn words(&self, span: Option<Span>) -> Option<&'a str> {
        span.map(|span| span.of(self.document.text()))
    }
}

fn call(columns: &[ArrayRef]) -> Result<ArrayRef, ArrowError> {
    let documents: Vec<Document> = articles(columns)?.into_iter().map(attributions_of).collect();
    let quoted: Vec<Quoted<'_>> = documents.iter().flat_map(Quoted::all).collect();
    let lengths = documents.iter().map(|document| document.quotations.len());
    Ok(Arc::new(listed(lengths, Arc::new(rows(&quoted)?))?))
}

fn rows(quoted: &[Quoted<'_>]) -> Result<StructArray, ArrowError> {
    fn text<'a>(quoted: &[Quoted<'a>], of: impl Fn(&Quoted<'a>) -> Option<&'a str>) -> ArrayRef {
        Arc::new(quoted.iter().map(of).collect::<StringArray>())
    }
    let ids = quoted.iter().map(|q| Some(format!("{}-q{}", q.document.article.id, q.number)));
    let texts = quoted.iter().map(|q| q.quotation.spans.iter().map(|span| span.of(q.document.text())));
    let columns: Vec<ArrayRef> = vec![
        Arc::new(ids.collect::<StringArray>()),
        text(quoted, |q| Some(&q.document.article.id)),
        text(quoted, |q| Some(q.quotation.kind.word())),
        Arc::new(spans(quoted)?),
        Arc::new(text_lists(texts)),
        Arc::new(places(quoted.iter().map(|q| q.cue))?),
        text(quoted, |q| q.words(q.quotation.cue)),
        text(quoted, |q| q.quotation.speaker.name.as_deref()),
        Arc::new(places(quoted.iter().map(|q| q.mention))?),
        text(quoted, |q| q.words(q.quotation.speaker.mention)),
        Arc::new(quoted.iter().map(|q| Some(q.quotation.speech)).collect::<BooleanArray>()),
        text(quoted, |q| Some(q.quotation.rule)),
        Arc::new(quoted.iter().map(|q| q.quotation.confidence).collect::<Float32Array>()),
        text(quoted, |q| q.document.article.source.as_deref()),
        text(quoted, |q| q.document.article.title.as_deref()),
        text(quoted, |q| q.document.article.published.as_deref()),
        text(quoted, |q| q.document.article.url.as_deref()),
    ];
    records(quotation_type(), columns)
}

fn spans(quoted: &[Quoted<'_>]) -> Result<ListArray, ArrowError> {
    let items = places(quoted.iter().flat_map(|q| &q.spans).map(|span| Some(*span)))?;
    listed(quoted.iter().map(|q| q.spans.len()), Arc::new(items))
}

/// A column of stretches of text.
fn places(spans: impl Iterator<Item = Option<Span>>) -> Result<StructArray, ArrowError> {
    let spans: Vec<Option<Span>> = spans.collect();
    let column = |of: fn(Span) -> usize| -> ArrayRef {
        Arc::new(spans.iter().map(|span| span.map(|span| of(span) as i64)).collect::<Int64Array>())
    };
    let DataType::Struct(fields) = span_type() else { return Ok(StructArray::new_empty_fields(0, None)) };
    let known = NullBuffer::from_iter(spans.iter().map(Option::is_some));
    StructArray::try_new(Fields::clone(&fields), vec![column(|s| s.start), column(|s| s.end)], Some(known))
}
