//! What the classes and ids of elements say.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::super::markup::{NodeId, Tree};
use crate::wordlist::entries;

/// A list of words in classes and ids.
pub(super) struct Wording {
    finder: AhoCorasick,
    places: Vec<Place>,
}

/// Where in a class a word must stand.
#[derive(Clone, Copy)]
struct Place {
    at_start: bool,
    at_end: bool,
}

pub(super) static FURNITURE: LazyLock<Wording> =
    LazyLock::new(|| Wording::parse(include_str!("../../../data/page_furniture_classes.txt")));
pub(super) static COMMENTS: LazyLock<Wording> =
    LazyLock::new(|| Wording::parse(include_str!("../../../data/page_comment_classes.txt")));
pub(super) static STANDFIRST: LazyLock<Wording> =
    LazyLock::new(|| Wording::parse(include_str!("../../../data/page_standfirst_classes.txt")));
pub(super) static BODY: LazyLock<Wording> =
    LazyLock::new(|| Wording::parse(include_str!("../../../data/page_body_classes.txt")));

impl Wording {
    fn parse(list: &str) -> Self {
        let (words, places): (Vec<&str>, Vec<Place>) = entries(list).map(entry).unzip();
        let finder = AhoCorasick::builder().match_kind(MatchKind::Standard).build(words);
        // The lists are part of the program, and their words few: the search for none of them stands in for a failure that cannot be.
        let finder =
            finder.unwrap_or_else(|_| AhoCorasick::new::<_, &str>([]).unwrap_or_else(|_| unreachable!()));
        Self { finder, places }
    }

    /// Whether a word of the list stands in `classes`, lower-case and parted by single blanks.
    pub(super) fn is_in(&self, classes: &str) -> bool {
        let bytes = classes.as_bytes();
        let is_border = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(|b| *b == b' ');
        self.finder.find_overlapping_iter(classes).any(|found| {
            self.places.get(found.pattern().as_usize()).is_some_and(|place| {
                (!place.at_start || is_border(found.start().checked_sub(1)))
                    && (!place.at_end || is_border(Some(found.end())))
            })
        })
    }
}

fn entry(line: &str) -> (&str, Place) {
    let whole = line.strip_prefix('=');
    let start = line.strip_prefix('^');
    let word = whole.or(start).unwrap_or(line);
    let end = word.strip_suffix('$');
    let place =
        Place { at_start: whole.is_some() || start.is_some(), at_end: whole.is_some() || end.is_some() };
    (end.unwrap_or(word), place)
}

/// Whether a class names what an article is about, as content systems put it on the element of the article: `category-social-media`.
fn is_topic(class: &str) -> bool {
    let named = class.strip_prefix("category-").or_else(|| class.strip_prefix("tag-"));
    named.is_some_and(|name| {
        !matches!(name, "links" | "link" | "list" | "cloud" | "box" | "wrapper" | "container")
    })
}

/// Whether a class names a genre of journalism, which only looks like a word for what readers say: `commentary`.
fn is_genre(class: &str) -> bool {
    ["commentary", "commentator", "kommentator"].iter().any(|genre| class.contains(genre))
}

/// The element's classes, id and kin in lower case, parted by single blanks.
pub(super) fn classes_of(tree: &Tree, node: NodeId, into: &mut String) {
    const NAMING: [&str; 5] = ["class", "id", "itemprop", "data-component", "data-testid"];
    into.clear();
    for (_, value) in tree.attributes(node).filter(|(name, _)| NAMING.contains(name)) {
        // A name that lists very many classes says nothing.
        const LONGEST: usize = 400;
        let end = value.floor_char_boundary(LONGEST);
        for word in value[..end].split_ascii_whitespace().filter(|word| !is_topic(word) && !is_genre(word)) {
            if !into.is_empty() {
                into.push(' ');
            }
            into.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        }
    }
}
