//! Lists of other stories: a linked headline and a short summary, again and again.

use super::outline::{Block, Kind, Outline};
use super::prose::worth;

/// The fewest stories of a list.
const FEWEST: usize = 3;

/// The part of a page's prose up to which such a list is furniture; with more it is the page: a roundup, a live blog.
const MOST: f64 = 0.4;

/// Marks the blocks of lists of other stories.
pub(super) fn mark(outline: &Outline, cut: &mut [bool]) {
    let prose = |blocks: &[Block]| blocks.iter().map(|block| worth(block).max(0.0)).sum::<f64>();
    let all = prose(&outline.blocks);
    let mut first = 0;
    while first < outline.blocks.len() {
        let (stories, end) = list_at(&outline.blocks, first);
        if stories >= FEWEST && outline.blocks.get(first..end).is_some_and(|list| prose(list) <= MOST * all) {
            cut.iter_mut().take(end).skip(first).for_each(|cut| *cut = true);
        }
        first = end.max(first + 1);
    }
}

/// How many stories stand in a row from `first` on, and where the row ends.
fn list_at(blocks: &[Block], first: usize) -> (usize, usize) {
    let (mut stories, mut end) = (0, first);
    while let Some(next) = story_at(blocks, end) {
        stories += 1;
        end = next;
    }
    (stories, end)
}

/// Where the story that stands at `at` ends: behind a linked headline, its summary, and what is said of outlet and day.
fn story_at(blocks: &[Block], at: usize) -> Option<usize> {
    const MOST_LABELS: usize = 3;
    blocks.get(at).filter(|block| is_linked_headline(block))?;
    let is_label = |block: &&Block| block.text.len() <= 40 && !is_linked_headline(block);
    let labels = |from: usize| blocks.iter().skip(from).take(MOST_LABELS).take_while(is_label).count();
    let summary = at + 1 + labels(at + 1);
    blocks.get(summary).filter(|block| is_summary(block))?;
    Some(summary + 1 + labels(summary + 1))
}

fn is_linked_headline(block: &Block) -> bool {
    (20..=160).contains(&block.text.len()) && block.link_density() > 0.9 && block.kind != Kind::Title
}

fn is_summary(block: &Block) -> bool {
    (41..=420).contains(&block.text.len()) && block.link_density() < 0.5 && block.kind != Kind::Subhead
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str, linked: bool) -> Block {
        Block { text: text.into(), kind: Kind::Paragraph, linked: if linked { text.len() } else { 0 } }
    }

    fn check(stories: usize, paragraphs: usize, expected: bool) {
        let paragraph =
            "The river rose by two metres overnight and reached the old church, the mayor said on Monday.";
        let mut blocks: Vec<Block> = (0..paragraphs).map(|_| block(&paragraph.repeat(3), false)).collect();
        for _ in 0..stories {
            blocks.extend([block("Bridge sold for one mark after all", true), block("4 May 2031", false)]);
            blocks.push(block("A bridge nobody wanted has found a buyer, and it is not the town.", false));
        }
        let outline = Outline { blocks, ..Outline::default() };
        let mut cut = vec![false; outline.blocks.len()];
        mark(&outline, &mut cut);
        let marked: Vec<bool> = (0..cut.len()).map(|index| expected && index >= paragraphs).collect();
        assert_eq!(cut, marked, "{stories} stories behind {paragraphs} paragraphs");
    }

    #[test]
    fn three_stories_in_a_row_are_a_list() {
        check(3, 3, true);
        check(9, 6, true);
        check(2, 3, false);
        check(0, 3, false);
        check(0, 0, false);
    }

    #[test]
    fn what_is_most_of_the_page_is_the_page() {
        check(9, 1, false);
        check(3, 0, false);
    }
}
