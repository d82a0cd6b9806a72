//! How the articles spell a name, and how they all could.

use std::collections::BTreeMap;

use parallax_model::{Document, Entity, MentionForm, Span};
use strsim::levenshtein;

use super::words::{folded, pieces};

/// The most letters in which two spellings of a name differ: "Arvell" and "Arvel", "Okonjo" and "Okonyo".
const MOST_LETTERS: usize = 2;
/// A shorter word is another name, not another spelling.
const SHORTEST: usize = 5;

/// The words of one article that belong to names, by where they begin, with the spelling that the entity's own name has.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    names: BTreeMap<usize, Option<String>>,
}

impl Spelling {
    /// The spelling of the names of the article at index `article`.
    pub(super) fn of(article: usize, document: &Document, entities: &[Entity]) -> Self {
        let mut of_chain = BTreeMap::new();
        for entity in entities {
            let here = entity.chains.iter().filter(|(of, _)| *of == article);
            of_chain.extend(here.map(|&(_, chain)| (chain, entity.name.as_str())));
        }
        let mut names = BTreeMap::new();
        // A description ("Every family", "the Velmish leader") has capitals and is no name.
        let named = document.names.mentions.iter().filter(|m| m.form != MentionForm::Description);
        for mention in named {
            let Some(words) = document.text().get(mention.core.start..mention.core.end) else { continue };
            for piece in pieces(words).into_iter().filter(|p| starts_upper(p.of(words))) {
                let common = of_chain.get(&mention.chain).and_then(|name| common(piece.of(words), name));
                names.insert(mention.core.start + piece.start, common);
            }
        }
        Self { names }
    }

    /// The common spelling of the word at `span`, where it has another.
    pub(super) fn common(&self, span: Span) -> Option<&str> {
        self.names.get(&span.start).and_then(Option::as_deref)
    }

    /// Whether the word at `span` belongs to a name.
    pub(super) fn is_name(&self, span: Span) -> bool {
        self.names.contains_key(&span.start)
    }
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// The word of `name` that `word` spells otherwise.
fn common(word: &str, name: &str) -> Option<String> {
    let word = folded(word).to_lowercase();
    let like = |other: &String| {
        other.chars().next() == word.chars().next() && levenshtein(&word, other) <= MOST_LETTERS
    };
    let long = word.chars().count() >= SHORTEST;
    let mut others = pieces(name).into_iter().map(|piece| folded(piece.of(name)).to_lowercase());
    long.then(|| others.find(like)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_spelling_is_no_other_name() {
        assert_eq!(common("Arvell", "Mira Arvel").as_deref(), Some("arvel"));
        assert_eq!(common("Arvel", "Mira Arvel").as_deref(), Some("arvel"));
        assert_eq!(common("Mara", "Mira Arvel"), None);
        assert_eq!(common("Torvel", "Mira Arvel"), None);
    }
}
