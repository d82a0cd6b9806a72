//! What pairs of articles share.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BooleanArray, Float32Array, Int64Array, StringArray, StructArray};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Int64Type};
use arrow::error::ArrowError;
use parallax_analysis::read_quoted;
use parallax_analysis::reuse::passages_between;
use parallax_model::{Document, Offsets, Passage, PassageRelation, Place, Span, Verdict};

use super::Kernel;
use super::lists::{
    column, field, list, listed, lists, numbers as numbers_of, record, records, text_lists, unexpected,
};
use super::outline::{Words, words_columns};

/// Two articles, each as `nr, id, source, language, text` and the lines that its outlet repeats → the passages that they share, as
/// `parallax passages` gives them. A number stands for one article.
pub const PASSAGES: Kernel = Kernel { name: "passages", takes, gives: || list(passage_type()), call };

fn takes() -> Vec<DataType> {
    let mut article = vec![DataType::Int64];
    article.extend(words_columns());
    article.push(list(DataType::Int64));
    [article.clone(), article].concat()
}

fn passage_type() -> DataType {
    record(vec![
        field("a", place_type()),
        field("b", place_type()),
        field("relation", DataType::Utf8),
        field("score", DataType::Float32),
        field("shared_quotation", DataType::Boolean),
        field("rule", DataType::Utf8),
        field("verdict", verdict_type()),
    ])
}

fn place_type() -> DataType {
    record(vec![
        field("article", DataType::Utf8),
        field("start", DataType::Int64),
        field("end", DataType::Int64),
    ])
}

fn verdict_type() -> DataType {
    record(vec![
        field("relation", DataType::Utf8),
        field("same", DataType::Float32),
        field("conflicts", list(DataType::Utf8)),
        field("features", list(feature_type())),
    ])
}

fn feature_type() -> DataType {
    record(vec![field("feature", DataType::Utf8), field("weight", DataType::Float32)])
}

fn call(columns: &[ArrayRef]) -> Result<ArrayRef, ArrowError> {
    let mut read = Read::default();
    let (ones, others) = (read.all(columns, 0)?, read.all(columns, takes().len() / 2)?);
    let pairs: Vec<(usize, usize)> = ones.into_iter().zip(others).collect();
    let shared = passages_between(&read.documents, &pairs);
    let mut rest = shared.iter().peekable();
    let is_of = |passage: &Passage, pair: &(usize, usize)| (passage.a.article, passage.b.article) == *pair;
    let lengths = pairs.iter().map(|pair| std::iter::from_fn(|| rest.next_if(|it| is_of(it, pair))).count());
    Ok(Arc::new(listed(lengths.collect::<Vec<_>>(), Arc::new(rows(&read.documents, &shared)?))?))
}

/// The articles of some pairs, each read once: most stand in several.
#[derive(Default)]
struct Read {
    /// By their numbers.
    places: HashMap<i64, usize>,
    documents: Vec<Document>,
}

impl Read {
    /// The places of the articles in the columns from `at` on.
    fn all(&mut self, columns: &[ArrayRef], at: usize) -> Result<Vec<usize>, ArrowError> {
        let numbers = column(columns, at)?.as_primitive_opt::<Int64Type>();
        let numbers = numbers.ok_or_else(|| unexpected(columns, at))?;
        let words = Words::from(columns, at + 1)?;
        let repeated = lists(columns, at + 1 + words_columns().len())?;
        let place = |(row, number): (usize, &i64)| {
            *self.places.entry(*number).or_insert_with(|| {
                let repetitions = numbers_of(repeated, row).into_iter().map(i64::cast_unsigned).collect();
                self.documents.push(read_quoted(words.article(row), &repetitions));
                self.documents.len() - 1
            })
        };
        Ok(numbers.values().iter().enumerate().map(place).collect())
    }
}

fn rows(documents: &[Document], passages: &[Passage]) -> Result<StructArray, ArrowError> {
    let text = |of: fn(&Passage) -> &'static str| -> ArrayRef {
        Arc::new(passages.iter().map(|passage| Some(of(passage))).collect::<StringArray>())
    };
    let columns: Vec<ArrayRef> = vec![
        Arc::new(places(documents, passages.iter().map(|passage| passage.a))?),
        Arc::new(places(documents, passages.iter().map(|passage| passage.b))?),
        text(|passage| passage.relation.word()),
        Arc::new(passages.iter().map(|passage| passage.score).collect::<Float32Array>()),
        Arc::new(passages.iter().map(|passage| Some(passage.shared_quotation)).collect::<BooleanArray>()),
        text(|passage| passage.rule),
        Arc::new(verdicts(passages)?),
    ];
    records(passage_type(), columns)
}

fn places(documents: &[Document], places: impl Iterator<Item = Place>) -> Result<StructArray, ArrowError> {
    let offsets: Vec<Offsets<'_>> = documents.iter().map(|document| Offsets::new(document.text())).collect();
    let spans: Vec<(usize, Span)> =
        places.map(|place| (place.article, offsets[place.article].scalars(place.span))).collect();
    let ids = spans.iter().map(|(article, _)| Some(&documents[*article].article.id));
    let columns: Vec<ArrayRef> = vec![
        Arc::new(ids.collect::<StringArray>()),
        Arc::new(spans.iter().map(|(_, span)| span.start as i64).collect::<Int64Array>()),
        Arc::new(spans.iter().map(|(_, span)| span.end as i64).collect::<Int64Array>()),
    ];
    records(place_type(), columns)
}

fn verdicts(passages: &[Passage]) -> Result<StructArray, ArrowError> {
    let verdicts = || passages.iter().map(|passage| passage.verdict.as_ref());
    let reasons = |verdict: Option<&Verdict>| verdict.map(|it| it.reasons.clone()).unwrap_or_default();
    let loud: Vec<(&str, f32)> = verdicts().flat_map(reasons).collect();
    let features = records(
        feature_type(),
        vec![
            Arc::new(loud.iter().map(|(feature, _)| Some(*feature)).collect::<StringArray>()),
            Arc::new(loud.iter().map(|(_, weight)| *weight).collect::<Float32Array>()),
        ],
    )?;
    let relations = verdicts().map(|verdict| verdict?.relation.map(PassageRelation::word));
    let conflicts = verdicts().map(|it| it.into_iter().flat_map(|it| &it.conflicts).map(|it| it.word()));
    let columns: Vec<ArrayRef> = vec![
        Arc::new(relations.collect::<StringArray>()),
        Arc::new(verdicts().map(|verdict| Some(verdict?.same)).collect::<Float32Array>()),
        Arc::new(text_lists(conflicts)),
        Arc::new(listed(verdicts().map(|it| it.map_or(0, |it| it.reasons.len())), Arc::new(features))?),
    ];
    let known = NullBuffer::from_iter(verdicts().map(|verdict| verdict.is_some()));
    let DataType::Struct(fields) = verdict_type() else { return Ok(StructArray::new_empty_fields(0, None)) };
    StructArray::try_new(fields, columns, Some(known))
}
