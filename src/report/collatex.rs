//! The sayings as alignment tables in the JSON of CollateX.

use std::io::{self, Write};

use parallax_analysis::collation::alignment_table;
use parallax_model::{Comparison, Document, Utterance, WitnessToken};
use serde::Serialize;

use super::sigla::{compared, sigla, siglum};

/// All tables, and what their sigla stand for.
#[derive(Debug, Serialize)]
struct Tables<'a> {
    articles: Vec<Article<'a>>,
    sayings: Vec<Table<'a>>,
}

#[derive(Debug, Serialize)]
struct Article<'a> {
    siglum: String,
    id: &'a str,
    source: Option<&'a str>,
}

/// One saying: `witnesses` and `table` are what CollateX itself writes. A row of the table is a witness; a cell holds its tokens in that
/// column, or null; a token has its text `t` and its normal form `n`.
#[derive(Debug, Serialize)]
struct Table<'a> {
    id: String,
    speaker: Option<&'a str>,
    reference: Option<String>,
    witnesses: Vec<String>,
    table: Vec<Vec<Option<[Token; 1]>>>,
}

#[derive(Debug, Serialize)]
struct Token {
    t: String,
    n: String,
}

/// Writes the tables, one line, ended by a line feed.
pub(crate) fn write(comparison: &Comparison, out: &mut dyn Write) -> anyhow::Result<()> {
    let documents = comparison.documents.iter().enumerate();
    let tables = Tables {
        articles: documents.map(|(index, document)| article(index, document)).collect(),
        sayings: compared(comparison).map(|(index, saying)| table(comparison, index, saying)).collect(),
    };
    serde_json::to_writer(&mut *out, &tables).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

fn article(index: usize, document: &Document) -> Article<'_> {
    let article = &document.article;
    Article { siglum: siglum(index, 1), id: &article.id, source: article.source.as_deref() }
}

fn table<'a>(comparison: &'a Comparison, index: usize, saying: &Utterance) -> Table<'a> {
    let table = alignment_table(comparison, saying);
    let witnesses = sigla(&table.witnesses);
    let reference = table.witnesses.iter().position(|&witness| Some(witness) == saying.reference);
    let cell = |cell: &Option<WitnessToken>| {
        cell.as_ref().map(|token| [Token { t: token.text.clone(), n: token.normal.clone() }])
    };
    let row = |row: usize| table.columns.iter().map(|column| column.get(row).and_then(cell)).collect();
    Table {
        id: format!("u{}", index + 1),
        speaker: saying.speaker.and_then(|s| comparison.entities.get(s)).map(|entity| entity.name.as_str()),
        reference: reference.and_then(|place| witnesses.get(place).cloned()),
        table: (0..witnesses.len()).map(row).collect(),
        witnesses,
    }
}
