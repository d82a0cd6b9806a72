//! The columns of tables that people keep reports in, by the names they go by.

use parallax_model::{Body, RawReport};

use crate::Error;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Id,
    Text,
    Html,
    Title,
    Source,
    Published,
    Url,
    Language,
    Authors,
}

/// The names of each column, the more telling ones first: where a table has several, the first counts. Small letters and figures alone.
const NAMES: [(Column, &[&str]); 9] = [
    (Column::Id, &["id", "articleid", "docid", "documentid", "uuid", "guid"]),
    (
        Column::Text,
        &["text", "articletext", "fulltext", "maintext", "plaintext", "body", "content", "article"],
    ),
    (Column::Html, &["html", "pagehtml", "rawhtml"]),
    (Column::Title, &["headline", "title"]),
    (Column::Source, &["source", "outlet", "publisher", "publication", "newspaper", "site", "domain"]),
    (
        Column::Published,
        &[
            "published",
            "publishedat",
            "datepublished",
            "publishdate",
            "publicationdate",
            "pubdate",
            "date",
            "datetime",
            "timestamp",
        ],
    ),
    (Column::Url, &["url", "link", "canonicalurl", "permalink", "uri"]),
    (Column::Language, &["lang", "language"]),
    (Column::Authors, &["authors", "author", "byline"]),
];

/// Where each column of a table is.
#[derive(Debug)]
pub(crate) struct Columns(Vec<(Column, usize)>);

impl Columns {
    /// Finds the columns by their names in any spelling. A table without a column of texts is none of reports.
    pub(crate) fn find<'a>(names: impl Iterator<Item = &'a str>) -> Result<Self, Error> {
        let names: Vec<String> = names.map(plain).collect();
        let place = |spellings: &[&str]| {
            spellings.iter().find_map(|spelling| names.iter().position(|name| name == spelling))
        };
        let found: Vec<_> =
            NAMES.iter().filter_map(|(column, spellings)| Some((*column, place(spellings)?))).collect();
        if !found.iter().any(|(column, _)| matches!(column, Column::Text | Column::Html)) {
            return Err(Error::MissingColumn("text"));
        }
        Ok(Self(found))
    }

    /// Where the columns are that are read.
    #[cfg(feature = "parquet")]
    pub(crate) fn places(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|(_, place)| *place)
    }

    /// The report of a row, by what `cell` holds at each place. A row without an id goes by its number.
    pub(crate) fn report(
        &self,
        place: String,
        number: &str,
        cell: impl Fn(usize) -> Option<String>,
    ) -> Result<RawReport, Error> {
        let get = |column: Column| {
            let (_, place) = self.0.iter().find(|(found, _)| *found == column)?;
            cell(*place).filter(|value| !value.trim().is_empty())
        };
        let body = get(Column::Text)
            .map(Body::Text)
            .or_else(|| get(Column::Html).map(Body::Html))
            .ok_or(Error::Empty)?;
        Ok(RawReport {
            id: get(Column::Id).unwrap_or_else(|| number.to_owned()),
            place,
            source: get(Column::Source),
            title: get(Column::Title),
            published: get(Column::Published),
            url: get(Column::Url),
            language: get(Column::Language),
            authors: get(Column::Authors).into_iter().collect(),
            body,
            ..RawReport::default()
        })
    }
}

/// A name in small letters and figures alone.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_by_many_names() {
        let check = |names: &[&str], expected: &[(Column, usize)]| {
            let found = Columns::find(names.iter().copied()).map(|columns| columns.0).unwrap_or_default();
            assert_eq!(found, expected, "{names:?}");
        };
        check(&["ID", "Text"], &[(Column::Id, 0), (Column::Text, 1)]);
        check(
            &["\u{feff}content", "publish_date", "Outlet"],
            &[(Column::Text, 0), (Column::Source, 2), (Column::Published, 1)],
        );
        check(&["article", "body"], &[(Column::Text, 1)]);
        check(&["headline", "raw-html"], &[(Column::Html, 1), (Column::Title, 0)]);
        check(&["id", "title"], &[]);
        check(&[], &[]);
    }
}
