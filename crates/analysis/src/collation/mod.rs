//! The same saying across articles: who renders it, in which words, and which rendering the others are held against.
//!
//! Each sentence that a quotation holds is a [unit](unit); units that render one saying are [linked](link) by speaker, words and surroundings,
//! [grouped](group) without chaining, and compared word by word with a [reference](reference) that independent articles support. The terms
//! are those of textual criticism: a rendition is a witness's reading, the reference stands in for the archetype.

mod candidates;
mod clause;
mod difference;
mod effect;
mod group;
mod link;
mod reference;
mod relation;
mod spelling;
mod unit;
mod voice;
mod weight;
mod words;

use parallax_model::{Document, Entity, QuotationRef, Rendition, Utterance};

use crate::embedding::Lexicon;

use candidates::candidates;
use group::{Links, group};
use link::link;
use reference::{Choice, Witnesses};
use relation::{Rendered, relate};
use unit::{Unit, units};
use voice::{is_misattributed, speaker};
use weight::Weights;

/// Collates the quotations of many articles into utterances, in the order of their references; `origin_of` gives for each article the index
/// of its origin, so that a reference is chosen by independent support. A saying that only one article has is an utterance too.
pub fn collate(documents: &[Document], entities: &[Entity], origin_of: &[usize]) -> Vec<Utterance> {
    let mut lexicon = Lexicon::new();
    let units = units(documents, entities, &mut lexicon);
    let weights = Weights::new(&units, &lexicon);
    let links = links(&units, &weights, &lexicon);
    let groups = group(&units, &links, &weights);
    let witnesses = Witnesses::new(documents, origin_of, &units, &groups);
    let collation =
        Collation { documents, units: &units, links: &links, witnesses: &witnesses, lexicon: &lexicon };
    let mut utterances: Vec<_> = groups.iter().filter_map(|group| collation.utterance(group)).collect();
    utterances.sort_by_key(|(place, _)| *place);
    utterances.into_iter().map(|(_, utterance)| utterance).collect()
}

fn links(units: &[Unit], weights: &Weights<'_>, lexicon: &Lexicon) -> Links {
    let pairs = candidates(units, lexicon).into_iter();
    let links = pairs.filter_map(|(a, b)| Some(((a, b), link(&units[a], &units[b], weights, lexicon)?)));
    links.collect()
}

/// Where a reference stands.
type At = (QuotationRef, Option<usize>);

/// All that an utterance is made from.
struct Collation<'a> {
    documents: &'a [Document],
    units: &'a [Unit],
    links: &'a Links,
    witnesses: &'a Witnesses<'a>,
    lexicon: &'a Lexicon,
}

impl<'a> Collation<'a> {
    fn utterance(&self, group: &[usize]) -> Option<(At, Utterance)> {
        let Choice { unit, reason } = self.witnesses.choose(group, self.units)?;
        let reference = &self.units[unit];
        let utterance = Utterance {
            speaker: speaker(group, self.units),
            reference: Some(reference.quotation),
            reference_reason: reason,
            renditions: group.iter().map(|&member| self.rendition(member, unit, group)).collect(),
        };
        Some(((reference.quotation, reference.spans.first().map(|span| span.start)), utterance))
    }

    fn rendition(&self, member: usize, reference: usize, group: &[usize]) -> Rendition {
        let unit = &self.units[member];
        let (relation, differences) = relate(self.rendered(reference), self.rendered(member), self.lexicon);
        let (score, rule) = self.belonging(member, reference, group);
        Rendition {
            quotation: unit.quotation,
            spans: (!unit.is_whole).then(|| unit.spans.clone()),
            relation,
            misattributed: is_misattributed(member, group, self.units, self.witnesses),
            differences,
            score,
            rule,
        }
    }

    fn rendered(&self, unit: usize) -> Rendered<'a> {
        let unit = &self.units[unit];
        Rendered { unit, text: self.documents[unit.quotation.article].text() }
    }

    /// How sure it is that a unit belongs to its group, and why: its link with the reference, else its best with any other.
    fn belonging(&self, member: usize, reference: usize, group: &[usize]) -> (f32, &'static str) {
        if member == reference {
            return (1.0, "reference");
        }
        let link = |other: usize| self.links.get(&(member.min(other), member.max(other)));
        let best = group.iter().filter_map(|&other| link(other)).max_by(|a, b| a.score.total_cmp(&b.score));
        link(reference).or(best).map_or((0.0, "unlinked"), |link| (link.score, link.rule))
    }
}
