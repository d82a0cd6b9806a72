//! The main text of a page.
//!
//! The page is cut into blocks, runs of text between the borders of elements. Elements that by their name, class or id are furniture
//! are cut, unless most of the page's prose stands in them. The container is the element with the most prose less what
//! is not prose, as in the maximum subsequence method of Pasternack and Roth (2009), where a known name of a container
//! may speak for a smaller one. Of its blocks those are kept that read like parts of an article.

mod container;
mod furniture;
mod lines;
mod outline;
mod prose;
mod reader;
mod teasers;
mod text;
mod wording;

use parallax_model::Part;

use super::markup::Tree;
pub(super) use lines::About;
use outline::Outline;

/// The main text of a page.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Its paragraphs, apart by blank lines.
    pub(super) text: String,
    /// What each stretch of the text is.
    pub(super) parts: Vec<Part>,
}

/// The least prose of a main text, in bytes; with less, other readings of the page are tried.
const SHORTEST: usize = 250;

/// Finds the main text of a page that says `about` its article what it says.
pub(super) fn find(tree: &Tree, about: About) -> Body {
    let stated = about.text;
    let outline = Outline::read(tree);
    let mut cut = outline.cut(about.title);
    teasers::mark(&outline, &mut cut);
    let body = read(&outline, &cut, about);
    if body.text.len() >= SHORTEST {
        return match stated {
            // The page shows less than it states: the rest is for subscribers, or is loaded later.
            Some(stated) if 2 * stated.len() > 3 * body.text.len() => text::of_paragraphs(stated),
            _ => body,
        };
    }
    // What looks like furniture may be all there is.
    let uncut = read(&outline, &vec![false; outline.blocks.len()], about);
    let body = if uncut.text.len() > 2 * body.text.len() { uncut } else { body };
    match stated {
        Some(stated) if stated.len() > 2 * body.text.len().max(SHORTEST) => text::of_paragraphs(stated),
        _ if body.text.is_empty() => text::all(&outline),
        _ => body,
    }
}

fn read(outline: &Outline, cut: &[bool], about: About) -> Body {
    let container = container::find(outline, cut, about.text);
    let kept = lines::keep(outline, container, cut, about);
    text::join(kept)
}
