//! Reports as they were acquired, as rows.

use std::sync::Arc;

use arrow::array::{BooleanBuilder, Int64Builder, LargeStringBuilder, ListBuilder, StringBuilder};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use parallax_model::{Body, RawReport};

use super::lists::{field, list};

/// The columns of a table of reports. `nr` counts them from 0 in the order of the input.
pub fn report_schema() -> SchemaRef {
    let text = |name| field(name, DataType::Utf8);
    Arc::new(Schema::new(vec![
        Field::new("nr", DataType::Int64, false),
        Field::new("id", DataType::Utf8, false),
        text("place"),
        text("source"),
        text("title"),
        text("published"),
        text("url"),
        text("language"),
        field("authors", list(DataType::Utf8)),
        text("credit"),
        Field::new("is_page", DataType::Boolean, false),
        Field::new("body", DataType::LargeUtf8, false),
    ]))
}

/// Rows of reports in the making.
#[derive(Debug, Default)]
pub struct ReportRows {
    nr: Int64Builder,
    id: StringBuilder,
    texts: [StringBuilder; 6],
    authors: ListBuilder<StringBuilder>,
    credit: StringBuilder,
    is_page: BooleanBuilder,
    body: LargeStringBuilder,
    bytes: usize,
}

impl ReportRows {
    /// Adds a report.
    pub fn add(&mut self, nr: i64, report: &RawReport) {
        let RawReport {
            id,
            place,
            source,
            title,
            published,
            url,
            language,
            authors,
            credit,
            body,
            fetched: _,
        } = report;
        self.nr.append_value(nr);
        self.id.append_value(id);
        let texts = [
            Some(place),
            source.as_ref(),
            title.as_ref(),
            published.as_ref(),
            url.as_ref(),
            language.as_ref(),
        ];
        self.texts.iter_mut().zip(texts).for_each(|(column, text)| column.append_option(text));
        authors.iter().for_each(|author| self.authors.values().append_value(author));
        self.authors.append(true);
        self.credit.append_option(credit.as_ref());
        let (Body::Text(text) | Body::Html(text)) = body;
        self.is_page.append_value(matches!(body, Body::Html(_)));
        self.body.append_value(text);
        self.bytes += text.len();
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        arrow::array::ArrayBuilder::len(&self.nr)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes of their texts.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The rows, which leaves none.
    pub fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        let mut rows = std::mem::take(self);
        let [mut place, mut source, mut title, mut published, mut url, mut language] = rows.texts;
        RecordBatch::try_new(
            report_schema(),
            vec![
                Arc::new(rows.nr.finish()),
                Arc::new(rows.id.finish()),
                Arc::new(place.finish()),
                Arc::new(source.finish()),
                Arc::new(title.finish()),
                Arc::new(published.finish()),
                Arc::new(url.finish()),
                Arc::new(language.finish()),
                Arc::new(rows.authors.finish()),
                Arc::new(rows.credit.finish()),
                Arc::new(rows.is_page.finish()),
                Arc::new(rows.body.finish()),
            ],
        )
    }
}
