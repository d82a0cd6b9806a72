//! The article in each report.

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray};
use arrow::datatypes::DataType;
use arrow::error::ArrowError;
use parallax_analysis::extract::extract;
use parallax_model::{Article, Body, RawReport};

use super::Kernel;
use super::article::{article_type, rows};
use super::lists::{column, list, lists, long_text, text, texts, unexpected, value};

/// `id, place, source, title, published, url, language, authors, credit, is_page, body` → an article.
pub const EXTRACT: Kernel = Kernel { name: "extract", takes, gives: article_type, call };

fn takes() -> Vec<DataType> {
    let mut columns = vec![DataType::Utf8; 7];
    columns.extend([list(DataType::Utf8), DataType::Utf8, DataType::Boolean, DataType::LargeUtf8]);
    columns
}

fn call(columns: &[ArrayRef]) -> Result<ArrayRef, ArrowError> {
    let plain = [0, 1, 2, 3, 4, 5, 6, 8].map(|at| text(columns, at));
    let [id, place, source, title, published, url, language, credit] = plain;
    let (id, place, source, title) = (id?, place?, source?, title?);
    let (published, url, language, credit) = (published?, url?, language?, credit?);
    let (authors, body) = (lists(columns, 7)?, long_text(columns, 10)?);
    let is_page: &BooleanArray =
        column(columns, 9)?.as_boolean_opt().ok_or_else(|| unexpected(columns, 9))?;
    let report = |row: usize| {
        let owned = |column| value(column, row).map(str::to_owned);
        let text = body.value(row).to_owned();
        RawReport {
            id: owned(id).unwrap_or_default(),
            place: owned(place).unwrap_or_default(),
            source: owned(source),
            title: owned(title),
            published: owned(published),
            url: owned(url),
            language: owned(language),
            authors: texts(authors, row),
            credit: owned(credit),
            body: if is_page.value(row) { Body::Html(text) } else { Body::Text(text) },
            fetched: None,
        }
    };
    let articles: Vec<Article> = (0..id.len()).map(|row| extract(report(row))).collect();
    rows(&articles)
}
