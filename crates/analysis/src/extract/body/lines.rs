//! The blocks of a container that belong to the article.

use std::collections::HashSet;

use super::furniture::{LONGEST_LINE, is_date_line, is_ending, is_furniture, is_note_on};
use super::outline::{Block, Kind, Outline};
use super::prose::{ends_like_sentence, is_prose};

/// What the page says of its article.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::extract) struct About<'a> {
    /// The headline.
    pub(in crate::extract) title: Option<&'a str>,
    /// Who signed it.
    pub(in crate::extract) authors: &'a [String],
    /// Its text, as the page's statements give it.
    pub(in crate::extract) text: Option<&'a str>,
}

/// The container's blocks that are the article's, in order.
pub(super) fn keep<'a>(outline: &'a Outline, container: usize, cut: &[bool], about: About) -> Vec<&'a Block> {
    let Some(element) = outline.elements.get(container) else { return Vec::new() };
    let linked = outline.linked(element.first..element.end);
    let blocks = (element.first..element.end).filter_map(|index| {
        let block = outline.blocks.get(index)?;
        let is_cut = cut.get(index).copied().unwrap_or_default()
            || linked.get(index - element.first).copied().unwrap_or_default();
        (!is_cut && !is_furniture(block)).then_some(block)
    });
    let mut kept: Vec<&Block> = blocks.collect();
    trim_head(&mut kept, about.title);
    cut_endings(&mut kept);
    trim_tail(&mut kept, about.authors);
    let mut all = standfirst(outline, container, about.title);
    all.retain(|block| {
        kept.iter().take(3).all(|kept| !kept.text.starts_with(block.text.trim_end_matches('…')))
    });
    all.extend(kept);
    without_repeats(&mut all);
    all
}

/// Leaves out paragraphs that stood before, as where a page gives its summary for two widths of screens.
fn without_repeats(blocks: &mut Vec<&Block>) {
    const SHORTEST: usize = 60;
    let mut seen = HashSet::new();
    blocks.retain(|block| block.text.len() < SHORTEST || seen.insert(block.text.as_str()));
}

/// The summary between headline and container, where its class says that it is one.
fn standfirst<'a>(outline: &'a Outline, container: usize, title: Option<&str>) -> Vec<&'a Block> {
    // How far before the container it may stand, in blocks.
    const FARTHEST: usize = 25;
    let Some(first) = outline.elements.get(container).map(|element| element.first) else { return Vec::new() };
    let mut blocks = Vec::new();
    for element in &outline.elements {
        let is_before =
            element.end <= first && element.first + FARTHEST >= first && element.end - element.first <= 3;
        if element.is_standfirst && is_before && blocks.is_empty() {
            let found = outline.blocks.iter().take(element.end).skip(element.first);
            blocks.extend(found.filter(|block| {
                is_prose(block)
                    && block.text.len() >= 60
                    && block.link_density() < 0.3
                    && !is_title(&block.text, title)
            }));
        }
    }
    blocks
}

/// Takes off what stands behind a heading of other stories, comments or contacts, unless that is most of the text.
fn cut_endings(blocks: &mut Vec<&Block>) {
    let all: usize = blocks.iter().map(|block| block.text.len()).sum();
    let mut before = 0;
    let end = blocks.iter().position(|block| {
        let is_ending = block.text.len() <= LONGEST_LINE && is_ending(&block.text) && 2 * before > all;
        before += block.text.len();
        is_ending
    });
    if let Some(end) = end {
        blocks.truncate(end);
    }
}

/// Takes off what stands before the first paragraph and is none: the headline, dates, bylines.
fn trim_head(blocks: &mut Vec<&Block>, title: Option<&str>) {
    let Some(first) = blocks.iter().position(|block| is_prose(block) && block.kind != Kind::Subhead) else {
        return;
    };
    // Of a text in sections, as in live blogs, the first has a head like the others.
    let is_in_sections = blocks.iter().skip(first).filter(|block| block.kind == Kind::Subhead).count() >= 2;
    let mut index = 0;
    blocks.retain(|block| {
        let is_section_head = is_in_sections && index + 1 == first && block.kind == Kind::Subhead;
        let is_head = index < first;
        index += 1;
        !(index <= first + 3 && (is_title(&block.text, title) || is_date_line(&block.text)))
            && (!is_head || is_section_head || block.kind != Kind::Title && is_standfirst(block))
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

/// Takes off what stands behind the last paragraph and is none, notes on the authors, and subheads under which nothing stands.
fn trim_tail(blocks: &mut Vec<&Block>, authors: &[String]) {
    while let Some(last) = blocks.last() {
        let is_text = match last.kind {
            _ if authors.iter().any(|author| is_note_on(author, &last.text)) => false,
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
