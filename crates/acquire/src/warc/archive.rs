//! From one record of an archive to the next.

use std::io::{self, BufRead, Read};

use super::members::Members;
use super::page::{self, Page};
use super::record::{self, Head};
use crate::event::Record;
use crate::{Error, LARGEST_REPORT};

/// Room for the head of an answer beside its body.
const HEAD_OF_ANSWER: u64 = 64 << 10;
/// Bytes in which a line is looked for after a broken record.
const LONGEST_LINE: u64 = 64 << 10;

/// The records of an archive, as far as it was read.
pub(super) struct Archive<M> {
    members: M,
    name: String,
    /// Of the last record, from 1.
    number: usize,
    /// Where the last record begins.
    offset: u64,
    /// The first line of a record, with where it begins, if it was read in search of one.
    ahead: Option<(u64, Vec<u8>)>,
    is_done: bool,
}

impl<M: Members> Archive<M> {
    pub(super) fn new(members: M, name: String) -> Self {
        Self { members, name, number: 0, offset: 0, ahead: None, is_done: false }
    }

    /// Reads on to the next page; `None` at the end.
    fn next_page(&mut self) -> Result<Option<Page>, Error> {
        while let Some(line) = self.first_line()? {
            if !record::is_version(&line) {
                return Err(Error::Malformed("does not begin with WARC/1.0 or WARC/1.1"));
            }
            let head = record::read_fields(&mut self.members)?;
            if !head.is_answer() {
                self.pass_over(head.length)?;
                continue;
            }
            if let Some(page) = self.page(&head)? {
                return Ok(Some(page));
            }
        }
        Ok(None)
    }

    /// The page in the block of an answer. Of what is no page only the head is kept.
    fn page(&mut self, head: &Head) -> Result<Option<Page>, Error> {
        let mut block = self.bytes(head.length.min(HEAD_OF_ANSWER))?;
        let rest = head.length.saturating_sub(block.len() as u64);
        let is_page = page::is_page(&block);
        let is_too_large = head.length > LARGEST_REPORT as u64 + HEAD_OF_ANSWER;
        if is_too_large || !matches!(is_page, Ok(true)) {
            self.pass_over(rest)?;
            return is_page.and_then(|is_page| if is_page { Err(Error::TooLarge) } else { Ok(None) });
        }
        block.append(&mut self.bytes(rest)?);
        self.end()?;
        page::read(head, &block).map(Some)
    }

    /// The first line of the next record, from the next member where this one is at its end.
    fn first_line(&mut self) -> Result<Option<Vec<u8>>, Error> {
        loop {
            let (offset, line) = match self.ahead.take() {
                Some((offset, line)) => (offset, Ok(line)),
                None => (self.members.offset(), self.line()),
            };
            match line {
                Ok(line) if line.is_empty() => match self.members.next_member() {
                    Ok(true) => {}
                    Ok(false) => return Ok(None),
                    Err(error) => {
                        self.number += 1;
                        self.offset = self.members.offset();
                        return Err(error.into());
                    }
                },
                Ok(line) if line.trim_ascii().is_empty() => {}
                line => {
                    self.number += 1;
                    self.offset = offset;
                    return Ok(Some(line?));
                }
            }
        }
    }

    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.members.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    fn pass_over(&mut self, length: u64) -> Result<(), Error> {
        let passed = io::copy(&mut self.members.by_ref().take(length), &mut io::sink())?;
        if passed < length { Err(CUT) } else { self.end() }
    }

    fn bytes(&mut self, length: u64) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        self.members.by_ref().take(length).read_to_end(&mut bytes)?;
        if (bytes.len() as u64) < length { Err(CUT) } else { Ok(bytes) }
    }

    /// Makes sure that the record ends where its length says: with two empty lines, or the end of the archive.
    fn end(&mut self) -> Result<(), Error> {
        let rest = self.line()?;
        if rest.trim_ascii().is_empty() {
            Ok(())
        } else {
            Err(Error::Malformed("its Content-Length does not lead to its end"))
        }
    }

    /// Goes to where a record can begin after a broken one.
    fn recover(&mut self) -> io::Result<()> {
        loop {
            let offset = self.members.offset();
            // Where the rest of the member cannot be read, the next one may be.
            let line = self.line().unwrap_or_default();
            if line.is_empty() {
                // Strange bytes before it were told, or stand behind a record that was.
                let next = self.members.next_member().or_else(|_| self.members.next_member());
                self.is_done = !next?;
                return Ok(());
            }
            if record::is_version(&line) {
                self.ahead = Some((offset, line));
                return Ok(());
            }
        }
    }

    /// The file, the number of the record and where it begins.
    fn place(&self) -> String {
        format!("{}: record {} at byte {}", self.name, self.number, self.offset)
    }
}

const CUT: Error = Error::Malformed("cut short: it is shorter than its Content-Length");

impl<M: Members> Iterator for Archive<M> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.is_done {
            return None;
        }
        match self.next_page() {
            Ok(Some(page)) => {
                let place = self.place();
                Some(Record { read: Ok(page.into_found(place.clone())), place })
            }
            Ok(None) => {
                self.is_done = true;
                (self.number == 0).then(|| Record { place: self.name.clone(), read: Err(Error::Empty) })
            }
            Err(error) => {
                let place = self.place();
                if self.recover().is_err() {
                    self.is_done = true;
                }
                Some(Record { place, read: Err(error) })
            }
        }
    }
}
