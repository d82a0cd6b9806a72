//! Which texts are near-copies.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Float32Array, Int64Array};
use arrow::datatypes::{DataType, Int64Type};
use arrow::error::ArrowError;
use parallax_analysis::fingerprint::neighbours;

use super::Kernel;
use super::fingerprint::{kept, kept_columns};
use super::lists::{field, list, listed, lists, record, records, unexpected};

/// The numbers of the texts that agree in a band → the pairs of them to compare, each with how many they were.
pub const NEIGHBOURS: Kernel = Kernel {
    name: "neighbours",
    takes: || vec![list(DataType::Int64)],
    gives: || list(pair_type()),
    call: pairs,
};

/// `shingles, signature, shingles, signature` → the share of shingles that two texts have in common, 0 to 1.
pub const LIKENESS: Kernel =
    Kernel { name: "likeness", takes: two_fingerprints, gives: || DataType::Float32, call: likeness };

fn pair_type() -> DataType {
    record(vec![field("a", DataType::Int64), field("b", DataType::Int64), field("bucket", DataType::Int64)])
}

fn two_fingerprints() -> Vec<DataType> {
    [kept_columns(), kept_columns()].concat()
}

fn pairs(columns: &[ArrayRef]) -> Result<ArrayRef, ArrowError> {
    let buckets = lists(columns, 0)?;
    let (mut firsts, mut seconds, mut sizes) = (Vec::new(), Vec::new(), Vec::new());
    let mut lengths = Vec::with_capacity(buckets.len());
    for row in 0..buckets.len() {
        let members = buckets.value(row);
        let members = members.as_primitive_opt::<Int64Type>().ok_or_else(|| unexpected(columns, 0))?;
        let mut members = members.values().to_vec();
        members.sort_unstable();
        let pairs = neighbours(&members);
        lengths.push(pairs.len());
        firsts.extend(pairs.iter().map(|pair| pair.0));
        seconds.extend(pairs.iter().map(|pair| pair.1));
        sizes.extend(std::iter::repeat_n(members.len() as i64, pairs.len()));
    }
    let columns: [ArrayRef; 3] =
        [firsts, seconds, sizes].map(|column| Arc::new(Int64Array::from(column)) as ArrayRef);
    Ok(Arc::new(listed(lengths, Arc::new(records(pair_type(), columns.into())?))?))
}

fn likeness(columns: &[ArrayRef]) -> Result<ArrayRef, ArrowError> {
    let (ones, others) = (kept(columns, 0)?, kept(columns, 2)?);
    let shares = ones.iter().zip(&others).map(|(one, other)| one.jaccard(other));
    Ok(Arc::new(shares.collect::<Float32Array>()))
}
