//! Stages that look at one row at a time: part by part, each part a plan of its own.
//!
//! A part of the table that is made has the name of the part that it is made of, and is there as a whole or not at all. So work that was
//! stopped goes on with the parts that are missing, and work that a cluster does twice, because it took a machine for lost, leaves one part.

use std::cmp::Reverse;
use std::path::Path;

use anyhow::Result;
use datafusion::prelude::{DataFrame, col, lit};
use futures_util::stream::{self, StreamExt, TryStreamExt};

use super::{Made, made};
use crate::engine::{Engine, call, read, register, rows, write};
use crate::kernels::{EXTRACT, FINGERPRINT, QUOTATIONS};
use crate::manifest::{DataFile, Manifest, Recipe};
use crate::progress::Progress;
use crate::store::{Account, Making, Store};

/// The columns of articles that the kernels of articles take, in their order.
pub(super) const ARTICLE: [&str; 14] = [
    "id",
    "source",
    "title",
    "headline",
    "published",
    "published_at",
    "updated",
    "section",
    "url",
    "language",
    "credit",
    "authors",
    "text",
    "parts",
];

const REPORT: [&str; 11] = [
    "id",
    "place",
    "source",
    "title",
    "published",
    "url",
    "language",
    "authors",
    "credit",
    "is_page",
    "body",
];

/// The article in each report: `extract`.
pub async fn extract(engine: &Engine, store: &Store, reports: &Manifest) -> Result<Made> {
    made(store, Recipe::new("extract", &[reports]), async |making: Making| {
        let files = map(engine, store, reports, &making, |rows| {
            let article = call(EXTRACT, REPORT.map(col).to_vec()).alias("article");
            Ok(rows.select(vec![col("nr"), article])?.unnest_columns(&["article"])?)
        })
        .await?;
        let remarks = article_problems(engine, &making.folder, &store.problems("extract")?).await?;
        making.finish(&files, engine.name(), Account::new(0, remarks))
    })
    .await
}

/// What the articles say went wrong with them.
async fn article_problems(engine: &Engine, articles: &Path, path: &Path) -> Result<u64> {
    let context = engine.narrow().await?;
    register(&context, "extract", articles).await?;
    let problems = context.sql("SELECT problems FROM extract").await?;
    let problems = problems.unnest_columns(&["problems"])?.unnest_columns(&["problems"])?;
    let columns = vec![
        lit("extract").alias("stage"),
        lit("note").alias("kind"),
        datafusion::prelude::ident("problems.place").alias("place"),
        datafusion::prelude::ident("problems.reason").alias("reason"),
    ];
    write(problems.select(columns)?, path).await?;
    let many = rows(read(&context, path).await?.select(vec![lit(1).alias("one")])?).await?;
    Ok(many.iter().map(|batch| batch.num_rows() as u64).sum())
}

/// Who said what: `quotations`.
pub async fn quotations(engine: &Engine, store: &Store, articles: &Manifest) -> Result<Made> {
    made(store, Recipe::new("quotations", &[articles]), async |making: Making| {
        let files = map(engine, store, articles, &making, |rows| {
            let quotation = call(QUOTATIONS, ARTICLE.map(col).to_vec()).alias("quotation");
            let rows = rows.select(vec![col("nr"), quotation])?;
            Ok(rows.unnest_columns(&["quotation"])?.unnest_columns(&["quotation"])?)
        })
        .await?;
        making.finish(&files, engine.name(), Account::default())
    })
    .await
}

/// A fingerprint of each article: `fingerprints`.
pub async fn fingerprints(engine: &Engine, store: &Store, articles: &Manifest) -> Result<Made> {
    made(store, Recipe::new("fingerprints", &[articles]), async |making: Making| {
        let files = map(engine, store, articles, &making, |rows| {
            let fingerprint = call(FINGERPRINT, vec![col("text")]).alias("fingerprint");
            let rows = rows.select(vec![col("nr"), col("id").alias("article"), fingerprint])?;
            Ok(rows.unnest_columns(&["fingerprint"])?)
        })
        .await?;
        making.finish(&files, engine.name(), Account::default())
    })
    .await
}

/// Makes each part of a table of the part of the same name of another. A record that is unnested gives columns that are called
/// `record.column`; they lose what stands before the point.
pub(super) async fn map(
    engine: &Engine,
    store: &Store,
    from: &Manifest,
    making: &Making,
    plan: impl Fn(DataFrame) -> Result<DataFrame>,
) -> Result<Vec<String>> {
    let context = engine.narrow().await?;
    let folder = store.folder(&from.recipe.table);
    let of_part = async |file: &DataFile| plan(read(&context, &folder.join(&file.name)).await?);
    by_part(engine, from, making, of_part).await
}

/// Makes each part of a table by the plan for the part of the same name of another.
pub(super) async fn by_part(
    engine: &Engine,
    from: &Manifest,
    making: &Making,
    plan: impl AsyncFn(&DataFile) -> Result<DataFrame>,
) -> Result<Vec<String>> {
    let progress = Progress::new(&making_name(making), Some(from.rows));
    let (plan, progress) = (&plan, &progress);
    let mut largest_first: Vec<&DataFile> = from.files.iter().collect();
    largest_first.sort_by_key(|file| Reverse(file.rows));
    let parts = largest_first.into_iter().map(|file| async move {
        if making.rows_of(&file.name).is_none() {
            write(plain_names(plan(file).await?)?, &making.file(&file.name)).await?;
        }
        progress.add(file.rows);
        anyhow::Ok(())
    });
    let done: Result<Vec<()>> = stream::iter(parts).buffer_unordered(engine.lanes).try_collect().await;
    progress.end();
    done?;
    Ok(from.files.iter().map(|file| file.name.clone()).collect())
}

fn making_name(making: &Making) -> String {
    making.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn plain_names(rows: DataFrame) -> Result<DataFrame> {
    let columns = rows.schema().columns().into_iter().map(|column| {
        let plain = column.name.rsplit('.').next().unwrap_or_default().to_owned();
        datafusion::prelude::Expr::Column(column).alias(plain)
    });
    let columns: Vec<_> = columns.collect();
    Ok(rows.select(columns)?)
}
