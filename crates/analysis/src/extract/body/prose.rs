//! How far a block reads like prose.

use super::outline::{Block, Kind};

/// A block shorter than this is no paragraph, unless it ends like a sentence; in bytes.
const SHORT: usize = 60;

/// The part of a block's text that may be links in prose.
pub(super) const MOST_LINKED: f64 = 0.5;

/// What a block adds to the worth of an element that holds it: its prose, or what it takes off by not being any.
pub(super) fn worth(block: &Block) -> f64 {
    let length = block.text.len() as f64;
    let linked = block.link_density();
    if linked > MOST_LINKED {
        return -length.clamp(40.0, 120.0);
    }
    let is_sentence = ends_like_sentence(&block.text);
    match block.kind {
        Kind::Subhead => 0.0,
        _ if block.text.len() >= SHORT || is_sentence && block.text.len() > 15 => {
            let likeness = if is_sentence { 1.0 } else { 0.6 };
            let kind = if matches!(block.kind, Kind::ListItem | Kind::Cell) { 0.6 } else { 1.0 };
            length * (1.0 - linked) * likeness * kind
        }
        Kind::ListItem => -5.0,
        // Tables of figures have many, and stand in articles more often than in menus.
        Kind::Cell => -1.0,
        _ => -15.0,
    }
}

/// Whether a block of the article would be a paragraph of it.
pub(super) fn is_prose(block: &Block) -> bool {
    block.link_density() <= MOST_LINKED
        && (block.text.len() >= 80 || block.text.len() >= 25 && ends_like_sentence(&block.text))
}

/// Whether the text ends with a mark that ends sentences.
pub(super) fn ends_like_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', '”', '’', '“', '»', ')', ']', '*', ' ']);
    text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।', '؟', '۔'])
}
