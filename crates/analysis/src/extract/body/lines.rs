//! The blocks of a container that belong to the article.

use std::sync::LazyLock;

use super::outline::{Block, Kind, Outline};
use super::prose::{MOST_LINKED, ends_like_sentence, is_prose};

/// How furniture lines begin.
static FURNITURE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let list = include_str!("../../../data/page_lines.txt");
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// The longest furniture line, in bytes.
const LONGEST_LINE: usize = 90;

/// The container's blocks that are the article's, in order.
pub(super) fn keep<'a>(
    outline: &'a Outline,
    container: usize,
    cut: &[bool],
    title: Option<&str>,
) -> Vec<&'a Block> {
    let Some(element) = outline.elements.get(container) else { return Vec::new() };
    let linked = outline.linked(element.first..element.end);
    let blocks = (element.first..element.end).filter_map(|index| {
        let block = outline.blocks.get(index)?;
        let is_cut = cut.get(index).copied().unwrap_or_default()
            || linked.get(index - element.first).copied().unwrap_or_default();
        (!is_cut && !is_furniture(block)).then_some(block)
    });
    let mut kept: Vec<&Block> = blocks.collect();
    trim_head(&mut kept, title);
    trim_tail(&mut kept);
    kept
}

fn is_furniture(block: &Block) -> bool {
    let density = block.link_density();
    let is_linked = match block.kind {
        Kind::Subhead => density > 0.9 && block.text.len() > 20,
        // A paragraph with a long link in it.
        _ => density > MOST_LINKED && (density > 0.8 || block.text.len() < 120),
    };
    is_linked || is_furniture_line(&block.text)
}

fn is_furniture_line(text: &str) -> bool {
    if text.len() > LONGEST_LINE {
        return false;
    }
    let lower = text.to_lowercase();
    let is_wordless = !lower.contains(char::is_alphanumeric);
    is_wordless || FURNITURE.iter().any(|start| lower.starts_with(start))
}

/// Takes off what stands before the first paragraph and is none: the headline, dates, bylines.
fn trim_head(blocks: &mut Vec<&Block>, title: Option<&str>) {
    let Some(first) = blocks.iter().position(|block| is_prose(block) && block.kind != Kind::Subhead) else {
        return;
    };
    let mut index = 0;
    blocks.retain(|block| {
        let is_head = index < first;
        index += 1;
        !(is_head && (is_title(&block.text, title) || block.kind == Kind::Title || !is_standfirst(block)))
            && !(index < first + 3 && is_title(&block.text, title))
    });
}

fn is_standfirst(block: &Block) -> bool {
    match block.kind {
        Kind::Subhead => block.text.len() >= 30,
        Kind::ListItem => true,
        _ => ends_like_sentence(&block.text) || block.text.len() >= 60,
    }
}

fn is_title(text: &str, title: Option<&str>) -> bool {
    title.is_some_and(|title| {
        let (text, title) = (letters(text), letters(title));
        !text.is_empty()
            && (title == text
                || text.len() > 15 && title.contains(&text)
                || title.len() > 15 && text.contains(&title) && text.len() < title.len() + 30)
    })
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Takes off what stands behind the last paragraph and is none, and subheads under which nothing stands.
fn trim_tail(blocks: &mut Vec<&Block>) {
    while let Some(last) = blocks.last() {
        let is_text = match last.kind {
            Kind::Subhead | Kind::Title => false,
            Kind::ListItem | Kind::Cell | Kind::Quote => true,
            Kind::Paragraph => is_prose(last) || ends_like_sentence(&last.text) || last.text.len() >= 50,
        };
        if is_text || blocks.len() == 1 {
            return;
        }
        blocks.pop();
    }
}
