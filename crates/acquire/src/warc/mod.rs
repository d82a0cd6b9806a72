//! Web archives (WARC 1.0 and 1.1, ISO 28500), as crawls such as CC-NEWS keep them: `.warc`, `.warc.gz` and `.warc.zst`.
//!
//! A page is a `response` record whose body is HTML. Other records, redirects, pictures and the like are passed over. A broken record is a
//! problem with its number and place, and reading goes on with the next one that can be found.

mod archive;
mod members;
mod page;
mod record;

use std::io::BufRead;

use self::archive::Archive;
pub(crate) use self::members::DICTIONARY_MAGIC;
use self::members::{Gzip, Members, Whole};
use crate::event::Record;
use crate::format::Compression;
use crate::{Error, Source};

/// The pages of an archive that is called `name`, compressed as it is told.
pub(crate) fn open(
    file: Box<dyn BufRead + Send>,
    compression: Compression,
    name: String,
) -> Result<Source, Error> {
    Ok(match compression {
        Compression::None => pages(Whole::new(file), name),
        Compression::Gzip => pages(Gzip::new(file), name),
        Compression::Zstandard => pages(Whole::new(members::zstandard(file)?), name),
    })
}

fn pages(members: impl Members + 'static, name: String) -> Source {
    Box::new(Archive::new(members, name).flat_map(Record::events))
}
