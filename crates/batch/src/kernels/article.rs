//! Articles as rows, and back without loss.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, LargeStringArray, ListArray, StringArray};
use arrow::datatypes::{DataType, Int64Type};
use arrow::error::ArrowError;
use parallax_model::{Article, Form, Offsets, Part, Problem, Span};

use super::lists::{
    column, field, list, listed, lists, long_text, record, records, text, text_lists, texts, value,
};

/// The type of a row of an article. Offsets count Unicode scalar values, as everywhere outside the program.
pub fn article_type() -> DataType {
    let text = |name| field(name, DataType::Utf8);
    record(vec![
        text("id"),
        text("source"),
        text("title"),
        text("headline"),
        text("published"),
        text("published_at"),
        text("updated"),
        text("section"),
        text("url"),
        text("language"),
        text("credit"),
        field("authors", list(DataType::Utf8)),
        field("text", DataType::LargeUtf8),
        field("parts", list(part_type())),
        field("problems", list(problem_type())),
    ])
}

fn part_type() -> DataType {
    record(vec![
        field("start", DataType::Int64),
        field("end", DataType::Int64),
        field("form", DataType::Utf8),
    ])
}

fn problem_type() -> DataType {
    record(vec![field("place", DataType::Utf8), field("reason", DataType::Utf8)])
}

/// How many of the columns are plain texts; they come first.
const TEXTS: usize = 11;

/// The columns that [`articles`] takes: those of [`article_type`] but the problems.
pub(super) fn article_columns() -> Vec<DataType> {
    let DataType::Struct(fields) = article_type() else { return Vec::new() };
    fields.iter().filter(|field| field.name() != "problems").map(|field| field.data_type().clone()).collect()
}

/// Articles as a column of records.
pub(super) fn rows(articles: &[Article]) -> Result<ArrayRef, ArrowError> {
    let plain = |of: fn(&Article) -> Option<&str>| -> ArrayRef {
        Arc::new(articles.iter().map(of).collect::<StringArray>())
    };
    let columns: Vec<ArrayRef> = vec![
        plain(|article| Some(&article.id)),
        plain(|article| article.source.as_deref()),
        plain(|article| article.stated_title.as_deref()),
        plain(|article| article.title.as_deref()),
        plain(|article| article.published.as_deref()),
        plain(|article| article.published_at.as_deref()),
        plain(|article| article.updated.as_deref()),
        plain(|article| article.section.as_deref()),
        plain(|article| article.url.as_deref()),
        plain(|article| article.language.as_deref()),
        plain(|article| article.credit.as_deref()),
        Arc::new(text_lists(articles.iter().map(|article| &article.authors))),
        Arc::new(articles.iter().map(|article| Some(&article.text)).collect::<LargeStringArray>()),
        Arc::new(parts(articles)?),
        Arc::new(problems(articles)?),
    ];
    Ok(Arc::new(records(article_type(), columns)?))
}

fn parts(articles: &[Article]) -> Result<ListArray, ArrowError> {
    let placed = articles.iter().flat_map(|article| {
        let offsets = Offsets::new(&article.text);
        article.parts.iter().map(move |part| (offsets.scalars(part.span), part.form)).collect::<Vec<_>>()
    });
    let (spans, forms): (Vec<Span>, Vec<Form>) = placed.unzip();
    let items = records(
        part_type(),
        vec![
            Arc::new(spans.iter().map(|span| span.start as i64).collect::<Int64Array>()),
            Arc::new(spans.iter().map(|span| span.end as i64).collect::<Int64Array>()),
            Arc::new(forms.into_iter().map(|form| Some(form_word(form))).collect::<StringArray>()),
        ],
    )?;
    listed(articles.iter().map(|article| article.parts.len()), Arc::new(items))
}

fn problems(articles: &[Article]) -> Result<ListArray, ArrowError> {
    let all = || articles.iter().flat_map(|article| &article.problems);
    let items = records(
        problem_type(),
        vec![
            Arc::new(all().map(|problem: &Problem| Some(&problem.place)).collect::<StringArray>()),
            Arc::new(all().map(|problem| Some(&problem.reason)).collect::<StringArray>()),
        ],
    )?;
    listed(articles.iter().map(|article| article.problems.len()), Arc::new(items))
}

/// The articles of columns of the types [`article_columns`].
pub(super) fn articles(columns: &[ArrayRef]) -> Result<Vec<Article>, ArrowError> {
    let plain: Vec<&StringArray> = (0..TEXTS).map(|at| text(columns, at)).collect::<Result<_, _>>()?;
    let (authors, body, parts) =
        (lists(columns, TEXTS)?, long_text(columns, TEXTS + 1)?, lists(columns, TEXTS + 2)?);
    let article = |row: usize| {
        let owned = |at: usize| plain.get(at).and_then(|column| value(column, row)).map(str::to_owned);
        let text = body.value(row);
        Article {
            id: owned(0).unwrap_or_default(),
            source: owned(1),
            stated_title: owned(2),
            title: owned(3),
            published: owned(4),
            published_at: owned(5),
            updated: owned(6),
            section: owned(7),
            url: owned(8),
            language: owned(9),
            credit: owned(10),
            authors: texts(authors, row),
            parts: parts_of(text, parts, row),
            text: text.to_owned(),
            problems: Vec::new(),
        }
    };
    Ok((0..column(columns, 0)?.len()).map(article).collect())
}

fn parts_of(text: &str, column: &ListArray, row: usize) -> Vec<Part> {
    if column.is_null(row) || column.value_length(row) == 0 {
        return Vec::new();
    }
    let items = column.value(row);
    let Some(items) = items.as_struct_opt() else { return Vec::new() };
    let numbers =
        |at: usize| items.columns().get(at).and_then(|column| column.as_primitive_opt::<Int64Type>());
    let (Some(starts), Some(ends)) = (numbers(0), numbers(1)) else { return Vec::new() };
    let Some(forms) = items.columns().get(2).and_then(|column| column.as_string_opt::<i32>()) else {
        return Vec::new();
    };
    let offsets = Offsets::new(text);
    let part = |at: usize| {
        let span = Span::new(starts.value(at) as usize, ends.value(at) as usize);
        Some(Part { span: offsets.bytes(span), form: form_of(forms.value(at))? })
    };
    (0..items.len()).filter_map(part).collect()
}

const FORMS: [(Form, &str); 5] = [
    (Form::Paragraph, "paragraph"),
    (Form::Subhead, "subhead"),
    (Form::ListItem, "list-item"),
    (Form::Blockquote, "blockquote"),
    (Form::Cell, "cell"),
];

fn form_word(form: Form) -> &'static str {
    FORMS.iter().find(|(known, _)| *known == form).map_or("paragraph", |(_, word)| word)
}

fn form_of(word: &str) -> Option<Form> {
    FORMS.iter().find(|(_, known)| *known == word).map(|(form, _)| *form)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    fn article(text: &str, parts: &[(usize, usize, Form)]) -> Article {
        Article {
            id: "a".into(),
            title: Some("Flut“ in Harlow".into()),
            stated_title: Some("Flut“ in Harlow | Harlow Post".into()),
            authors: vec!["Ada Quist".into(), "Leo Varga".into()],
            text: text.into(),
            parts: parts
                .iter()
                .map(|&(start, end, form)| Part { span: Span::new(start, end), form })
                .collect(),
            ..Article::default()
        }
    }

    #[test]
    fn articles_come_back_as_they_were() {
        let whole =
            article("Überschrift\nDie Fähre fährt.", &[(0, 12, Form::Subhead), (13, 31, Form::Paragraph)]);
        let articles_in = [whole, article("", &[]), Article::default()];
        let rows = rows(&articles_in).unwrap();
        let columns = rows.as_struct().columns();
        assert_eq!(articles(&columns[..columns.len() - 1]).unwrap(), articles_in);
    }

    #[test]
    fn other_columns_are_refused() {
        let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1]));
        assert!(articles(&vec![numbers; 14]).unwrap_err().to_string().contains("column 0"));
        assert!(articles(&[]).is_err());
    }
}
