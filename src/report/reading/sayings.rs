//! Sayings that several reports carry, in the order in which an editor wants to see them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use parallax_model::{Comparison, Effect, Quotation, QuotationRef, Rendition, RenditionRelation, Utterance};

use super::redline::{Piece, redline};

/// One saying as the reports render it.
#[derive(Debug)]
pub(crate) struct Saying<'a> {
    /// Its index among the utterances of the comparison.
    pub(crate) index: usize,
    /// Who most renditions credit, where anybody.
    pub(crate) speaker: Option<&'a str>,
    /// What the reports call the speaker.
    pub(crate) role: Option<&'a str>,
    /// Why the reference is the reference.
    pub(crate) reference_reason: &'a str,
    /// The reference first, then altered renditions, then the rest.
    pub(crate) renditions: Vec<ReadRendition<'a>>,
}

/// A rendition of a saying, by one report or by several in the same way.
#[derive(Debug)]
pub(crate) struct ReadRendition<'a> {
    /// Where the reports give it; never empty.
    pub(crate) quotations: Vec<QuotationRef>,
    pub(crate) is_reference: bool,
    pub(crate) relation: RenditionRelation,
    pub(crate) misattributed: bool,
    /// Who this report credits.
    pub(crate) credited: Option<&'a str>,
    /// Whether its words stand between quotation marks.
    pub(crate) quoted: bool,
    /// Its words, with what differs from the reference marked.
    pub(crate) pieces: Vec<Piece>,
    /// How its changes bear on the meaning, each once.
    pub(crate) effects: Vec<Effect>,
    pub(crate) rule: &'static str,
    pub(crate) score: f32,
}

impl ReadRendition<'_> {
    /// Indices of the articles that render it so.
    pub(crate) fn articles(&self) -> impl Iterator<Item = usize> {
        self.quotations.iter().map(|quotation| quotation.article)
    }

    /// Whether `other` renders the saying in the same way.
    fn is_like(&self, other: &Self) -> bool {
        let way = |r: &Self| (r.is_reference, r.relation, r.misattributed, r.quoted);
        way(self) == way(other)
            && (!self.misattributed || self.credited == other.credited)
            && (self.is_verbatim() || self.pieces == other.pieces)
    }

    /// Whether words inside its quotation marks were changed.
    pub(crate) fn is_altered(&self) -> bool {
        !self.is_reference && self.relation.is_altered()
    }

    /// Whether it gives the reference word for word, credited to the same speaker.
    pub(crate) fn is_verbatim(&self) -> bool {
        self.relation == RenditionRelation::Verbatim && !self.misattributed && !self.is_reference
    }
}

impl Saying<'_> {
    /// How many renditions have other words inside quotation marks.
    pub(crate) fn altered(&self) -> usize {
        self.renditions.iter().filter(|r| r.is_altered()).map(|r| r.quotations.len()).sum()
    }

    /// How many renditions credit somebody else.
    pub(crate) fn misattributed(&self) -> usize {
        self.renditions.iter().filter(|r| r.misattributed).map(|r| r.quotations.len()).sum()
    }

    /// How many reports carry it.
    pub(crate) fn reports(&self) -> usize {
        self.renditions.iter().flat_map(ReadRendition::articles).collect::<BTreeSet<_>>().len()
    }

    /// What an editor sees first sorts first: changes of meaning, other speakers, other words, cuts, then the rest.
    fn urgency(&self) -> (bool, bool, bool, bool, usize) {
        let any = |test: fn(&ReadRendition<'_>) -> bool| self.renditions.iter().any(test);
        let meaning = any(|r| r.is_altered() && !r.effects.is_empty());
        let cut = any(|r| matches!(r.relation, RenditionRelation::Spliced | RenditionRelation::Truncated));
        (meaning, self.misattributed() > 0, self.altered() > 0, cut, self.reports())
    }
}

/// The sayings that at least two reports carry.
pub(super) fn shared(comparison: &Comparison) -> Vec<Saying<'_>> {
    let mut sayings: Vec<_> = comparison
        .utterances
        .iter()
        .enumerate()
        .map(|(index, utterance)| saying(comparison, index, utterance))
        .filter(|saying| saying.reports() > 1)
        .collect();
    sayings.sort_by_key(|saying| (Reverse(saying.urgency()), saying.index));
    sayings
}

/// The utterance at `index`, ready to be shown.
pub(super) fn saying<'a>(comparison: &'a Comparison, index: usize, utterance: &'a Utterance) -> Saying<'a> {
    let reference = utterance.renditions.iter().find(|r| Some(r.quotation) == utterance.reference);
    let reference_words = reference.map(|r| words(comparison, r)).unwrap_or_default();
    let mut renditions: Vec<_> = utterance
        .renditions
        .iter()
        .map(|rendition| {
            let is_reference = Some(rendition.quotation) == utterance.reference;
            read(comparison, rendition, &reference_words, is_reference)
        })
        .collect();
    renditions
        .sort_by_key(|r| (!r.is_reference, !r.is_altered(), !r.misattributed, r.relation, r.quotations[0]));
    let renditions = merged(renditions);
    let entity = utterance.speaker.and_then(|speaker| comparison.entities.get(speaker));
    Saying {
        index,
        speaker: entity.map(|e| e.name.as_str()).or(renditions.first().and_then(|r| r.credited)),
        role: entity.and_then(|e| e.roles.first()).map(String::as_str),
        reference_reason: &utterance.reference_reason,
        renditions,
    }
}

/// Renditions with those that are alike made one.
fn merged(renditions: Vec<ReadRendition<'_>>) -> Vec<ReadRendition<'_>> {
    let mut merged: Vec<ReadRendition<'_>> = Vec::new();
    for rendition in renditions {
        match merged.iter_mut().find(|other| other.is_like(&rendition)) {
            Some(other) => other.quotations.extend(rendition.quotations),
            None => merged.push(rendition),
        }
    }
    merged
}

fn read<'a>(
    comparison: &'a Comparison,
    rendition: &'a Rendition,
    reference: &str,
    is_reference: bool,
) -> ReadRendition<'a> {
    let QuotationRef { article, quotation } = rendition.quotation;
    let quotation = &comparison.documents[article].quotations[quotation];
    let mut effects: Vec<_> = rendition.differences.iter().filter_map(|d| d.effect).collect();
    effects.sort_by_key(|effect| *effect as u8);
    effects.dedup();
    ReadRendition {
        quotations: vec![rendition.quotation],
        is_reference,
        relation: rendition.relation,
        misattributed: rendition.misattributed,
        credited: credited(comparison, article, quotation),
        quoted: quotation.kind.is_quoted(),
        pieces: redline(reference, &words(comparison, rendition), marked(rendition)),
        effects,
        rule: rendition.rule,
        score: rendition.score,
    }
}

/// The differences worth marking: those inside quotation marks. A paraphrase is expected to use other words.
fn marked(rendition: &Rendition) -> &[parallax_model::Difference] {
    if rendition.relation.is_altered() { &rendition.differences } else { &[] }
}

/// Who a quotation is credited to: the name that the articles together know, or the report's own.
pub(super) fn credited<'a>(
    comparison: &'a Comparison,
    article: usize,
    quotation: &'a Quotation,
) -> Option<&'a str> {
    let entity = quotation.speaker.chain.and_then(|chain| comparison.entity_of(article, chain));
    entity.map(|e| comparison.entities[e].name.as_str()).or(quotation.speaker.name.as_deref())
}

/// The words of a rendition, its parts joined, without the comma that only leads over to the attribution.
pub(super) fn words(comparison: &Comparison, rendition: &Rendition) -> String {
    let QuotationRef { article, quotation } = rendition.quotation;
    let document = &comparison.documents[article];
    let spans = rendition.spans.as_deref().unwrap_or(&document.quotations[quotation].spans);
    let words = spans.iter().flat_map(|span| span.of(document.text()).split_whitespace());
    let words = words.collect::<Vec<_>>().join(" ");
    words.strip_suffix(',').map(str::to_owned).unwrap_or(words)
}
