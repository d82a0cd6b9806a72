//! What the articles have in common: an item of a roundup that none of the others touches is another story.

use std::collections::{BTreeSet, HashMap};

use parallax_model::{Document, Entity};

use crate::embedding::{Lexicon, WordId};
use crate::facts::wording::Wording;

/// With fewer articles, what one of them leaves out says little.
const FEWEST_ARTICLES: usize = 3;
/// Words that fewer articles use than this tells of (natural logarithm) are a sign of a common subject.
const LEAST_IDF: f32 = 3.0;

/// The words and entities that two or more articles have.
pub(super) struct Touch {
    articles: usize,
    entities: BTreeSet<usize>,
    words: HashMap<WordId, Holders>,
}

/// Who uses a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holders {
    One(usize),
    Several,
}

impl Touch {
    /// Reads which words and entities the articles share.
    pub(super) fn new(documents: &[Document], entities: &[Entity], lexicon: &mut Lexicon) -> Self {
        let is_shared = |entity: &Entity| {
            entity.chains.iter().map(|&(article, _)| article).collect::<BTreeSet<_>>().len() > 1
        };
        let shared = entities.iter().enumerate().filter(|(_, e)| is_shared(e)).map(|(index, _)| index);
        let mut words = HashMap::new();
        for (article, document) in documents.iter().enumerate() {
            for token in &document.segments.tokens {
                let holders = words
                    .entry(lexicon.intern(token.span.of(document.text())))
                    .or_insert(Holders::One(article));
                if *holders != Holders::One(article) {
                    *holders = Holders::Several;
                }
            }
        }
        Self { articles: documents.len(), entities: shared.collect(), words }
    }

    /// Whether another article names an entity of a paragraph or uses one of its telling words. A paragraph without names
    /// goes on with the story before it.
    pub(super) fn is_touched(&self, wording: &Wording, lexicon: &Lexicon) -> bool {
        let is_common = |word: &WordId| {
            lexicon.idf(*word) >= LEAST_IDF && self.words.get(word) == Some(&Holders::Several)
        };
        self.articles < FEWEST_ARTICLES
            || wording.entities.is_empty()
            || wording.entities.iter().any(|entity| self.entities.contains(entity))
            || wording.words.iter().any(is_common)
    }
}
