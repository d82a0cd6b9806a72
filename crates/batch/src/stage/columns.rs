//! Tables that this process reads and writes itself.

use std::fs::{self, File};
use std::path::Path;

use anyhow::Context;
use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};

use crate::engine::ALL_DIFFERENT;

/// Rows that are read at once.
const BATCH: usize = 1024;

/// Writes a Parquet file, as a whole or not at all.
pub(super) fn write_batches(
    path: &Path,
    schema: &SchemaRef,
    batches: impl IntoIterator<Item = anyhow::Result<RecordBatch>>,
) -> anyhow::Result<()> {
    let draft = path.with_extension("draft");
    let write = || -> anyhow::Result<()> {
        let mut writer =
            ArrowWriter::try_new(File::create(&draft)?, SchemaRef::clone(schema), Some(properties()?))?;
        for batch in batches {
            writer.write(&batch?)?;
        }
        writer.into_inner()?.sync_all()?;
        Ok(fs::rename(&draft, path)?)
    };
    write().with_context(|| format!("{}: cannot be written", path.display()))
}

fn properties() -> anyhow::Result<WriterProperties> {
    let compression = Compression::ZSTD(ZstdLevel::try_new(1)?);
    let properties = WriterProperties::builder().set_compression(compression);
    let columns = ALL_DIFFERENT.map(|name| vec![name.to_owned()].into());
    let plain = |all: WriterPropertiesBuilder, column| all.set_column_dictionary_enabled(column, false);
    Ok(columns.into_iter().fold(properties, plain).build())
}

/// Reads a Parquet file.
pub(super) fn read_batches(path: &Path) -> anyhow::Result<ParquetRecordBatchReader> {
    let open = || -> anyhow::Result<ParquetRecordBatchReader> {
        Ok(ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?.with_batch_size(BATCH).build()?)
    };
    open().with_context(|| format!("{}: cannot be read", path.display()))
}
