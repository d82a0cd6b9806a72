//! Fingerprints of texts, and the keys by which near-copies meet.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryBuilder, Int64Array, Int64Builder, ListBuilder};
use arrow::datatypes::{DataType, Int64Type};
use arrow::error::ArrowError;
use parallax_analysis::fingerprint::Fingerprint;

use super::Kernel;
use super::lists::{column, field, list, long_text, record, records, unexpected};

/// A text → its fingerprint: how many shingles it stands for, and the values of its signature, four bytes each, low byte first. A text without
/// words has no signature.
pub const FINGERPRINT: Kernel = Kernel {
    name: "fingerprint",
    takes: || vec![DataType::LargeUtf8],
    gives: fingerprint_type,
    call: fingerprints,
};

/// `shingles, signature` → the keys of the fingerprint's bands.
pub const BANDS: Kernel =
    Kernel { name: "bands", takes: kept_columns, gives: || list(DataType::Int64), call: bands };

fn fingerprint_type() -> DataType {
    record(vec![field("shingles", DataType::Int64), field("signature", DataType::Binary)])
}

/// The columns of a kept fingerprint.
pub(super) fn kept_columns() -> Vec<DataType> {
    vec![DataType::Int64, DataType::Binary]
}

fn fingerprints(columns: &[ArrayRef]) -> Result<ArrayRef, ArrowError> {
    let texts = long_text(columns, 0)?;
    let mut signatures = BinaryBuilder::new();
    let mut shingles = Vec::with_capacity(texts.len());
    let mut bytes = Vec::new();
    for text in texts {
        let fingerprint = Fingerprint::of_text(text.unwrap_or_default());
        shingles.push(fingerprint.shingles as i64);
        bytes.clear();
        bytes.extend(fingerprint.signature().iter().flat_map(|value| value.to_le_bytes()));
        signatures.append_option((!bytes.is_empty()).then_some(&bytes));
    }
    let columns: Vec<ArrayRef> = vec![Arc::new(Int64Array::from(shingles)), Arc::new(signatures.finish())];
    Ok(Arc::new(records(fingerprint_type(), columns)?))
}

fn bands(columns: &[ArrayRef]) -> Result<ArrayRef, ArrowError> {
    let mut keys = ListBuilder::new(Int64Builder::new());
    for fingerprint in kept(columns, 0)? {
        // Other engines know no unsigned numbers.
        fingerprint.bands().for_each(|key| keys.values().append_value(key.cast_signed()));
        keys.append(true);
    }
    Ok(Arc::new(keys.finish()))
}

/// The fingerprints kept in two columns from `at` on. What is none stands for a text without words.
pub(super) fn kept(columns: &[ArrayRef], at: usize) -> Result<Vec<Fingerprint>, ArrowError> {
    let shingles =
        column(columns, at)?.as_primitive_opt::<Int64Type>().ok_or_else(|| unexpected(columns, at))?;
    let signatures = column(columns, at + 1)?;
    let signatures = signatures.as_binary_opt::<i32>().ok_or_else(|| unexpected(columns, at + 1))?;
    let empty = || Fingerprint::of_shingles(&[]);
    let read = |row: usize| {
        let bytes = if signatures.is_valid(row) { signatures.value(row) } else { &[] };
        let values = bytes.as_chunks::<4>().0.iter().map(|value| u32::from_le_bytes(*value)).collect();
        Fingerprint::from_signature(values, shingles.value(row) as usize).unwrap_or_else(empty)
    };
    Ok((0..shingles.len()).map(read).collect())
}
