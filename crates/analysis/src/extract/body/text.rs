//! Blocks to a text that says what its parts are.

use parallax_model::{Form, Part, Span};

use super::Body;
use super::outline::{Block, Kind, Outline};

/// Joins blocks: items of a list by a line break, all others by a blank line.
pub(super) fn join<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> Body {
    let mut body = Body::default();
    for block in blocks {
        body.push(&block.text, form_of(block.kind));
    }
    body
}

/// The text as the page's own statements give it, a paragraph a line.
pub(super) fn of_paragraphs(stated: &str) -> Body {
    let mut body = Body::default();
    for line in stated.lines().map(str::trim).filter(|line| !line.is_empty()) {
        body.push(line, Form::Paragraph);
    }
    body
}

/// All text of a page.
pub(super) fn all(outline: &Outline) -> Body {
    join(&outline.blocks)
}

fn form_of(kind: Kind) -> Form {
    match kind {
        Kind::Paragraph => Form::Paragraph,
        Kind::Title | Kind::Subhead => Form::Subhead,
        Kind::ListItem => Form::ListItem,
        Kind::Quote => Form::Blockquote,
        Kind::Cell => Form::Cell,
    }
}

impl Body {
    fn push(&mut self, text: &str, form: Form) {
        if let Some(last) = self.parts.last() {
            let is_list = last.form == form && matches!(form, Form::ListItem | Form::Cell);
            self.text.push_str(if is_list { "\n" } else { "\n\n" });
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.parts.push(Part { span: Span::new(start, self.text.len()), form });
    }
}
