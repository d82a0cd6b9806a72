//! What a stretch of text is about, in a form that can be compared: its telling words and the entities it names.

use std::collections::HashMap;

use parallax_model::{Document, Entity, EntityKind, Place, Span, TimeExpression, TokenKind};

use crate::align;
use crate::embedding::{Lexicon, WordId};

/// What a stretch of one article is about.
#[derive(Debug, Clone)]
pub(crate) struct Wording {
    /// Where.
    pub(crate) place: Place,
    /// Its words that carry meaning, names of entities, times and words that attribute left out.
    pub(crate) words: Vec<WordId>,
    /// The entities it names, in order and once each.
    pub(crate) entities: Vec<usize>,
    /// Whether it is denied.
    pub(crate) negated: bool,
}

impl Wording {
    /// Whether it says enough to be compared: "the minister said" does not.
    pub(crate) fn tells(&self) -> bool {
        const LEAST: usize = 3;
        !self.words.is_empty() && self.words.len() + self.entities.len() >= LEAST
    }
}

/// Words as common as this say nothing of what a clause is about (natural logarithm of articles over articles that hold it).
const LEAST_IDF: f32 = 1.0;
/// What the entities count beside the words.
const ENTITY_SHARE: f32 = 0.25;

/// What is known of the articles when their wordings are read.
pub(crate) struct Context {
    /// The entity of each chain, by article and chain.
    entities: HashMap<(usize, usize), usize>,
    /// The words that attribute quotations, by article, in order.
    cues: Vec<Vec<Span>>,
}

impl Context {
    /// Reads the entities' chains and the quotations' cues.
    pub(crate) fn new(documents: &[Document], entities: &[Entity]) -> Self {
        let chains = entities
            .iter()
            .enumerate()
            .flat_map(|(index, e)| e.chains.iter().map(move |&chain| (chain, index)));
        let cues = documents.iter().map(|document| {
            let mut cues: Vec<Span> =
                document.quotations.iter().filter_map(|quotation| quotation.cue).collect();
            cues.sort_unstable();
            cues
        });
        Self { entities: chains.collect(), cues: cues.collect() }
    }

    /// The entity of a chain.
    pub(crate) fn entity(&self, article: usize, chain: usize) -> Option<usize> {
        self.entities.get(&(article, chain)).copied()
    }

    /// The cues that lie in `span`.
    fn cues(&self, article: usize, span: Span) -> &[Span] {
        let cues = self.cues.get(article).map_or(&[][..], Vec::as_slice);
        let first = cues.partition_point(|cue| cue.start < span.start);
        let end = cues.partition_point(|cue| cue.start < span.end);
        &cues[first..end.max(first)]
    }
}

/// The wording of the stretch `span` of the article at index `article`.
pub(crate) fn wording(
    document: &Document,
    article: usize,
    span: Span,
    context: &Context,
    lexicon: &mut Lexicon,
) -> Wording {
    let text = document.text();
    let named = named(document, article, span, context);
    let cues = context.cues(article, span);
    let times = times_in(document, span);
    let mut words = Vec::new();
    let mut negated = false;
    for token in document.segments.tokens_in(span) {
        let word = token.span.of(text);
        negated |= is_negation(word);
        let in_name = named.iter().any(|&(name, _)| name.contains(token.span));
        let is_cue = cues.iter().any(|cue| cue.overlaps(token.span));
        let is_time = times.iter().any(|time| time.span.overlaps(token.span));
        if token.kind == TokenKind::Mark || in_name || is_cue || is_time {
            continue;
        }
        let id = lexicon.intern(word);
        if lexicon.idf(id) >= LEAST_IDF {
            words.push(id);
        }
    }
    let mut entities: Vec<usize> = named.into_iter().map(|(_, entity)| entity).collect();
    entities.sort_unstable();
    entities.dedup();
    Wording { place: Place::new(article, span), words, entities, negated }
}

fn times_in(document: &Document, span: Span) -> &[TimeExpression] {
    let first = document.times.partition_point(|time| time.span.end <= span.start);
    let end = document.times.partition_point(|time| time.span.start < span.end);
    &document.times[first..end.max(first)]
}

/// The mentions of people, organisations and places in `span`, each with its entity.
fn named(document: &Document, article: usize, span: Span, context: &Context) -> Vec<(Span, usize)> {
    let names = &document.names;
    let first = names.mentions.partition_point(|mention| mention.span.start < span.start);
    let inside = names.mentions[first..].iter().take_while(|mention| mention.span.start < span.end);
    inside
        .filter(|mention| {
            names
                .chains
                .get(mention.chain)
                .is_some_and(|chain| chain.named && chain.kind != EntityKind::Group)
        })
        .filter_map(|mention| Some((mention.span, context.entity(article, mention.chain)?)))
        .collect()
}

pub(super) fn is_negation(word: &str) -> bool {
    const NEGATIONS: [&str; 10] =
        ["not", "no", "never", "nobody", "none", "neither", "nor", "nothing", "cannot", "without"];
    let lower = word.to_lowercase();
    NEGATIONS.contains(&&*lower) || lower.ends_with("n't") || lower.ends_with("n’t")
}

/// How alike two wordings are, 0 to 1: their words aligned, and the entities that both name.
pub(crate) fn likeness(a: &Wording, b: &Wording, lexicon: &Lexicon) -> f32 {
    let words = align::similarity(&a.words, &b.words, lexicon);
    if a.entities.is_empty() || b.entities.is_empty() {
        return words;
    }
    let shared = a.entities.iter().filter(|entity| b.entities.contains(entity)).count();
    // The longer list may hold more, since reports differ in how much they say at once.
    let share = shared as f32 / a.entities.len().min(b.entities.len()) as f32;
    (1.0 - ENTITY_SHARE) * words + ENTITY_SHARE * share
}
