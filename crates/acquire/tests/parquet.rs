//! Parquet files as pyarrow writes them: `parquet/write.py` makes those that are read here.
#![cfg(feature = "parquet")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parallax_acquire::{Acquired, acquire};
use parallax_model::{Body, RawReport};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parquet").join(name).with_extension("parquet")
}

fn read(path: &Path) -> Acquired {
    acquire(&[path.to_owned()])
}

/// Problems without the folder that they are in.
fn problems(acquired: &Acquired) -> Vec<String> {
    let told = acquired.problems.iter().map(|problem| {
        let place = problem.place.rsplit('/').next().unwrap_or_default();
        format!("{place}: {}", problem.reason)
    });
    told.collect()
}

fn text(report: &RawReport) -> &str {
    match &report.body {
        Body::Text(text) | Body::Html(text) => text,
    }
}

#[test]
fn every_type_compression_and_group_of_rows_is_read() {
    let check = |name: &str, published: &str| {
        let acquired = read(&file(name));
        let [first, third] = acquired.reports.as_slice() else { panic!("{name}: {acquired:?}") };
        assert_eq!((first.id.as_str(), text(first)), ("a", "The dam broke on Monday."), "{name}");
        assert_eq!(first.source.as_deref(), Some("Harlow Wire"), "{name}");
        assert_eq!(first.published.as_deref(), Some(published), "{name}");
        assert_eq!(first.authors, ["By Ada Osei"], "{name}");
        // The row without an id goes by its number.
        assert_eq!(
            (third.id.as_str(), text(third)),
            (&*format!("{name}-3"), "Nobody was hurt, the mayor said.")
        );
        assert!(third.authors.is_empty(), "{name}");
        let without_text = [2, 4].map(|row| format!("{name}.parquet: record {row}: empty: there is no text"));
        assert_eq!(problems(&acquired), without_text, "{name}");
    };
    check("ms", "2031-05-04T10:00:00Z");
    check("us", "2031-05-04T10:00:00Z");
    check("ns", "2031-05-04T10:00:00Z");
    check("large", "2031-05-04");
    check("bytes", "4 May 2031");
}

/// Writes a table of ids, texts and the milliseconds since 1970 when they appeared, as the reference writer of Parquet does.
fn write(path: &Path, rows: &[(&str, Option<&str>, Option<i64>)]) -> Result<(), ParquetError> {
    let schema = "message reports { required binary id (UTF8); optional binary text (UTF8);
                  optional int64 published (TIMESTAMP(MILLIS,true)); }";
    let schema = Arc::new(parse_message_type(schema)?);
    let mut writer = SerializedFileWriter::new(fs::File::create(path)?, schema, Arc::default())?;
    let levels =
        |given: &dyn Fn(usize) -> bool| (0..rows.len()).map(|at| i16::from(given(at))).collect::<Vec<_>>();
    let mut group = writer.next_row_group()?;
    let mut number = 0;
    while let Some(mut column) = group.next_column()? {
        match number {
            0 => {
                let ids: Vec<ByteArray> = rows.iter().map(|(id, ..)| ByteArray::from(*id)).collect();
                column.typed::<ByteArrayType>().write_batch(&ids, None, None)?;
            }
            1 => {
                let texts: Vec<ByteArray> =
                    rows.iter().filter_map(|(_, text, _)| Some(ByteArray::from((*text)?))).collect();
                let levels = levels(&|at| rows[at].1.is_some());
                column.typed::<ByteArrayType>().write_batch(&texts, Some(&levels), None)?;
            }
            _ => {
                let moments: Vec<i64> = rows.iter().filter_map(|(.., moment)| *moment).collect();
                let levels = levels(&|at| rows[at].2.is_some());
                column.typed::<Int64Type>().write_batch(&moments, Some(&levels), None)?;
            }
        }
        column.close()?;
        number += 1;
    }
    group.close()?;
    writer.close()?;
    Ok(())
}

#[test]
fn a_table_that_was_just_written_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.parquet");
    let rows = [
        ("a", Some("The dam broke on Monday."), Some(1_935_655_200_000)),
        ("b", None, None),
        ("c", Some("Nobody was hurt, the mayor said."), None),
    ];
    write(&path, &rows).expect("it is written");
    let acquired = read(&path);
    let found: Vec<_> =
        acquired.reports.iter().map(|r| (r.id.as_str(), text(r), r.published.as_deref())).collect();
    let expected = [
        ("a", "The dam broke on Monday.", Some("2031-05-04T10:00:00Z")),
        ("c", "Nobody was hurt, the mayor said.", None),
    ];
    assert_eq!(found, expected);
    assert_eq!(problems(&acquired), ["news.parquet: record 2: empty: there is no text"]);
}

#[test]
fn what_holds_no_reports_says_why() {
    let check = |name: &str, reason: &str| {
        let acquired = read(&file(name));
        assert!(acquired.reports.is_empty(), "{name}");
        let [problem] = problems(&acquired).try_into().unwrap_or_else(|all| panic!("{name}: {all:?}"));
        let problem: String = problem;
        assert!(problem.contains(reason), "{name}: {problem}");
    };
    check("no-text", "no column");
    check("no-rows", "empty");
}

#[test]
fn a_file_that_was_cut_off_or_damaged_is_a_problem_and_no_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = fs::read(file("us")).expect("the file is there");
    let check = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("it is written");
        let acquired = read(&path);
        assert!(!acquired.problems.is_empty(), "{name}");
        assert!(acquired.problems.iter().all(|problem| problem.place.contains(name)), "{name}: {acquired:?}");
    };
    check("empty.parquet", b"");
    check("half.parquet", &whole[..whole.len() / 2]);
    check("no-foot.parquet", &whole[..whole.len() - 4]);
    check("other.parquet", b"PAR1 and nothing else PAR1");
    // Any single byte may be wrong.
    for at in (0..whole.len()).step_by(7) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x5a;
        let path = folder.path().join("damaged.parquet");
        fs::write(&path, &damaged).expect("it is written");
        let acquired = read(&path);
        assert!(acquired.reports.len() + acquired.problems.len() <= 8, "{at}: {acquired:?}");
    }
}
