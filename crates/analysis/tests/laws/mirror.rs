//! What a comparison of two reports says, apart from which of them comes first.

use std::collections::BTreeSet;

use parallax_model::{Agreement, Comparison, LineageRelation, PassageRelation, Place, Span};

/// A place, with its report by the number it is known by whatever its position.
type At = (usize, Span);

/// Everything that must not change when two reports change places. Where nothing speaks for either direction, which of the two is called
/// the source is open, and with it the share that is given.
#[derive(Debug, PartialEq)]
pub(crate) struct Told {
    passages: BTreeSet<(At, At, PassageRelation)>,
    directed: Vec<(usize, usize, LineageRelation)>,
    undirected: Vec<LineageRelation>,
    origins: BTreeSet<BTreeSet<usize>>,
    sayings: BTreeSet<BTreeSet<At>>,
    facts: Vec<(BTreeSet<At>, Agreement, usize)>,
    stories: BTreeSet<BTreeSet<usize>>,
    timeline: BTreeSet<(String, BTreeSet<At>)>,
}

impl Told {
    /// What `comparison` says of two reports, of which `known_as` gives the numbers.
    pub(crate) fn of(comparison: &Comparison, known_as: [usize; 2]) -> Self {
        let at = |place: Place| (known_as[place.article], place.span);
        let both = |articles: &[usize]| articles.iter().map(|&article| known_as[article]).collect();
        let passages = comparison.passages.iter().map(|passage| {
            let (a, b) = (at(passage.a), at(passage.b));
            (a.min(b), a.max(b), passage.relation)
        });
        let (sure, open): (Vec<_>, Vec<_>) = comparison
            .lineage
            .iter()
            .partition(|l| l.direction_confidence > 0.5 && l.relation != LineageRelation::SharesSource);
        let saying = |utterance: &parallax_model::Utterance| {
            let quotations = utterance.renditions.iter().map(|rendition| {
                let (article, quotation) = (rendition.quotation.article, rendition.quotation.quotation);
                let spans = &comparison.documents[article].quotations[quotation].spans;
                at(Place::new(article, *rendition.spans.as_ref().unwrap_or(spans).first().unwrap()))
            });
            quotations.collect()
        };
        let mut facts: Vec<_> = comparison
            .facts
            .iter()
            .map(|fact| {
                (fact.reports.iter().map(|report| at(report.place)).collect(), fact.agreement, fact.origins)
            })
            .collect();
        facts.sort();
        Self {
            passages: passages.collect(),
            directed: sure.iter().map(|l| (known_as[l.from], known_as[l.to], l.relation)).collect(),
            undirected: open.iter().map(|l| l.relation).collect(),
            origins: comparison.origins.iter().map(|origin| both(&origin.articles)).collect(),
            sayings: comparison.utterances.iter().map(saying).collect(),
            facts,
            stories: comparison.stories.iter().map(|story| both(&story.articles)).collect(),
            timeline: comparison
                .timeline
                .iter()
                .map(|event| (event.date.clone(), event.reports.iter().map(|&place| at(place)).collect()))
                .collect(),
        }
    }
}
