//! The sayings of the articles, one for each sentence of a quotation.

use std::collections::BTreeMap;
use std::ops::Range;

use parallax_model::{Document, Entity, EntityKind, Quotation, QuotationRef, Span};

use crate::embedding::{Lexicon, WordId};

use super::clause::clauses;
use super::spelling::Spelling;
use super::words::{Word, words};

/// Words on either side that count as a fragment's surroundings.
const AROUND: usize = 14;
/// A sentence of fewer words ("Yes.", "Not now.") is no saying of its own: it goes with its neighbour.
const FEWEST_WORDS: usize = 3;

/// One sentence, or less, that an article reports somebody to have said.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// The quotation that holds it.
    pub(super) quotation: QuotationRef,
    /// The part of the quotation that it is.
    pub(super) spans: Vec<Span>,
    /// Which of the sentences of the quotation it is.
    pub(super) sentences: Range<usize>,
    /// How many there are.
    pub(super) of: usize,
    /// Whether it stands between quotation marks.
    pub(super) is_quoted: bool,
    /// Who says it.
    pub(super) voice: Voice,
    /// Its words, folded.
    pub(super) words: Vec<Word>,
    /// The numbers of its words, without those that an editor put in.
    pub(super) ids: Vec<WordId>,
    /// The words before it in its sentence.
    pub(super) before: Vec<WordId>,
    /// The words after it in its sentence.
    pub(super) after: Vec<WordId>,
}

impl Unit {
    /// The unit that the two are together, of which `next` follows in the same quotation.
    pub(super) fn joined(self, next: Self) -> Self {
        Self {
            sentences: self.sentences.start..next.sentences.end,
            spans: [self.spans, next.spans].concat(),
            words: [self.words, next.words].concat(),
            ids: [self.ids, next.ids].concat(),
            after: next.after,
            ..self
        }
    }

    /// Whether it is all of its quotation.
    pub(super) fn is_whole(&self) -> bool {
        self.sentences.len() == self.of
    }

    /// Its words with those around it.
    pub(super) fn with_surroundings(&self) -> Vec<WordId> {
        [&self.before[..], &self.ids, &self.after].concat()
    }
}

/// Who says something, as far as it can be told apart from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Voice {
    /// A person with a name.
    Person(usize),
    /// An organisation, a group, or somebody without a name, which another article may call otherwise.
    Vague(usize),
    /// Nobody that the article names.
    Unknown,
}

impl Voice {
    /// The entity, where there is one.
    pub(super) const fn entity(self) -> Option<usize> {
        match self {
            Self::Person(entity) | Self::Vague(entity) => Some(entity),
            Self::Unknown => None,
        }
    }
}

/// Takes the quotations of all articles apart into sayings, by article and position.
pub(super) fn units(documents: &[Document], entities: &[Entity], lexicon: &mut Lexicon) -> Vec<Unit> {
    let voices = voices(documents, entities);
    let mut units = Vec::new();
    for (article, document) in documents.iter().enumerate() {
        let spelling = Spelling::of(article, document, entities);
        for (index, quotation) in document.quotations.iter().enumerate() {
            let voice = quotation.speaker.chain.and_then(|chain| voices.get(&(article, chain)));
            let saying = Saying {
                document,
                quotation,
                spelling: &spelling,
                reference: QuotationRef { article, quotation: index },
                voice: voice.copied().unwrap_or(Voice::Unknown),
            };
            units.extend(saying.units(lexicon));
        }
    }
    units
}

/// The voice of every chain.
fn voices(documents: &[Document], entities: &[Entity]) -> BTreeMap<(usize, usize), Voice> {
    let mut voices = BTreeMap::new();
    for (index, entity) in entities.iter().enumerate() {
        let chain = |&(article, chain): &(usize, usize)| documents.get(article)?.names.chains.get(chain);
        let is_named = entity.chains.iter().filter_map(chain).any(|chain| chain.named);
        let voice = match entity.kind {
            EntityKind::Person if is_named => Voice::Person(index),
            _ => Voice::Vague(index),
        };
        voices.extend(entity.chains.iter().map(|&place| (place, voice)));
    }
    voices
}

/// A quotation with what is known of it.
struct Saying<'a> {
    document: &'a Document,
    quotation: &'a Quotation,
    spelling: &'a Spelling,
    reference: QuotationRef,
    voice: Voice,
}

impl Saying<'_> {
    fn units(&self, lexicon: &mut Lexicon) -> Vec<Unit> {
        let mut parts = self.parts(lexicon);
        parts.retain(|(_, words)| words.iter().any(|word| !word.is_editorial));
        let of = parts.len();
        let units = parts.into_iter().enumerate();
        units.map(|(at, (spans, words))| self.unit(spans, words, at..at + 1, of, lexicon)).collect()
    }

    fn unit(
        &self,
        spans: Vec<Span>,
        words: Vec<Word>,
        sentences: Range<usize>,
        of: usize,
        lexicon: &mut Lexicon,
    ) -> Unit {
        let (before, after) = self.surroundings(&spans, lexicon);
        Unit {
            quotation: self.reference,
            sentences,
            of,
            is_quoted: self.quotation.kind.is_quoted(),
            voice: self.voice,
            ids: words.iter().filter(|word| !word.is_editorial).map(|word| word.id).collect(),
            spans,
            words,
            before,
            after,
        }
    }

    /// The sentences of the quotation with their words; what an attribution interrupts is joined again.
    fn parts(&self, lexicon: &mut Lexicon) -> Vec<(Vec<Span>, Vec<Word>)> {
        let mut parts: Vec<(Vec<Span>, Vec<Word>)> = Vec::new();
        for (span, goes_on) in self.sentences() {
            let words = words(self.document.text(), span, self.spelling, lexicon);
            match parts.last_mut() {
                Some((spans, before))
                    if goes_on || before.len() < FEWEST_WORDS || words.len() < FEWEST_WORDS =>
                {
                    spans.push(span);
                    before.extend(words);
                }
                _ => parts.push((vec![span], words)),
            }
        }
        parts
    }

    /// The quotation's spans, cut at the ends of sentences, and whether each goes on with the one before.
    fn sentences(&self) -> Vec<(Span, bool)> {
        let text = self.document.text();
        let sentences = &self.document.segments.sentences;
        let is_quoted = self.quotation.kind.is_quoted();
        let mut found = Vec::new();
        for &span in self.quotation.spans.iter().filter(|s| text.get(s.start..s.end).is_some()) {
            let mut start = span.start;
            let first = sentences.partition_point(|s| s.tile.end <= span.start);
            let ends = sentences[first..].iter().map(|s| s.tile.end).take_while(|&end| end < span.end);
            for end in ends.chain([span.end]) {
                let part = Span::new(start, end).trimmed(text);
                let goes_on = start == span.start && starts_lower(part.of(text));
                let clauses = if is_quoted { vec![part] } else { clauses(text, part) };
                found.extend(clauses.into_iter().map(|clause| (clause, goes_on && clause == part)));
                start = end;
            }
        }
        found
    }

    /// The words of the sentence before and after the saying, without its attribution.
    fn surroundings(&self, spans: &[Span], lexicon: &mut Lexicon) -> (Vec<WordId>, Vec<WordId>) {
        let [Some(first), Some(last)] = [spans.first(), spans.last()] else { return Default::default() };
        let sentence = |offset: usize| {
            let segments = &self.document.segments;
            segments.sentence_at(offset).map(|index| segments.sentences[index].span)
        };
        let start = sentence(first.start).map_or(first.start, |s| s.start.min(first.start));
        let end = sentence(last.end.saturating_sub(1)).map_or(last.end, |s| s.end.max(last.end));
        let mut before = self.unattributed(Span::new(start, first.start), lexicon);
        let mut after = self.unattributed(Span::new(last.end, end), lexicon);
        before.drain(..before.len().saturating_sub(AROUND));
        after.truncate(AROUND);
        (before, after)
    }

    fn unattributed(&self, span: Span, lexicon: &mut Lexicon) -> Vec<WordId> {
        let text = self.document.text();
        if text.get(span.start..span.end).is_none() {
            return Vec::new();
        }
        let attribution = [self.quotation.cue, self.quotation.speaker.mention];
        let is_attribution = |word: &Word| attribution.iter().flatten().any(|a| a.contains(word.span));
        let words = words(text, span, self.spelling, lexicon).into_iter();
        words.filter(|word| !is_attribution(word)).map(|word| word.id).collect()
    }
}

fn starts_lower(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}
