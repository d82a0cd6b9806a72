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

/// An item, or why it cannot be read, with where it begins.
type Cut = (u64, Result<Vec<u8>, Error>);

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

    /// The next item, or why there is none, with where it begins; `None` at the end.
    fn item(&mut self) -> Option<Cut> {
        let mut found: Option<(u64, Vec<u8>)> = None;
        loop {
            let at = self.read;
            let piece = match self.piece() {
                Ok(piece) => piece,
                Err(error) => return Some((at, Err(error.into()))),
            };
            if piece.is_empty() {
                let cut = Error::Malformed("cut short: the item does not end");
                return found.map(|(start, _)| (start, Err(cut)));
            }
            let (tag, open) = last_tag(&piece);
            match (&mut found, tag) {
                (None, Tag::Start) => {
                    found = Some((at + open as u64, piece.get(open..).unwrap_or_default().to_vec()));
                }
                (None, _) => {}
                (Some((start, item)), tag) => {
                    item.extend_from_slice(&piece);
                    if item.len() > LARGEST_REPORT {
                        return Some((*start, Err(Error::TooLarge)));
                    }
                    if tag == Tag::End {
                        return found.map(|(start, item)| (start, Ok(item)));
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
    type Item = Cut;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let item = self.item();
        self.is_done = matches!(item, None | Some((_, Err(Error::Io(_)))));
        item
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
