//! The quotations of an article as rows of JSONL, rows of CSV, W3C Web Annotations, and text.

mod annotation;
mod csv;
mod jsonl;

pub(crate) use self::annotation::annotations;
pub(crate) use self::csv::{csv_header, csv_rows};
pub(crate) use self::jsonl::{article_line, quotation_lines};
