//! Which articles are worth comparing sentence by sentence.

use std::collections::HashMap;

use parallax_model::Document;

use super::unit::{Unit, Word, units};
use crate::embedding::{Lexicon, Pooled, WordId};
use crate::fingerprint::Neighbours;

/// Up to this many articles every pair is compared.
const COMPARE_ALL: usize = 16;
/// Beyond that each article is compared with at most this many of those before it, the closest.
const CLOSEST: usize = 12;
/// From so many that share rare words the closest are chosen by meaning as well.
const SHORTLIST: usize = 60;
/// Articles are looked for among at least so many before them, and at most twice as many; those before are forgotten, so that memory
/// does not grow with the archive.
const WINDOW: usize = 20_000;

/// Pairs of articles that may share text, lower index first, in order.
pub(super) fn pairs_to_compare(articles: &[Vec<Unit>], lexicon: &Lexicon) -> Vec<(usize, usize)> {
    let sketches: Vec<Sketch> = articles.iter().map(|units| Sketch::of_units(units, lexicon)).collect();
    let mut holders = Holders::default();
    sketches.iter().for_each(|sketch| holders.add(sketch));
    let mut closest = Closest::new(&holders);
    let before = |(y, sketch)| closest.before(sketch).into_iter().map(move |x| (x, y));
    let mut pairs: Vec<_> = sketches.iter().enumerate().flat_map(before).collect();
    pairs.sort_unstable();
    pairs
}

/// An article in the light in which the articles to compare it with are chosen.
#[derive(Debug, Clone)]
pub struct Sketch {
    /// Its content words, each once, in ascending order.
    stems: Vec<u64>,
    meaning: Pooled,
}

impl Sketch {
    /// The sketch of a document of which words and furniture are known.
    pub fn of(document: &Document) -> Self {
        let mut lexicon = Lexicon::new();
        let units = if document.article.is_english() { units(0, document, &mut lexicon) } else { Vec::new() };
        Self::of_units(&units, &lexicon)
    }

    fn of_units(units: &[Unit], lexicon: &Lexicon) -> Self {
        let content = || units.iter().flat_map(|unit| &unit.words).filter(|word| word.is_content());
        let mut stems: Vec<u64> = content().map(|word| word.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        let words: Vec<WordId> = content().map(|word: &Word| word.id).collect();
        Self { stems, meaning: lexicon.pool(&words) }
    }

    /// The hashes of its content words, each once, in ascending order.
    pub fn stems(&self) -> &[u64] {
        &self.stems
    }

    /// It in bytes, for [`Self::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let stems = self.stems.iter().flat_map(|stem| stem.to_le_bytes());
        self.meaning.to_bytes().into_iter().chain(stems).collect()
    }

    /// What [`Self::to_bytes`] gave; nothing where they are not such bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (meaning, stems) = bytes.split_at_checked(Pooled::BYTES)?;
        let (stems, rest) = stems.as_chunks();
        let stems = stems.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect();
        rest.is_empty().then_some(Self { stems, meaning: Pooled::from_bytes(meaning)? })
    }
}

/// The number of the first article that the one of the number `article` may be compared with.
pub const fn first_seen(article: usize) -> usize {
    (article / WINDOW).saturating_sub(1) * WINDOW
}

/// In how many articles each content word is.
#[derive(Debug, Clone, Default)]
pub struct Holders {
    articles: usize,
    of: HashMap<u64, u32>,
}

impl Holders {
    /// Of so many articles, the words with how many of them have each. Words that only one has may be left out.
    pub fn new(articles: usize, of: impl IntoIterator<Item = (u64, u32)>) -> Self {
        Self { articles, of: of.into_iter().collect() }
    }

    /// Counts an article.
    pub fn add(&mut self, sketch: &Sketch) {
        self.articles += 1;
        for stem in &sketch.stems {
            *self.of.entry(*stem).or_default() += 1;
        }
    }

    /// The content words of an article, the rarer the heavier; together of length 1.
    fn weighed(&self, sketch: &Sketch) -> Vec<(u64, f32)> {
        let weight = |stem: &u64| {
            let holders = self.of.get(stem).copied().unwrap_or(1);
            ((self.articles + 1) as f32 / holders as f32).ln()
        };
        let mut terms: Vec<(u64, f32)> = sketch.stems.iter().map(|stem| (*stem, weight(stem))).collect();
        let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        terms.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
        terms
    }
}

/// The choice of articles to compare, for articles that come one by one.
#[derive(Debug)]
pub struct Closest<'a> {
    holders: &'a Holders,
    earlier: Generation,
    latest: Generation,
}

/// Articles that follow each other.
#[derive(Debug, Default)]
struct Generation {
    /// The number of the first.
    first: usize,
    index: Neighbours,
    meanings: Vec<Pooled>,
}

impl<'a> Closest<'a> {
    /// Among no articles yet; `holders` counts them all.
    pub fn new(holders: &'a Holders) -> Self {
        Self::from(holders, 0)
    }

    /// The same for articles from the number `first` on, which [`first_seen`] gave.
    pub fn from(holders: &'a Holders, first: usize) -> Self {
        let none = || Generation { first, ..Generation::default() };
        Self { holders, earlier: none(), latest: none() }
    }

    /// Takes an article that others may be compared with.
    pub fn add(&mut self, sketch: &Sketch) {
        self.forget();
        self.latest.add(sketch, &self.holders.weighed(sketch));
    }

    /// The same; gives the numbers of the articles before it that it is to be compared with, in ascending order.
    pub fn before(&mut self, sketch: &Sketch) -> Vec<usize> {
        self.forget();
        let terms = self.holders.weighed(sketch);
        let found = if self.holders.articles <= COMPARE_ALL {
            (0..self.latest.meanings.len()).collect()
        } else {
            self.closest(sketch, &terms)
        };
        self.latest.add(sketch, &terms);
        found
    }

    /// Forgets the articles of long ago once the latest are as many as are looked among.
    fn forget(&mut self) {
        if self.latest.meanings.len() == WINDOW {
            let latest = Generation { first: self.latest.first + WINDOW, ..Generation::default() };
            self.earlier = std::mem::replace(&mut self.latest, latest);
        }
    }

    fn closest(&self, sketch: &Sketch, terms: &[(u64, f32)]) -> Vec<usize> {
        let mut near = self.earlier.near(terms);
        near.extend(self.latest.near(terms));
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(SHORTLIST);
        near.iter_mut().for_each(|(x, likeness)| *likeness += self.meaning(*x).cosine(&sketch.meaning));
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut closest: Vec<usize> = near.into_iter().take(CLOSEST).map(|(x, _)| x).collect();
        closest.sort_unstable();
        closest
    }

    fn meaning(&self, number: usize) -> &Pooled {
        let generation = if number < self.latest.first { &self.earlier } else { &self.latest };
        &generation.meanings[number - generation.first]
    }
}

impl Generation {
    fn add(&mut self, sketch: &Sketch, terms: &[(u64, f32)]) {
        let place = self.meanings.len();
        terms.iter().for_each(|&(term, weight)| self.index.add(place, term, weight));
        self.meanings.push(sketch.meaning.clone());
    }

    fn near(&self, terms: &[(u64, f32)]) -> Vec<(usize, f32)> {
        let near = self.index.of(terms, SHORTLIST).into_iter();
        near.map(|(place, likeness)| (self.first + place, likeness)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::segment;
    use parallax_model::Article;

    fn sketch(text: &str) -> Sketch {
        let article = Article { text: text.into(), ..Article::default() };
        Sketch::of(&Document { segments: segment(text), article, ..Document::default() })
    }

    #[test]
    fn sketches_come_back_from_bytes() {
        for text in ["", "The ferry Aurelia ran aground off Lindach harbour on Monday."] {
            let sketch = sketch(text);
            let again = Sketch::from_bytes(&sketch.to_bytes()).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((again.stems(), again.to_bytes()), (sketch.stems(), sketch.to_bytes()));
        }
        assert!(Sketch::from_bytes(&[1, 2, 3]).is_none());
    }

    #[test]
    fn an_article_meets_the_closest_of_those_before_it_and_not_those_long_gone() {
        let ferry = sketch("The ferry Aurelia ran aground off Lindach harbour on Monday.");
        let other = sketch("Parliament rejected the budget for a second time this week.");
        let holders = Holders::new(2 * WINDOW + 2, []);
        let mut closest = Closest::new(&holders);
        assert!(closest.before(&ferry).is_empty());
        assert!(closest.before(&other).is_empty());
        assert_eq!(closest.before(&ferry), [0]);
        (3..2 * WINDOW - 1).for_each(|_| closest.add(&other));
        assert_eq!(closest.before(&ferry), [0, 2]);
        assert_eq!(closest.before(&ferry), [2 * WINDOW - 1]);
    }

    #[test]
    fn who_begins_later_chooses_the_same() {
        let sketches =
            ["The dam of Redmere broke.", "Redmere's dam was sold.", "A comet came back."].map(sketch);
        let article = |number: usize| &sketches[number * 7 % 5 % 3];
        let holders = Holders::new(3 * WINDOW, []);
        let last = 2 * WINDOW + 9;
        let chosen = |from: usize| {
            let mut closest = Closest::from(&holders, from);
            (from..last).for_each(|number| closest.add(article(number)));
            closest.before(article(last))
        };
        assert_eq!(first_seen(last), WINDOW);
        assert_eq!(chosen(WINDOW), chosen(0));
    }
}
