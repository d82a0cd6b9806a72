//! What is to be known of each article before any two are compared.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, Int64Array, Int64Builder, LargeStringArray, ListBuilder,
    StringArray,
};
use arrow::datatypes::DataType;
use arrow::error::ArrowError;
use parallax_analysis::reuse::Sketch;
use parallax_analysis::{Outline, outline};
use parallax_model::Article;

use super::Kernel;
use super::lists::{column, field, list, listed, long_text, record, records, text, unexpected, value};

/// `id, source, language, text` → the article's sketch as bytes, [`Sketch::to_bytes`], and the lines that are furniture where other articles of
/// its outlet have them, each with its `lead`.
pub const OUTLINE: Kernel =
    Kernel { name: "outline", takes: words_columns, gives: outline_type, call: outlines };

/// A sketch → the hashes of its content words.
pub const STEMS: Kernel =
    Kernel { name: "stems", takes: || vec![DataType::Binary], gives: || list(DataType::Int64), call: stems };

/// As much of an article as comparing it needs: `id, source, language, text`.
pub(super) fn words_columns() -> Vec<DataType> {
    vec![DataType::Utf8, DataType::Utf8, DataType::Utf8, DataType::LargeUtf8]
}

fn outline_type() -> DataType {
    record(vec![field("sketch", DataType::Binary), field("lines", list(line_type()))])
}

fn line_type() -> DataType {
    record(vec![field("line", DataType::Int64), field("lead", DataType::Int64)])
}

/// Columns of the types [`words_columns`].
pub(super) struct Words<'a> {
    id: &'a StringArray,
    source: &'a StringArray,
    language: &'a StringArray,
    text: &'a LargeStringArray,
}

impl<'a> Words<'a> {
    /// The columns from `at` on.
    pub(super) fn from(columns: &'a [ArrayRef], at: usize) -> Result<Self, ArrowError> {
        Ok(Self {
            id: text(columns, at)?,
            source: text(columns, at + 1)?,
            language: text(columns, at + 2)?,
            text: long_text(columns, at + 3)?,
        })
    }

    /// The article of a row.
    pub(super) fn article(&self, row: usize) -> Article {
        let owned = |column| value(column, row).map(str::to_owned);
        Article {
            id: owned(self.id).unwrap_or_default(),
            source: owned(self.source),
            language: owned(self.language),
            text: self.text.value(row).to_owned(),
            ..Article::default()
        }
    }
}

fn outlines(columns: &[ArrayRef]) -> Result<ArrayRef, ArrowError> {
    let words = Words::from(columns, 0)?;
    let outlines: Vec<Outline> = (0..words.id.len()).map(|row| outline(words.article(row))).collect();
    let sketches = outlines.iter().map(|outline| Some(outline.sketch.to_bytes())).collect::<BinaryArray>();
    // Other engines know no unsigned numbers.
    let lines = || outlines.iter().flat_map(|outline| &outline.lines);
    let places = records(
        line_type(),
        vec![
            Arc::new(lines().map(|line| line.line.cast_signed()).collect::<Int64Array>()),
            Arc::new(lines().map(|line| line.lead.cast_signed()).collect::<Int64Array>()),
        ],
    )?;
    let lines = listed(outlines.iter().map(|outline| outline.lines.len()), Arc::new(places))?;
    Ok(Arc::new(records(outline_type(), vec![Arc::new(sketches), Arc::new(lines)])?))
}

fn stems(columns: &[ArrayRef]) -> Result<ArrayRef, ArrowError> {
    let sketches = column(columns, 0)?.as_binary_opt::<i32>().ok_or_else(|| unexpected(columns, 0))?;
    let mut stems = ListBuilder::new(Int64Builder::new());
    for sketch in sketches {
        let sketch = sketch.and_then(Sketch::from_bytes);
        let words = sketch.iter().flat_map(Sketch::stems);
        words.for_each(|stem| stems.values().append_value(stem.cast_signed()));
        stems.append(true);
    }
    Ok(Arc::new(stems.finish()))
}
