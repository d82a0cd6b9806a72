//! Which articles are linked, directly or by others: connected components.
//!
//! Few links are gathered in this process. Many are worked on by rounds of queries, each with its table, after Kiveris, Lattanzi, Mirrokni, Rastogi and
//! Vassilvitskii, "Connected components in MapReduce and beyond" (2014): every article links those of its neighbours that come later to the first of
//! them (the large star), then those that come before it likewise (the small star), until each component is a star around its first article.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Result;
use arrow::array::{AsArray, Int64Array};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use arrow::record_batch::RecordBatch;

use super::columns::{read_batches, write_batches};
use super::{OF_NUMBERS, WHOLE, made};
use crate::engine::{Engine, register, rows, write};
use crate::manifest::{Manifest, Recipe};
use crate::store::{Account, Making, Store};

const LARGE_STAR: &str = "
    WITH ends AS (SELECT a AS here, b AS there FROM links UNION ALL SELECT b, a FROM links),
    centers AS (SELECT here AS center, least(here, min(there)) AS leader FROM ends GROUP BY here)
    SELECT DISTINCT leader AS a, there AS b FROM ends JOIN centers ON here = center WHERE there > here";

const SMALL_STAR: &str = "
    WITH centers AS (SELECT b AS center, min(a) AS leader FROM links GROUP BY b)
    SELECT leader AS a, a AS b FROM links JOIN centers ON b = center WHERE a > leader
    UNION SELECT leader, center FROM centers";

/// What is linked twice, or both ways: nothing once every link leads to the first article of its component.
const LEFT: &str = "
    SELECT b FROM links GROUP BY b HAVING count(*) > 1
    UNION ALL SELECT one.a FROM links one JOIN links other ON one.a = other.b";

/// Links each article but the first of each component to that first: `work/stars`, with `a` the first and `b` the other.
pub(super) async fn components(
    engine: &Engine,
    store: &Store,
    edges: &Manifest,
    gather: u64,
) -> Result<Manifest> {
    let recipe = Recipe::new("work/stars", &[edges]);
    let (_, manifest) = made(store, recipe, async |making: Making| {
        if edges.rows <= gather {
            let file = store.folder(&edges.recipe.table).join(WHOLE);
            write_links(&making, &gathered(&links_of(&file)?))?;
            let notes = vec!["grouped in one process".to_owned()];
            return making.finish(&[WHOLE.to_owned()], "none", Account { notes, ..Account::default() });
        }
        let (rounds, last) = rounds(engine, store, edges).await?;
        std::fs::copy(store.folder(&last.recipe.table).join(WHOLE), making.file(WHOLE))?;
        let notes = vec![format!("grouped in {rounds} rounds")];
        making.finish(&[WHOLE.to_owned()], engine.name(), Account { notes, ..Account::default() })
    })
    .await?;
    Ok(manifest)
}

/// Rounds of stars until nothing changes; each is a table, so that a run which is stopped goes on with the round that it was in.
async fn rounds(engine: &Engine, store: &Store, edges: &Manifest) -> Result<(usize, Manifest)> {
    let mut links = edges.clone();
    for round in 1.. {
        for (star, query) in [("large", LARGE_STAR), ("small", SMALL_STAR)] {
            let recipe = Recipe::new(&format!("work/round-{round}-{star}"), &[&links]);
            let (_, next) = made(store, recipe, async |making: Making| {
                let context = named_links(engine, store, &links).await?;
                write(context.sql(query).await?, &making.file(WHOLE)).await?;
                making.finish(&[WHOLE.to_owned()], engine.name(), Account::default())
            })
            .await?;
            links = next;
        }
        let context = named_links(engine, store, &links).await?;
        let left = rows(context.sql(LEFT).await?).await?;
        if left.iter().all(|batch| batch.num_rows() == 0) {
            return Ok((round, links));
        }
    }
    Ok((0, links))
}

async fn named_links(
    engine: &Engine,
    store: &Store,
    links: &Manifest,
) -> Result<datafusion::prelude::SessionContext> {
    let context = engine.wide(links.rows * OF_NUMBERS).await?;
    register(&context, "links", &store.folder(&links.recipe.table)).await?;
    Ok(context)
}

/// The links of a file of pairs.
fn links_of(file: &std::path::Path) -> Result<Vec<(i64, i64)>> {
    let mut links = Vec::new();
    for batch in read_batches(file)? {
        let batch = batch?;
        let (a, b) =
            (batch.column(0).as_primitive::<Int64Type>(), batch.column(1).as_primitive::<Int64Type>());
        links.extend(a.values().iter().copied().zip(b.values().iter().copied()));
    }
    Ok(links)
}

/// The same as the rounds give, in order.
fn gathered(links: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut parent: HashMap<i64, i64> = HashMap::new();
    for &(a, b) in links {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        if a != b {
            parent.insert(a.max(b), a.min(b));
        }
    }
    let mut others: Vec<i64> = parent.keys().copied().collect();
    others.sort_unstable();
    others.into_iter().map(|other| (root(&mut parent, other), other)).collect()
}

/// The first member of the component that `member` is in so far; shortens the way there.
fn root(parent: &mut HashMap<i64, i64>, mut member: i64) -> i64 {
    while let Some(&next) = parent.get(&member) {
        if let Some(&further) = parent.get(&next) {
            parent.insert(member, further);
        }
        member = next;
    }
    member
}

fn write_links(making: &Making, links: &[(i64, i64)]) -> Result<()> {
    let column = |name: &str| Field::new(name, DataType::Int64, false);
    let schema = Arc::new(Schema::new(vec![column("a"), column("b")]));
    let a = links.iter().map(|link| link.0).collect::<Int64Array>();
    let b = links.iter().map(|link| link.1).collect::<Int64Array>();
    let batch = RecordBatch::try_new(Arc::clone(&schema), vec![Arc::new(a), Arc::new(b)])?;
    write_batches(&making.file(WHOLE), &schema, [Ok(batch)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_are_stars_around_their_first() {
        let check = |links: &[(i64, i64)], expected: &[(i64, i64)]| {
            assert_eq!(gathered(links), expected, "{links:?}");
        };
        check(&[], &[]);
        check(&[(3, 5)], &[(3, 5)]);
        check(&[(4, 9), (2, 9), (1, 3)], &[(1, 3), (2, 4), (2, 9)]);
        check(&[(5, 6), (6, 7), (7, 8), (0, 8)], &[(0, 5), (0, 6), (0, 7), (0, 8)]);
    }
}
