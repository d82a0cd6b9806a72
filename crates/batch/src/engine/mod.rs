//! What runs the kernels over folders of Parquet: DataFusion in this process, or a cluster.
//!
//! Both read and write the same files and take the same plans. What differs is where the work is done, and how a session is begun.

mod function;
mod version;

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use arrow::record_batch::RecordBatch;
use ballista::prelude::{SessionConfigExt, SessionContextExt};
use datafusion::config::{ParquetColumnOptions, TableParquetOptions};
use datafusion::dataframe::DataFrameWriteOptions;
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::prelude::{DataFrame, ParquetReadOptions, SessionConfig, SessionContext};

use crate::kernels::FINGERPRINT;

pub use function::{call, functions};
pub use version::{Versioned, agrees, versioned};

/// Rows that a kernel takes at once: few enough that long pages fit into memory, enough that starting does not count.
const BATCH: usize = 256;
/// Rows of numbers that are worked on at once where they meet.
const MEETING: usize = 8192;

/// What meets in one partition, in bytes.
const PARTITION: u64 = 512 << 20;
/// The same as long as there are few partitions: grouping the keys of 400,000 articles took 6.4 s in two partitions and 4.3 s in sixteen, whose
/// tables are smaller.
const FINE_PARTITION: u64 = 64 << 20;
/// So many partitions are few.
const FINE_PARTITIONS: usize = 16;
/// Each partition sends something to each other, so that more cost more than they give.
const MOST_PARTITIONS: usize = 4096;

/// Where the work of stages is done.
#[derive(Debug)]
pub struct Engine {
    place: Place,
    /// How many parts of a table are worked on at once.
    pub lanes: usize,
    /// Into how many partitions a table is spread where rows of all of it meet, where that is not left to the size of the table.
    pub partitions: Option<usize>,
}

#[derive(Debug)]
enum Place {
    Embedded(Arc<RuntimeEnv>),
    Cluster(String),
}

impl Engine {
    /// DataFusion in this process, on so many cores; what does not fit into `memory` bytes is spilled into the folder `spill`.
    pub fn embedded(
        cores: usize,
        partitions: Option<usize>,
        memory: usize,
        spill: &Path,
    ) -> anyhow::Result<Self> {
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(memory)))
            .with_temp_file_path(spill)
            // Folders fill while we work.
            .with_object_list_cache_limit(0)
            .build_arc()
            .with_context(|| format!("{}: cannot be used for spilling", spill.display()))?;
        Ok(Self { place: Place::Embedded(runtime), lanes: cores, partitions })
    }

    /// The cluster whose scheduler listens at `scheduler`, a host with a port. Refused where its machines have other kernels than this program.
    pub async fn cluster(scheduler: &str, lanes: usize, partitions: Option<usize>) -> anyhow::Result<Self> {
        let engine = Self { place: Place::Cluster(scheduler.to_owned()), lanes, partitions };
        let context = engine.context(1, BATCH).await?;
        shake_hands(&context).await.with_context(|| format!("{scheduler}: the cluster cannot be used"))?;
        Ok(engine)
    }

    /// What it is called in manifests and messages.
    pub fn name(&self) -> &'static str {
        match self.place {
            Place::Embedded(_) => "DataFusion",
            Place::Cluster(_) => "Ballista",
        }
    }

    /// A session for work that keeps the order of rows and needs one of them at a time.
    pub async fn narrow(&self) -> anyhow::Result<SessionContext> {
        self.context(1, BATCH).await
    }

    /// A session for work in which rows of so many bytes meet. On a cluster what fits into one partition stays there: to spread the near-copies of
    /// 50,000 articles over four took half as long again, since each part of each step is written, told of and fetched.
    pub async fn wide(&self, bytes: u64) -> anyhow::Result<SessionContext> {
        let by = |partition: u64| usize::try_from(bytes / partition).unwrap_or(MOST_PARTITIONS);
        let by_size = by(PARTITION).max(by(FINE_PARTITION).min(FINE_PARTITIONS));
        let at_least = match self.place {
            Place::Embedded(_) => self.lanes,
            Place::Cluster(_) => 1,
        };
        let partitions =
            self.partitions.unwrap_or_else(|| by_size.clamp(at_least, MOST_PARTITIONS.max(at_least)));
        self.context(partitions, MEETING).await
    }

    async fn context(&self, partitions: usize, batch: usize) -> anyhow::Result<SessionContext> {
        match &self.place {
            Place::Embedded(runtime) => {
                let context = SessionContext::new_with_config_rt(
                    configured(SessionConfig::new(), partitions, batch),
                    Arc::clone(runtime),
                );
                functions().into_iter().for_each(|function| context.register_udf(function));
                Ok(context)
            }
            Place::Cluster(scheduler) => remote(scheduler, partitions, batch).await,
        }
    }
}

/// A session on a cluster.
async fn remote(scheduler: &str, partitions: usize, batch: usize) -> anyhow::Result<SessionContext> {
    // Ballista 55 plans without end where a stage of an adaptive plan turns out to have no rows, as that of near-copies may.
    let config =
        versioned(SessionConfig::new_with_ballista()).set_bool("ballista.planner.adaptive.enabled", false);
    let config = configured(config, partitions, batch);
    let state = SessionStateBuilder::new().with_default_features().with_config(config).build();
    let context = SessionContext::remote_with_state(&format!("df://{scheduler}"), state).await?;
    // Only now: the upgrade to a remote session puts Ballista's own functions in the place of all others.
    functions().into_iter().for_each(|function| context.register_udf(function));
    Ok(context)
}

/// Asks a cluster to call a kernel. Its scheduler and executors refuse sessions of other versions than their own.
async fn shake_hands(context: &SessionContext) -> anyhow::Result<()> {
    let fingerprint = FINGERPRINT.full_name();
    let question = context.sql(&format!("SELECT {fingerprint}(arrow_cast('ferry', 'LargeUtf8'))")).await?;
    question.collect().await?;
    Ok(())
}

fn configured(config: SessionConfig, partitions: usize, batch: usize) -> SessionConfig {
    config
        .with_target_partitions(partitions)
        .with_batch_size(batch)
        .set_bool("datafusion.execution.parquet.schema_force_view_types", false)
}

/// Columns whose values are all different, so that a dictionary of them costs and gives nothing.
pub const ALL_DIFFERENT: [&str; 5] = ["body", "text", "profile", "sketch", "signature"];
/// Those of hashes, which no compression makes shorter.
const RANDOM: [&str; 1] = ["signature"];

/// How tables are written.
fn parquet_options() -> TableParquetOptions {
    let mut options = TableParquetOptions::default();
    options.global.compression = Some("zstd(1)".to_owned());
    for column in ALL_DIFFERENT {
        let compression = RANDOM.contains(&column).then(|| "uncompressed".to_owned());
        let plain =
            ParquetColumnOptions { dictionary_enabled: Some(false), compression, ..Default::default() };
        options.column_specific_options.insert(column.to_owned(), plain);
    }
    options
}

/// Reads a file or folder of Parquet.
pub async fn read(context: &SessionContext, path: &Path) -> anyhow::Result<DataFrame> {
    let read = context.read_parquet(location(path), ParquetReadOptions::default()).await;
    read.with_context(|| format!("{}: cannot be read", path.display()))
}

/// Reads a file or folder of Parquet under a name for queries.
pub async fn register(context: &SessionContext, name: &str, path: &Path) -> anyhow::Result<()> {
    let read = context.register_parquet(name, location(path), ParquetReadOptions::default()).await;
    read.with_context(|| format!("{}: cannot be read", path.display()))
}

/// Writes rows to the Parquet file at `path`, which is there as a whole or not at all.
pub async fn write(rows: DataFrame, path: &Path) -> anyhow::Result<()> {
    let options = Some(parquet_options());
    let written = rows.write_parquet(&location(path), DataFrameWriteOptions::new(), options).await;
    written.with_context(|| format!("{}: cannot be written", path.display()))?;
    Ok(())
}

/// The rows of a query that gives few.
pub async fn rows(query: DataFrame) -> anyhow::Result<Vec<RecordBatch>> {
    Ok(query.collect().await?)
}

/// A folder is told from a file by the slash at its end.
fn location(path: &Path) -> String {
    let slash = if path.is_dir() { "/" } else { "" };
    format!("{}{slash}", path.display())
}
