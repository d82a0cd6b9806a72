//! The same saying across articles: who renders it, in which words, and which rendering the others are held against.
//!
//! Each sentence that a quotation holds is a unit; units that render one saying are linked by speaker, words and surroundings,
//! grouped without chaining, and compared word by word with a reference that independent articles support. The terms
//! are those of textual criticism: a rendition is a witness's reading, the reference stands in for the archetype.

mod candidates;
mod clause;
mod decided;
mod difference;
mod effect;
mod group;
mod link;
mod reading;
mod reference;
mod relation;
mod spelling;
mod table;
mod unit;
mod voice;
mod weight;
mod words;

use parallax_model::{Document, Entity, QuotationRef, Rendition, Utterance};
use rayon::prelude::*;

use crate::embedding::Lexicon;

use candidates::candidates;
pub use decided::Decision;
use decided::decide;
use group::{Links, group};
use link::link;
use reading::{Reading, readings};
use reference::{Choice, Witnesses};
use relation::{Rendered, relate};
pub use table::{alignment_table, variant_graph};
use unit::{Unit, units};
use voice::{is_misattributed, speaker};
use weight::Weights;

/// Collates the quotations of many articles into utterances, in the order of their references; `origin_of` gives for each article the index
/// of its origin, so that a reference is chosen by independent support. A saying that only one article has is an utterance too.
pub fn collate(documents: &[Document], entities: &[Entity], origin_of: &[usize]) -> Vec<Utterance> {
    collate_decided(documents, entities, origin_of, &[])
}

/// The same, where people decided about some quotations: that goes before what is found.
pub fn collate_decided(
    documents: &[Document],
    entities: &[Entity],
    origin_of: &[usize],
    decisions: &[Decision],
) -> Vec<Utterance> {
    let mut lexicon = Lexicon::new();
    let units = units(documents, entities, &mut lexicon);
    let weights = Weights::new(&units, &lexicon);
    let mut links = links(&units, origin_of, &weights, &lexicon);
    let groups = group(&units, &links, &weights);
    let groups = decide(groups, &units, &mut links, decisions);
    let groups: Vec<_> = groups.iter().map(|group| readings(group, &units, &links)).collect();
    let witnesses = Witnesses::new(documents, origin_of, &groups);
    let collation = Collation { documents, witnesses: &witnesses, lexicon: &lexicon };
    let mut utterances: Vec<_> = groups.iter().filter_map(|group| collation.utterance(group)).collect();
    utterances.sort_by_key(|(place, _)| *place);
    utterances.into_iter().map(|(_, utterance)| utterance).collect()
}

fn links(units: &[Unit], origin_of: &[usize], weights: &Weights<'_>, lexicon: &Lexicon) -> Links {
    let pairs: Vec<_> = candidates(units, lexicon).into_iter().collect();
    let origin = |unit: &Unit| origin_of.get(unit.quotation.article);
    let linked = |(a, b): (usize, usize)| {
        let (one, other) = (&units[a], &units[b]);
        Some(((a, b), link(one, other, origin(one) == origin(other), weights, lexicon)?))
    };
    pairs.into_par_iter().filter_map(linked).collect()
}

/// Where a reference stands.
type At = (QuotationRef, Option<usize>);

/// All that an utterance is made from.
struct Collation<'a> {
    documents: &'a [Document],
    witnesses: &'a Witnesses<'a>,
    lexicon: &'a Lexicon,
}

impl<'a> Collation<'a> {
    fn utterance(&self, group: &[Reading]) -> Option<(At, Utterance)> {
        let Choice { reading, reason } = self.witnesses.choose(group)?;
        let reference = group.get(reading)?;
        let utterance = Utterance {
            speaker: speaker(group),
            reference: Some(reference.unit.quotation),
            reference_reason: reason,
            renditions: group.iter().map(|reading| self.rendition(reading, reference, group)).collect(),
        };
        Some(((reference.unit.quotation, reference.unit.spans.first().map(|span| span.start)), utterance))
    }

    fn rendition(&self, reading: &Reading, reference: &Reading, group: &[Reading]) -> Rendition {
        let unit = &reading.unit;
        let (relation, differences) =
            relate(self.rendered(&reference.unit), self.rendered(unit), self.lexicon);
        Rendition {
            quotation: unit.quotation,
            spans: (!unit.is_whole()).then(|| unit.spans.clone()),
            relation,
            misattributed: is_misattributed(reading, group, self.witnesses),
            differences,
            score: reading.link.score,
            rule: reading.link.rule,
        }
    }

    fn rendered<'b>(&self, unit: &'b Unit) -> Rendered<'b>
    where
        'a: 'b,
    {
        Rendered { unit, text: self.documents[unit.quotation.article].text() }
    }
}
