//! Near-copies: articles meet by the bands of their fingerprints, each pair that met is verified, and what is linked is one group.
//!
//! Nothing grows with the square of anything: of a thousand articles that agree in a band each meets the first and the one before it, of more
//! than [`LARGEST_BUCKET`] the first alone. So a wire report with 100,000 copies costs 100,000 pairs a band, which many bands share.

use anyhow::Result;
use arrow::array::AsArray;
use arrow::datatypes::Int64Type;
use datafusion::functions_aggregate::expr_fn::{array_agg, count, max};
use datafusion::prelude::{DataFrame, Partitioning, SessionContext, col, ident, lit};
use parallax_analysis::fingerprint::LARGEST_BUCKET;

use super::components::components;
use super::problems::{Kind, write_problems};
use super::{Made, OF_NUMBERS, Settings, WHOLE, made, tables};
use crate::engine::{Engine, call, rows, write};
use crate::kernels::{BANDS, LIKENESS, NEIGHBOURS};
use crate::manifest::{Manifest, Recipe};
use crate::progress::Progress;
use crate::store::{Account, Making, Store};

/// Articles whose numbers agree but for so many last ones are counted together.
const BLOCK: i64 = 1 << 16;

/// Bytes of the bands of an article, as they are grouped.
const OF_BANDS: u64 = 64 * 32;
/// Bytes of a pair with the fingerprints of both.
const OF_PAIRS: u64 = 2 * 800;

/// The group of each article: `duplicates`.
pub async fn duplicates(
    engine: &Engine,
    store: &Store,
    fingerprints: &Manifest,
    settings: &Settings,
) -> Result<Made> {
    let recipe = Recipe::new("duplicates", &[fingerprints]).with("threshold", &settings.threshold);
    made(store, recipe, async |making: Making| {
        let progress = Progress::new("duplicates", Some(fingerprints.rows));
        let candidates = candidates(engine, store, fingerprints).await?;
        let edges = edges(engine, store, fingerprints, &candidates, settings.threshold).await?;
        let stars = components(engine, store, &edges, settings.gather).await?;
        let context = tables(engine, store, &[fingerprints, &stars], OF_NUMBERS).await?;
        write(context.sql(&groups_query()).await?, &making.file(WHOLE)).await?;
        progress.end();
        let crowded = crowded(engine, store, &candidates).await?;
        write_problems(&store.problems("duplicates")?, "duplicates", &crowded)?;
        let mut account = Account::new(0, crowded.len() as u64);
        account.notes.push(format!("{} pairs met, {} of them are near-copies", candidates.rows, edges.rows));
        account.notes.extend(stars.notes);
        making.finish(&[WHOLE.to_owned()], engine.name(), account)
    })
    .await
}

/// The pairs that agree in a band: `a < b`, and how many articles were there.
async fn candidates(engine: &Engine, store: &Store, fingerprints: &Manifest) -> Result<Manifest> {
    let recipe = Recipe::new("work/candidates", &[fingerprints]);
    let (_, manifest) = made(store, recipe, async |making: Making| {
        let context = tables(engine, store, &[fingerprints], OF_BANDS).await?;
        write(meetings(&context).await?, &making.file(WHOLE)).await?;
        making.finish(&[WHOLE.to_owned()], engine.name(), Account::default())
    })
    .await?;
    Ok(manifest)
}

/// Spreads the keys of all bands, so that articles with the same key meet, and pairs those up. What is spread is a key and a number, sixteen
/// bytes: to group before it is spread would only group twice, since most keys are those of one article.
async fn meetings(context: &SessionContext) -> Result<DataFrame> {
    let keys = call(BANDS, vec![col("shingles"), col("signature")]).alias("key");
    let keys =
        context.table("fingerprints").await?.select(vec![col("nr"), keys])?.unnest_columns(&["key"])?;
    let partitions = context.state().config().target_partitions();
    let members = vec![array_agg(col("nr")).alias("members"), count(lit(1)).alias("many")];
    let met = keys
        .repartition(Partitioning::Hash(vec![col("key")], partitions))?
        .aggregate(vec![col("key")], members)?
        .filter(col("many").gt(lit(1)))?;
    let pairs = met.select(vec![call(NEIGHBOURS, vec![col("members")]).alias("pair")])?;
    let pairs = pairs.unnest_columns(&["pair"])?.unnest_columns(&["pair"])?;
    let (a, b) = (ident("pair.a").alias("a"), ident("pair.b").alias("b"));
    Ok(pairs.aggregate(vec![a, b], vec![max(ident("pair.bucket")).alias("bucket")])?)
}

/// The pairs that are near-copies, with how alike they are.
async fn edges(
    engine: &Engine,
    store: &Store,
    fingerprints: &Manifest,
    candidates: &Manifest,
    threshold: f32,
) -> Result<Manifest> {
    let recipe = Recipe::new("work/edges", &[fingerprints, candidates]).with("threshold", &threshold);
    let (_, manifest) = made(store, recipe, async |making: Making| {
        let context = tables(engine, store, &[fingerprints, candidates], OF_PAIRS).await?;
        let pairs = context.sql(&likeness_query()).await?;
        write(pairs.filter(col("likeness").gt_eq(lit(threshold)))?, &making.file(WHOLE)).await?;
        making.finish(&[WHOLE.to_owned()], engine.name(), Account::default())
    })
    .await?;
    Ok(manifest)
}

fn likeness_query() -> String {
    let likeness = LIKENESS.full_name();
    format!(
        "SELECT a, b, {likeness}(one.shingles, one.signature, other.shingles, other.signature) AS likeness
         FROM candidates JOIN fingerprints one ON a = one.nr JOIN fingerprints other ON b = other.nr"
    )
}

/// Each article with its group. A group is counted by its first article, which is the `a` of its star; the numbers of all before it, but for
/// those that follow another, are counted block by block, so that no machine has to count them all.
fn groups_query() -> String {
    format!(
        "WITH marked AS (
           SELECT nr, article, a AS leader FROM fingerprints LEFT JOIN stars ON b = nr
         ), blocks AS (
           SELECT block, sum(followers) OVER (ORDER BY block) - followers AS before FROM (
             SELECT nr / {BLOCK} AS block, count(leader) AS followers FROM marked GROUP BY nr / {BLOCK}
           )
         ), inside AS (
           SELECT nr, leader, count(leader) OVER (PARTITION BY nr / {BLOCK} ORDER BY nr ROWS UNBOUNDED PRECEDING) AS here
           FROM marked
         ), numbered AS (
           SELECT nr, nr + 1 - here - before AS number
           FROM inside JOIN blocks ON block = nr / {BLOCK} WHERE leader IS NULL
         )
         SELECT marked.nr, article, concat('d', number) AS \"group\"
         FROM marked JOIN numbered ON coalesce(leader, marked.nr) = numbered.nr"
    )
}

/// What is to be said of bands in which too many articles agree for each to be compared with the one before it.
async fn crowded(
    engine: &Engine,
    store: &Store,
    candidates: &Manifest,
) -> Result<Vec<(Kind, parallax_model::Problem)>> {
    let context = tables(engine, store, &[candidates], OF_NUMBERS).await?;
    let query = format!(
        "SELECT a, max(bucket) AS many FROM candidates WHERE bucket > {LARGEST_BUCKET} GROUP BY a ORDER BY a"
    );
    let mut told = Vec::new();
    for batch in rows(context.sql(&query).await?).await? {
        let columns =
            (batch.column(0).as_primitive::<Int64Type>(), batch.column(1).as_primitive::<Int64Type>());
        told.extend(columns.0.values().iter().zip(columns.1.values()).map(|(first, many)| {
            let reason = format!("{many} articles agree in a band; they were compared with this one alone");
            (Kind::Note, parallax_model::Problem { place: format!("article nr {first}"), reason })
        }));
    }
    Ok(told)
}
