//! The stages: each reads tables and makes one, and can be stopped and gone on with.

mod columns;
mod components;
mod duplicates;
mod mapped;
mod passages;
mod problems;
mod reports;
mod stories;

pub use duplicates::duplicates;
pub use mapped::{extract, fingerprints, quotations};
pub use passages::passages;
pub use reports::{Input, reports};
pub use stories::stories;

use anyhow::Result;
use datafusion::prelude::SessionContext;

use crate::engine::{Engine, register};
use crate::manifest::{Manifest, Recipe};
use crate::progress::Done;
use crate::store::{Making, Store, Table};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Most reports in a file. What is done of a stage is known by file.
    pub part: usize,
    /// Share of word pairs in common from which two articles are near-copies, 0 to 1.
    pub threshold: f32,
    /// Up to so many pairs of near-copies are grouped in this process; more by rounds on the engine.
    pub gather: u64,
}

/// What a stage gives: the table, and whether it was worked on now.
pub type Made = (Done, Manifest);

/// Makes a table by `make`, unless it is there.
async fn made(
    store: &Store,
    recipe: Recipe,
    make: impl AsyncFnOnce(Making) -> Result<Manifest>,
) -> Result<Made> {
    match store.table(recipe)? {
        Table::Finished(manifest) => Ok((Done::Before, manifest)),
        Table::Open(making) => Ok((Done::Now, make(making).await?)),
    }
}

/// A session that knows the given tables by their names, for queries in which each row of the longest comes with so many bytes where they meet.
async fn tables(engine: &Engine, store: &Store, tables: &[&Manifest], bytes: u64) -> Result<SessionContext> {
    let longest = tables.iter().map(|table| table.rows).max().unwrap_or_default();
    let context = engine.wide(longest * bytes).await?;
    for table in tables {
        let name = &table.recipe.table;
        register(&context, name.rsplit('/').next().unwrap_or(name), &store.folder(name)).await?;
    }
    Ok(context)
}

/// Bytes of a row of a few numbers.
const OF_NUMBERS: u64 = 64;

/// The only file of a table that is made at once.
const WHOLE: &str = "part-00000.parquet";

/// The name of a file of a table.
fn part(number: usize) -> String {
    format!("part-{number:05}.parquet")
}
