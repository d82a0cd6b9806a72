//! A page as blocks of text and the elements around them.

use std::ops::Range;

use super::prose::worth;

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) enum Kind {
    /// The first heading.
    Title,
    Paragraph,
    Subhead,
    ListItem,
    Quote,
    /// A cell of a table.
    Cell,
}

/// A run of text between the borders of elements.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) kind: Kind,
    /// How many bytes of it are links.
    pub(super) linked: usize,
}

impl Block {
    /// The part of it that is links, 0 to 1.
    pub(super) fn link_density(&self) -> f64 {
        if self.text.is_empty() { 0.0 } else { (self.linked as f64 / self.text.len() as f64).min(1.0) }
    }
}

/// An element that starts and ends blocks.
#[derive(Debug)]
pub(super) struct Element {
    /// The element around it; the first element is its own.
    pub(super) parent: usize,
    /// The numbers of its blocks.
    pub(super) first: usize,
    pub(super) end: usize,
    /// Why it is no part of the article.
    pub(super) cut: Option<Cut>,
    /// Whether its name or class is one of those of containers.
    pub(super) is_body: bool,
    /// Whether its class is one of those of the summary under a headline.
    pub(super) is_standfirst: bool,
    /// Whether an article may stand in elements of its kind.
    pub(super) may_contain: bool,
    pub(super) is_list: bool,
}

/// Why an element is no part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// Its name: navigation, forms, figures.
    Name,
    /// Its class or id, or that it is hidden.
    Class,
    /// Its class says that it asks for consent to cookies. Such dialogues may be longer than an article.
    Consent,
    /// Its class says that it holds readers' comments.
    Comments,
}

/// A page's elements and blocks in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) elements: Vec<Element>,
    pub(super) blocks: Vec<Block>,
}

impl Outline {
    /// Which blocks stand in elements that are no part of the article, whose headline is `title`.
    pub(super) fn cut(&self, title: Option<&str>) -> Vec<bool> {
        let mut sums = vec![0.0];
        for block in &self.blocks {
            sums.push(sums.last().copied().unwrap_or_default() + worth(block).max(0.0));
        }
        let prose = |first: usize, end: usize| {
            sums.get(end).copied().unwrap_or_default() - sums.get(first).copied().unwrap_or_default()
        };
        let whole = prose(0, self.blocks.len());
        let others: f64 = self.outermost_others().map(|element| prose(element.first, element.end)).sum();
        let all = whole - others;
        let headline = title.and_then(|title| {
            self.blocks.iter().position(|block| block.kind == Kind::Title && block.text.trim() == title)
        });
        // An element with the headline and paragraphs is around the article, whatever its class says: "page--with-sidebar".
        const PARAGRAPHS: f64 = 600.0;
        let holds_article = |element: &Element, inside: f64| {
            inside >= PARAGRAPHS && headline.is_some_and(|at| (element.first..element.end).contains(&at))
        };
        let mut is_cut: Vec<bool> = Vec::with_capacity(self.elements.len());
        let mut blocks = vec![false; self.blocks.len()];
        for (index, element) in self.elements.iter().enumerate() {
            let inside = prose(element.first, element.end);
            let cuts = match element.cut {
                None => false,
                Some(Cut::Comments) => all > 200.0,
                Some(Cut::Consent) => inside <= 0.9 * whole && !holds_article(element, inside),
                Some(Cut::Class | Cut::Name) => inside <= 0.5 * all && !holds_article(element, inside),
            };
            let inherited =
                index != element.parent && is_cut.get(element.parent).copied().unwrap_or_default();
            is_cut.push(cuts || inherited);
            if cuts && !inherited {
                blocks.iter_mut().take(element.end).skip(element.first).for_each(|block| *block = true);
            }
        }
        blocks
    }

    /// Elements that are surely no part of the article, however long: comments, and dialogues about cookies.
    fn outermost_others(&self) -> impl Iterator<Item = &Element> {
        let mut end = 0;
        self.elements.iter().filter(move |element| {
            let is_other = matches!(element.cut, Some(Cut::Comments | Cut::Consent));
            let is_outermost = is_other && element.first >= end;
            if is_outermost {
                end = element.end;
            }
            is_outermost
        })
    }

    /// Which blocks of the range stand in lists or small divisions that are mostly links.
    pub(super) fn linked(&self, range: Range<usize>) -> Vec<bool> {
        let mut sums = vec![(0, 0)];
        for block in &self.blocks {
            let (linked, all) = sums.last().copied().unwrap_or_default();
            sums.push((linked + block.linked.min(block.text.len()), all + block.text.len()));
        }
        let sum = |at: usize| sums.get(at).copied().unwrap_or_default();
        let mut marks = vec![false; range.len()];
        for element in &self.elements {
            if element.first < range.start || element.end > range.end || element.first == element.end {
                continue;
            }
            let ((linked_before, before), (linked, all)) = (sum(element.first), sum(element.end));
            let (linked, all) = ((linked - linked_before) as f64, (all - before) as f64);
            let most = if element.is_list { 0.5 } else { 0.65 };
            let is_small = all < 1500.0 && element.end - element.first < range.len();
            if is_small && element.end - element.first >= 2 && linked > most * all {
                marks
                    .iter_mut()
                    .take(element.end - range.start)
                    .skip(element.first - range.start)
                    .for_each(|mark| *mark = true);
            }
        }
        marks
    }
}
