//! JSON files of reports: ninjs items as newsrooms exchange them, or rows as JSONL has them, alone, in a list, or one after the other.

mod ninjs;
mod values;

use std::io::BufRead;

use serde_json::{Map, Value};

use self::values::Values;
use crate::decode::{Decoded, decode};
use crate::event::{Found, Record};
use crate::{Error, Source, jsonl};

/// The reports of a file that is called `name`.
pub(crate) fn open(file: impl BufRead + Send + 'static, name: String) -> Source {
    Box::new(records(file, name).flat_map(Record::events))
}

/// What each object of a file came to.
pub(crate) fn records(file: impl BufRead, name: String) -> impl Iterator<Item = Record> {
    let mut is_empty = true;
    let mut values = Values::new(file).enumerate();
    std::iter::from_fn(move || {
        let Some((index, (offset, value))) = values.next() else {
            return std::mem::replace(&mut is_empty, false)
                .then(|| Record { place: name.clone(), read: Err(Error::Empty) });
        };
        is_empty = false;
        let place = format!("{name}: record {} at byte {offset}", index + 1);
        let read = value.and_then(|value| read(value, &place));
        Some(Record { place, read })
    })
}

/// Reads one object: a row of ours if it has a text or a page of its own, else a ninjs item.
fn read(value: Vec<u8>, place: &str) -> Result<Found, Error> {
    let Decoded { text, note } = decode(value, |_| None)?;
    let object: Map<String, Value> = serde_json::from_str(&text)?;
    if object.contains_key("text") || object.contains_key("html") {
        return jsonl::parse(text.into_bytes(), place);
    }
    ninjs::read(&object, place).map(|report| Found { report, note })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_items_may_stand_together() {
        let file =
            br#"[{"id": "a", "text": "Rain."}, {"uri": "u:1", "body_text": "Snow."}, {"uri": "u:2"}, 7]"#;
        let told: Vec<_> = records(file.as_slice(), "f".into())
            .map(|record| {
                record.read.map(|found| found.report.id).map_err(|error| format!("{}: {error}", record.place))
            })
            .collect();
        assert_eq!(
            told,
            [
                Ok("a".to_owned()),
                Ok("u:1".to_owned()),
                Err("f: record 3 at byte 69: the field body_text is missing".to_owned()),
                Err("f: record 4 at byte 85: not a JSON object".to_owned()),
            ]
        );
    }
}
