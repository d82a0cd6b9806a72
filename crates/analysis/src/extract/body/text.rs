//! Blocks to a text that says what its parts are.

use super::Body;
use super::outline::{Block, Kind, Outline};

/// A stretch of the text and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::extract) struct Part {
    /// Where it starts and ends, in bytes.
    pub(in crate::extract) span: std::ops::Range<usize>,
    pub(in crate::extract) kind: Kind,
}

/// Joins blocks: items of a list by a line break, all others by a blank line.
pub(super) fn join<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> Body {
    let mut body = Body::default();
    for block in blocks {
        body.push(&block.text, block.kind);
    }
    body
}

/// The text as the page's own statements give it, a paragraph a line.
pub(super) fn of_paragraphs(stated: &str) -> Body {
    let mut body = Body::default();
    for line in stated.lines().map(str::trim).filter(|line| !line.is_empty()) {
        body.push(line, Kind::Paragraph);
    }
    body
}

/// All text of a page.
pub(super) fn all(outline: &Outline) -> Body {
    join(&outline.blocks)
}

impl Body {
    fn push(&mut self, text: &str, kind: Kind) {
        if let Some(last) = self.parts.last() {
            let is_list = last.kind == kind && matches!(kind, Kind::ListItem | Kind::Cell);
            self.text.push_str(if is_list { "\n" } else { "\n\n" });
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.parts.push(Part { span: start..self.text.len(), kind });
    }
}
