//! The stretches of an archive that are compressed on their own.
//!
//! "A gzip-compressed WARC file is a concatenation of records, each compressed on its own" (ISO 28500, annex D). A broken one then costs no
//! other: the next is found by its first bytes.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::mem::replace;

use flate2::bufread::GzDecoder;

/// A source of bytes in stretches. Reading comes to an end at the end of each.
pub(super) trait Members: BufRead + Send {
    /// Goes to the next stretch, if there is one. Of the present one the rest is passed over.
    fn next_member(&mut self) -> io::Result<bool>;

    /// Where in the file this stretch begins, or where in it reading is, if it is not compressed.
    fn offset(&self) -> u64;
}

/// A source that is one stretch.
pub(super) struct Whole<R> {
    source: R,
    read: u64,
    is_open: bool,
}

impl<R: BufRead> Whole<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, read: 0, is_open: false }
    }
}

impl<R: BufRead> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.read += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Whole<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.source.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.read += amount as u64;
        self.source.consume(amount);
    }
}

impl<R: BufRead + Send> Members for Whole<R> {
    fn next_member(&mut self) -> io::Result<bool> {
        Ok(!replace(&mut self.is_open, true))
    }

    fn offset(&self) -> u64 {
        self.read
    }
}

/// A file of gzip members.
pub(super) struct Gzip<R: BufRead> {
    member: Member<R>,
    /// Where the member begins in the file.
    start: u64,
}

enum Member<R: BufRead> {
    /// Between two members.
    Between(Whole<R>),
    Inside(Box<BufReader<GzDecoder<Whole<R>>>>),
    /// Only while it changes.
    Changing,
}

/// The first bytes of a gzip member with the one method that there is, deflate.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

impl<R: BufRead> Gzip<R> {
    pub(super) fn new(file: R) -> Self {
        Self { member: Member::Between(Whole::new(file)), start: 0 }
    }
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.member {
            Member::Inside(member) => member.read(buffer),
            Member::Between(_) | Member::Changing => Ok(0),
        }
    }
}

impl<R: BufRead> BufRead for Gzip<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match &mut self.member {
            Member::Inside(member) => member.fill_buf(),
            Member::Between(_) | Member::Changing => Ok(&[]),
        }
    }

    fn consume(&mut self, amount: usize) {
        if let Member::Inside(member) = &mut self.member {
            member.consume(amount);
        }
    }
}

impl<R: BufRead + Send> Members for Gzip<R> {
    fn next_member(&mut self) -> io::Result<bool> {
        let (mut file, is_sound) = match replace(&mut self.member, Member::Changing) {
            Member::Between(file) => (file, true),
            Member::Inside(mut member) => {
                // What is broken in it was told where it was met.
                let end = io::copy(&mut member, &mut io::sink());
                (member.into_inner().into_inner(), end.is_ok())
            }
            Member::Changing => return Ok(false),
        };
        self.start = file.read;
        let found = to_magic(&mut file);
        let is_strange = is_sound && found.as_ref().is_ok_and(|found| found.strange > 0);
        if is_strange {
            self.member = Member::Between(file);
            return Err(io::Error::new(io::ErrorKind::InvalidData, "bytes that are no gzip member"));
        }
        self.start = file.read;
        let is_found = found.map(|found| found.is_there);
        self.member = match is_found {
            Ok(true) => Member::Inside(Box::new(BufReader::new(GzDecoder::new(file)))),
            Ok(false) | Err(_) => Member::Between(file),
        };
        is_found
    }

    fn offset(&self) -> u64 {
        self.start
    }
}

/// What the search for the next member came to.
struct Found {
    is_there: bool,
    /// How many bytes were passed over that are no padding.
    strange: usize,
}

/// Goes to where the next member begins, if there is one: what lies between is passed over.
fn to_magic(file: &mut impl BufRead) -> io::Result<Found> {
    let mut strange = 0;
    loop {
        let buffer = file.fill_buf()?;
        if buffer.is_empty() {
            return Ok(Found { is_there: false, strange });
        }
        let (passed, is_there) = match buffer.windows(MAGIC.len()).position(|window| window == MAGIC) {
            Some(at) => (at, true),
            // The magic may be cut by the end of the buffer; then what is left of it is enough to go by.
            None if buffer.first() == MAGIC.first() && buffer.len() < MAGIC.len() => (0, true),
            None => {
                let kept = (1..MAGIC.len()).rev().find(|kept| buffer.ends_with(&MAGIC[..*kept])).unwrap_or(0);
                (buffer.len() - kept, false)
            }
        };
        let is_padding = |byte: &&u8| **byte == 0 || byte.is_ascii_whitespace();
        strange += buffer.iter().take(passed).filter(|byte| !is_padding(byte)).count();
        file.consume(passed);
        if is_there {
            return Ok(Found { is_there, strange });
        }
    }
}

/// The first bytes of the skippable frame that holds a dictionary, and of a frame of data ("WARC compression with Zstandard", IIPC).
pub(crate) const DICTIONARY_MAGIC: [u8; 4] = 0x184D_2A5D_u32.to_le_bytes();
const FRAME_MAGIC: [u8; 4] = 0xFD2F_B528_u32.to_le_bytes();
/// A larger dictionary is none.
const LARGEST_DICTIONARY: u64 = 16 << 20;

/// The bytes of a file of Zstandard frames, with the dictionary that may stand first.
pub(super) fn zstandard(mut file: impl BufRead + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    let mut head = Vec::new();
    file.by_ref().take(8).read_to_end(&mut head)?;
    let size =
        head.strip_prefix(&DICTIONARY_MAGIC).and_then(|size| Some(u32::from_le_bytes(size.try_into().ok()?)));
    let Some(size) = size.map(u64::from).filter(|size| *size <= LARGEST_DICTIONARY) else {
        let decoder = zstd::Decoder::with_buffer(Cursor::new(head).chain(file))?;
        return Ok(Box::new(BufReader::new(decoder)));
    };
    let mut dictionary = Vec::new();
    file.by_ref().take(size).read_to_end(&mut dictionary)?;
    if dictionary.starts_with(&FRAME_MAGIC) {
        let mut plain = Vec::new();
        zstd::Decoder::new(dictionary.as_slice())?.take(LARGEST_DICTIONARY).read_to_end(&mut plain)?;
        dictionary = plain;
    }
    Ok(Box::new(BufReader::new(zstd::Decoder::with_dictionary(file, &dictionary)?)))
}
