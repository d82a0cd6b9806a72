//! What articles share, sentence by sentence.
//!
//! Each article is compared with the closest of the 20,000 to 40,000 before it, so a part of the table needs the texts of that part and of those
//! few that may be close to it, and nothing is shuffled. What is to be known of all articles is small: which lines an outlet repeats, and in how
//! many articles each word is. The choice of pairs reads only sketches of the articles; it is made in this process, on all cores, part by part.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use arrow::array::{AsArray, Int64Array};
use arrow::datatypes::{DataType, Field, Int64Type, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use datafusion::prelude::{DataFrame, ParquetReadOptions, SessionContext, col};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use parallax_analysis::reuse::{Closest, Holders, Sketch, first_seen};

use super::columns::{read_batches, write_batches};
use super::mapped::{by_part, map};
use super::{Made, WHOLE, made, tables};
use crate::engine::{Engine, call, register, rows, write};
use crate::kernels::{OUTLINE, PASSAGES, STEMS};
use crate::manifest::{DataFile, Manifest, Recipe};
use crate::progress::Progress;
use crate::store::{Account, Making, Store};

/// Bytes of an article's outline, most of them hashes of its words and lines.
const OF_OUTLINE: u64 = 2048;

/// What pairs of articles share: `passages`.
pub async fn passages(engine: &Engine, store: &Store, articles: &Manifest) -> Result<Made> {
    made(store, Recipe::new("passages", &[articles]), async |making: Making| {
        let outlines = outlines(engine, store, articles).await?;
        let repeated = repeated(engine, store, &outlines).await?;
        let texts = texts(engine, store, articles, &outlines, &repeated).await?;
        let closest = closest(engine, store, &outlines).await?;
        let files = shared(engine, store, &texts, &closest, &making).await?;
        let mut account = Account::default();
        account.notes.push(format!("{} pairs of articles were compared", closest.rows));
        making.finish(&files, engine.name(), account)
    })
    .await
}

/// The outline of each article.
async fn outlines(engine: &Engine, store: &Store, articles: &Manifest) -> Result<Manifest> {
    let recipe = Recipe::new("work/outlines", &[articles]);
    let (_, manifest) = made(store, recipe, async |making: Making| {
        let files = map(engine, store, articles, &making, |rows| {
            let words = ["id", "source", "language", "text"].map(col).to_vec();
            let outline = call(OUTLINE, words).alias("outline");
            Ok(rows.select(vec![col("nr"), outline])?.unnest_columns(&["outline"])?)
        })
        .await?;
        making.finish(&files, engine.name(), Account::default())
    })
    .await?;
    Ok(manifest)
}

/// The lines that articles of one outlet with different beginnings have.
async fn repeated(engine: &Engine, store: &Store, outlines: &Manifest) -> Result<Manifest> {
    const QUERY: &str = "SELECT place['line'] AS line FROM (SELECT unnest(lines) AS place FROM outlines)
        GROUP BY place['line'] HAVING min(place['lead']) <> max(place['lead'])";
    let recipe = Recipe::new("work/repeated", &[outlines]);
    let (_, manifest) = made(store, recipe, async |making: Making| {
        let context = tables(engine, store, &[outlines], OF_OUTLINE).await?;
        write(context.sql(QUERY).await?, &making.file(WHOLE)).await?;
        making.finish(&[WHOLE.to_owned()], engine.name(), Account::default())
    })
    .await?;
    Ok(manifest)
}

/// As much of each article as comparing it needs, with the lines that are furniture in it.
async fn texts(
    engine: &Engine,
    store: &Store,
    articles: &Manifest,
    outlines: &Manifest,
    repeated: &Manifest,
) -> Result<Manifest> {
    const QUERY: &str =
        "SELECT extract.nr AS nr, id, source, language, text, furniture FROM extract LEFT JOIN (
          SELECT nr, array_agg(line) AS furniture FROM (
            SELECT nr, place['line'] AS at FROM (SELECT nr, unnest(lines) AS place FROM outlines)
          ) JOIN repeated ON at = line GROUP BY nr
        ) found ON extract.nr = found.nr";
    let recipe = Recipe::new("work/texts", &[articles, outlines, repeated]);
    let (_, manifest) = made(store, recipe, async |making: Making| {
        let files = by_part(engine, articles, &making, async |part: &DataFile| {
            let context = engine.narrow().await?;
            for table in [articles, outlines] {
                let name = &table.recipe.table;
                let path = store.folder(name).join(&part.name);
                register(&context, name.rsplit('/').next().unwrap_or(name), &path).await?;
            }
            register(&context, "repeated", &store.folder(&repeated.recipe.table)).await?;
            Ok(context.sql(QUERY).await?)
        })
        .await?;
        making.finish(&files, engine.name(), Account::default())
    })
    .await?;
    Ok(manifest)
}

/// Each article with those before it that it is compared with, a row a pair.
async fn closest(engine: &Engine, store: &Store, outlines: &Manifest) -> Result<Manifest> {
    let recipe = Recipe::new("work/closest", &[outlines]);
    let (_, manifest) = made(store, recipe, async |making: Making| {
        let holders = Arc::new(holders(engine, store, outlines).await?);
        let progress = Progress::new("closest", Some(outlines.rows));
        let (into, sketches, parts) = (&making, &Sketches::new(store, outlines), 0..outlines.files.len());
        let chosen = parts.map(|part| {
            let (holders, progress) = (Arc::clone(&holders), &progress);
            async move {
                let (sketches, file) = (sketches.clone(), &outlines.files[part]);
                if into.rows_of(&file.name).is_none() {
                    let path = into.file(&file.name);
                    tokio::task::spawn_blocking(move || choose(&sketches, part, &holders, &path)).await??;
                }
                progress.add(file.rows);
                anyhow::Ok(())
            }
        });
        let done: Result<Vec<()>> = stream::iter(chosen).buffer_unordered(engine.lanes).try_collect().await;
        progress.end();
        done?;
        let files: Vec<String> = outlines.files.iter().map(|file| file.name.clone()).collect();
        making.finish(&files, "none", Account::default())
    })
    .await?;
    Ok(manifest)
}

/// In how many articles each word is that several have.
async fn holders(engine: &Engine, store: &Store, outlines: &Manifest) -> Result<Holders> {
    let context = tables(engine, store, &[outlines], OF_OUTLINE).await?;
    let query = format!(
        "SELECT stem, count(*) AS holders FROM (SELECT unnest({}(sketch)) AS stem FROM outlines)
         GROUP BY stem HAVING count(*) > 1",
        STEMS.full_name()
    );
    let mut counts = Vec::new();
    for batch in rows(context.sql(&query).await?).await? {
        let [stems, holders] = [0, 1].map(|at| batch.column(at).as_primitive::<Int64Type>());
        let pairs = stems.values().iter().zip(holders.values());
        counts.extend(pairs.map(|(stem, many)| (stem.cast_unsigned(), *many as u32)));
    }
    Ok(Holders::new(outlines.rows as usize, counts))
}

/// The sketches of all articles, in parts.
#[derive(Clone)]
struct Sketches {
    files: Vec<PathBuf>,
    beginnings: Vec<usize>,
}

impl Sketches {
    fn new(store: &Store, outlines: &Manifest) -> Self {
        let folder = store.folder(&outlines.recipe.table);
        let files = outlines.files.iter().map(|file| folder.join(&file.name)).collect();
        Self { files, beginnings: beginnings(&outlines.files) }
    }

    /// Hands each sketch with its number to `each`: those of a part, and before them those in reach of it.
    fn each(&self, part: usize, mut each: impl FnMut(usize, &Sketch)) -> Result<()> {
        let first = first_seen(self.beginnings[part]);
        let near = parts_near(&self.beginnings, part);
        let mut number = self.beginnings[near.start];
        for file in &self.files[near] {
            for batch in read_batches(file)? {
                for bytes in batch?.column(1).as_binary::<i32>() {
                    if number >= first {
                        let sketch = bytes.and_then(Sketch::from_bytes);
                        let damage = || format!("the sketch of article nr {number} is damaged");
                        each(number, &sketch.with_context(damage)?);
                    }
                    number += 1;
                }
            }
        }
        Ok(())
    }
}

/// The numbers of the first articles of the parts of a table, and last the number after all.
fn beginnings(parts: &[DataFile]) -> Vec<usize> {
    let mut beginning = 0;
    let ends = parts.iter().map(|part| {
        beginning += part.rows as usize;
        beginning
    });
    std::iter::once(0).chain(ends).collect()
}

/// The parts with the articles that those of a part may be compared with, up to itself.
fn parts_near(beginnings: &[usize], part: usize) -> Range<usize> {
    let first = first_seen(beginnings[part]);
    let near = beginnings[..=part].partition_point(|&beginning| beginning <= first);
    near - 1..part + 1
}

/// Chooses the pairs of a part.
fn choose(sketches: &Sketches, part: usize, holders: &Holders, path: &std::path::Path) -> Result<()> {
    let begin = sketches.beginnings[part];
    let mut closest = Closest::from(holders, first_seen(begin));
    let (mut numbers, mut earlier) = (Vec::new(), Vec::new());
    sketches.each(part, |number, sketch| {
        if number < begin {
            closest.add(sketch);
        } else {
            let before = closest.before(sketch);
            numbers.extend(before.iter().map(|_| number as i64));
            earlier.extend(before.into_iter().map(|before| before as i64));
        }
    })?;
    let column = |name: &str| Field::new(name, DataType::Int64, false);
    let schema: SchemaRef = Arc::new(Schema::new(vec![column("nr"), column("earlier")]));
    let columns: Vec<arrow::array::ArrayRef> =
        vec![Arc::new(Int64Array::from(numbers)), Arc::new(Int64Array::from(earlier))];
    write_batches(path, &schema, [Ok(RecordBatch::try_new(Arc::clone(&schema), columns)?)])
}

/// The passages of the pairs, part by part.
async fn shared(
    engine: &Engine,
    store: &Store,
    texts: &Manifest,
    closest: &Manifest,
    making: &Making,
) -> Result<Vec<String>> {
    let beginnings = beginnings(&texts.files);
    by_part(engine, closest, making, async |part: &DataFile| {
        let context = engine.narrow().await?;
        let folder = store.folder(&texts.recipe.table);
        register(&context, "pairs", &store.folder(&closest.recipe.table).join(&part.name)).await?;
        register(&context, "later", &folder.join(&part.name)).await?;
        let number = texts.files.iter().position(|file| file.name == part.name);
        let number = number.with_context(|| format!("there are no texts for {}", part.name))?;
        let near = texts.files[parts_near(&beginnings, number)].iter();
        let near: Vec<String> = near.map(|file| folder.join(&file.name).display().to_string()).collect();
        let earlier = context.read_parquet(near, ParquetReadOptions::default()).await?;
        context.register_table("earlier", earlier.into_view())?;
        passages_of_part(&context).await
    })
    .await
}

async fn passages_of_part(context: &SessionContext) -> Result<DataFrame> {
    let article = |table: &str| {
        let columns = ["nr", "id", "source", "language", "text", "furniture"];
        columns.map(|column| format!("{table}.{column}")).join(", ")
    };
    let query = format!(
        "SELECT pairs.nr AS nr, {}({}, {}) AS passage FROM pairs
         JOIN earlier ON pairs.earlier = earlier.nr JOIN later ON pairs.nr = later.nr",
        PASSAGES.full_name(),
        article("earlier"),
        article("later")
    );
    let shared = context.sql(&query).await?;
    Ok(shared.unnest_columns(&["passage"])?.unnest_columns(&["passage"])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_reads_only_what_is_in_reach() {
        let check = |rows: &[u64], part: usize, expected: Range<usize>| {
            let file = |rows: &u64| DataFile { name: String::new(), rows: *rows, bytes: 0 };
            let parts: Vec<DataFile> = rows.iter().map(file).collect();
            assert_eq!(parts_near(&beginnings(&parts), part), expected, "{rows:?}, part {part}");
        };
        check(&[7], 0, 0..1);
        check(&[10_000; 4], 3, 0..4);
        check(&[10_000; 9], 4, 2..5);
        check(&[10_000; 9], 8, 6..9);
        // What is in reach begins within a part, or right behind one that is empty.
        check(&[9_000; 9], 5, 2..6);
        check(&[20_000, 0, 20_000, 1], 3, 2..4);
    }
}
