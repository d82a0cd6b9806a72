//! The items of a message, found by their tags.

use std::io::{self, BufRead, Read};

use crate::{Error, LARGEST_REPORT};

/// The items of a file, each with where it begins.
pub(super) struct Items<R> {
    source: R,
    /// Bytes read so far.
    read: u64,
    is_done: bool,
}

/// What a stretch of XML ends with.
#[derive(Debug, PartialEq, Eq)]
enum Tag {
    Start,
    End,
    Other,
}

impl<R: BufRead> Items<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, read: 0, is_done: false }
    }

    /// The next item with where it begins; `None` at the end.
    fn item(&mut self) -> Result<Option<(u64, Vec<u8>)>, (u64, Error)> {
        let mut found: Option<(u64, Vec<u8>)> = None;
        loop {
            let at = self.read;
            let piece = self.piece().map_err(|error| (at, error.into()))?;
            if piece.is_empty() {
                return match found {
                    Some((start, _)) => Err((start, Error::Malformed("cut short: the item does not end"))),
                    None => Ok(None),
                };
            }
            let (tag, open) = last_tag(&piece);
            match (&mut found, tag) {
                (None, Tag::Start) => {
                    found = Some((at + open as u64, piece.get(open..).unwrap_or_default().to_vec()))
                }
                (None, _) => {}
                (Some((start, item)), tag) => {
                    item.extend_from_slice(&piece);
                    if item.len() > LARGEST_REPORT {
                        return Err((*start, Error::TooLarge));
                    }
                    if tag == Tag::End {
                        return Ok(found);
                    }
                }
            }
        }
    }

    /// What is up to the end of the next tag.
    fn piece(&mut self) -> io::Result<Vec<u8>> {
        let mut piece = Vec::new();
        self.source.by_ref().take(LARGEST_REPORT as u64 + 1).read_until(b'>', &mut piece)?;
        self.read += piece.len() as u64;
        Ok(piece)
    }
}

impl<R: BufRead> Iterator for Items<R> {
    type Item = (u64, Result<Vec<u8>, Error>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        match self.item() {
            Ok(item) => {
                self.is_done = item.is_none();
                item.map(|(at, item)| (at, Ok(item)))
            }
            Err((at, error)) => {
                self.is_done = matches!(error, Error::Io(_));
                Some((at, Err(error)))
            }
        }
    }
}

/// Whether the tag that a piece ends with begins or ends an item, and where in the piece it opens.
fn last_tag(piece: &[u8]) -> (Tag, usize) {
    let Some(open) = piece.iter().rposition(|byte| *byte == b'<') else { return (Tag::Other, 0) };
    let inside = piece.get(open + 1..).unwrap_or_default();
    let (is_end, inside) = inside.strip_prefix(b"/").map_or((false, inside), |inside| (true, inside));
    let name: &[u8] = inside
        .split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
        .next()
        .unwrap_or_default();
    let name = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
    match (name == b"newsItem", is_end) {
        (true, false) => (Tag::Start, open),
        (true, true) => (Tag::End, open),
        (false, _) => (Tag::Other, open),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_found_by_their_tags() {
        let check = |file: &str, expected: &[(u64, Option<&str>)]| {
            let found: Vec<_> = Items::new(file.as_bytes())
                .map(|(at, item)| (at, item.ok().map(|item| String::from_utf8_lossy(&item).into_owned())))
                .collect();
            let found: Vec<_> = found.iter().map(|(at, item)| (*at, item.as_deref())).collect();
            assert_eq!(found, expected, "{file:?}");
        };
        check("<newsItem guid='a'>x</newsItem>", &[(0, Some("<newsItem guid='a'>x</newsItem>"))]);
        check("<a>\n<n:newsItem><b/></n:newsItem >", &[(4, Some("<n:newsItem><b/></n:newsItem >"))]);
        check(
            "<newsItems><newsItem>1</newsItem><newsItem>2",
            &[(11, Some("<newsItem>1</newsItem>")), (33, None)],
        );
        check("<html></html>", &[]);
        check("", &[]);
    }
}
