//! NewsML-G2 (IPTC), the news industry's XML: the items of a message, or one alone.
//!
//! Each item is cut out of the file by its tags and read on its own, so that a message of any length is read in little memory and a broken
//! item costs no other. Entities that a file defines are not looked up, inside or outside of it: they stay as they are written.

mod cutting;
mod item;

use std::io::BufRead;

use self::cutting::Items;
use crate::decode::decode;
use crate::event::{Found, Record};
use crate::{Error, Source};

/// The reports of a file that is called `name`.
pub(crate) fn open(file: impl BufRead + Send + 'static, name: String) -> Source {
    Box::new(records(file, name).flat_map(Record::events))
}

/// What each item of a file came to.
pub(crate) fn records(file: impl BufRead, name: String) -> impl Iterator<Item = Record> {
    let mut is_empty = true;
    let mut items = Items::new(file).enumerate();
    std::iter::from_fn(move || {
        let Some((index, (offset, item))) = items.next() else {
            return std::mem::replace(&mut is_empty, false).then(|| Record {
                place: name.clone(),
                read: Err(Error::Malformed("no item of NewsML-G2 is in it")),
            });
        };
        is_empty = false;
        let place = format!("{name}: record {} at byte {offset}", index + 1);
        let read = item.and_then(|item| {
            let decoded = decode(item, |_| None)?;
            let report = item::read(&decoded.text, &place)?;
            Ok(Found { report, note: decoded.note })
        });
        Some(Record { place, read })
    })
}
