//! Columns by their names and types, and rows of lists.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, LargeStringArray, ListArray, ListBuilder, StringArray, StringBuilder,
    StructArray,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, Fields, Int64Type};
use arrow::error::ArrowError;

/// A column that may be null.
pub(super) fn field(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, true)
}

/// A list of such values.
pub(super) fn list(item: DataType) -> DataType {
    DataType::List(Arc::new(Field::new_list_field(item, true)))
}

/// A record of such columns.
pub(super) fn record(fields: Vec<Field>) -> DataType {
    DataType::Struct(Fields::from(fields))
}

/// The column of a kernel's arguments at `at`, as text.
pub(super) fn text(columns: &[ArrayRef], at: usize) -> Result<&StringArray, ArrowError> {
    column(columns, at)?.as_string_opt().ok_or_else(|| unexpected(columns, at))
}

/// The same for texts that may be long.
pub(super) fn long_text(columns: &[ArrayRef], at: usize) -> Result<&LargeStringArray, ArrowError> {
    column(columns, at)?.as_string_opt().ok_or_else(|| unexpected(columns, at))
}

/// The same for lists.
pub(super) fn lists(columns: &[ArrayRef], at: usize) -> Result<&ListArray, ArrowError> {
    column(columns, at)?.as_list_opt().ok_or_else(|| unexpected(columns, at))
}

/// The column of a kernel's arguments at `at`.
pub(super) fn column(columns: &[ArrayRef], at: usize) -> Result<&ArrayRef, ArrowError> {
    columns.get(at).ok_or_else(|| ArrowError::InvalidArgumentError(format!("column {at} is missing")))
}

/// Says that a column is of another type than the kernel takes.
pub(super) fn unexpected(columns: &[ArrayRef], at: usize) -> ArrowError {
    let kind = columns.get(at).map(|column| column.data_type().to_string()).unwrap_or_default();
    ArrowError::InvalidArgumentError(format!("column {at} is of the type {kind}"))
}

/// The value of a text column in a row.
pub(super) fn value(column: &StringArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}

/// The texts of a list in a row.
pub(super) fn texts(column: &ListArray, row: usize) -> Vec<String> {
    if column.is_null(row) {
        return Vec::new();
    }
    let items = column.value(row);
    items
        .as_string_opt::<i32>()
        .map(|items| items.iter().flatten().map(str::to_owned).collect())
        .unwrap_or_default()
}

/// The numbers of a list in a row.
pub(super) fn numbers(column: &ListArray, row: usize) -> Vec<i64> {
    if column.is_null(row) {
        return Vec::new();
    }
    let items = column.value(row);
    items.as_primitive_opt::<Int64Type>().map(|items| items.values().to_vec()).unwrap_or_default()
}

/// A column of lists of texts.
pub(super) fn text_lists<I: IntoIterator<Item = S>, S: AsRef<str>>(
    rows: impl IntoIterator<Item = I>,
) -> ListArray {
    let mut builder = ListBuilder::new(StringBuilder::new());
    for row in rows {
        row.into_iter().for_each(|item| builder.values().append_value(item));
        builder.append(true);
    }
    builder.finish()
}

/// A column of lists, which have so many of the items each, in order.
pub(super) fn listed(
    lengths: impl IntoIterator<Item = usize>,
    items: ArrayRef,
) -> Result<ListArray, ArrowError> {
    let field = Arc::new(Field::new_list_field(items.data_type().clone(), true));
    ListArray::try_new(field, OffsetBuffer::from_lengths(lengths), items, None)
}

/// A column of records; `kind` is their type.
pub(super) fn records(kind: DataType, columns: Vec<ArrayRef>) -> Result<StructArray, ArrowError> {
    let DataType::Struct(fields) = kind else {
        return Err(ArrowError::InvalidArgumentError(format!("{kind} is no record")));
    };
    StructArray::try_new(fields, columns, None)
}
