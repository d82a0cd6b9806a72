//! The model, turned into rows by hand.

use std::collections::BTreeMap;

use parallax_model::{
    Article, Comparison, Document, Fact, Lineage, Passage, PassageRelation, Place, Quotation, QuotationRef,
    Rendition, Span as Bytes, Utterance as Saying, Verdict,
};

use super::words::{
    agreement_word, difference_word, effect_word, entity_word, fact_word, lineage_word, rendition_word,
};
use super::{
    ArticleRow, BoilerplateRow, ComparisonDocument, DifferenceRow, EntityRow, EventRow, FactReportRow,
    FactRow, FeatureRow, LineageRow, Offsets, OriginRow, PassageRow, PlaceRow, QuotationRow, RenditionRow,
    Span, SpeakerRow, StoryRow, UtteranceRow, VerdictRow,
};

impl<'a> ComparisonDocument<'a> {
    pub(crate) fn new(comparison: &'a Comparison) -> Self {
        Converter::new(comparison).document()
    }
}

/// Knows the comparison and how to convert the offsets of each of its articles.
struct Converter<'a> {
    comparison: &'a Comparison,
    offsets: Vec<Offsets<'a>>,
    /// The sayings that each quotation renders.
    sayings: BTreeMap<QuotationRef, Vec<usize>>,
    /// The entity that gathers each chain of each article.
    entities: BTreeMap<(usize, usize), usize>,
}

impl<'a> Converter<'a> {
    fn new(comparison: &'a Comparison) -> Self {
        let offsets = comparison.documents.iter().map(|d| Offsets::new(d.text())).collect();
        let mut sayings: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (index, saying) in comparison.utterances.iter().enumerate() {
            for rendition in &saying.renditions {
                sayings.entry(rendition.quotation).or_default().push(index);
            }
        }
        let entities = comparison.entities.iter().enumerate();
        let entities = entities.flat_map(|(i, e)| e.chains.iter().map(move |&chain| (chain, i))).collect();
        Self { comparison, offsets, sayings, entities }
    }

    fn document(&self) -> ComparisonDocument<'a> {
        let c = self.comparison;
        ComparisonDocument {
            schema: "parallax.comparison/1",
            offsets: "unicode-scalar",
            articles: c.documents.iter().enumerate().map(|(i, d)| self.article(i, d)).collect(),
            quotations: self.quotations(),
            utterances: c.utterances.iter().enumerate().map(|(i, u)| self.utterance(i, u)).collect(),
            entities: self.entities(),
            facts: c.facts.iter().enumerate().map(|(i, f)| self.fact(i, f)).collect(),
            passages: c.passages.iter().map(|p| self.passage(p)).collect(),
            lineage: c.lineage.iter().map(|l| self.lineage(l)).collect(),
            origins: self.origins(),
            timeline: self.timeline(),
            stories: self.stories(),
        }
    }

    fn id(&self, article: usize) -> &'a str {
        &self.comparison.documents[article].article.id
    }

    fn ids(&self, articles: &[usize]) -> Vec<&'a str> {
        articles.iter().map(|&i| self.id(i)).collect()
    }

    fn place(&self, place: Place) -> PlaceRow<'a> {
        let Span { start, end } = self.offsets[place.article].span(place.span);
        PlaceRow { article: self.id(place.article), start, end }
    }

    fn places(&self, places: &[Place]) -> Vec<PlaceRow<'a>> {
        places.iter().map(|&p| self.place(p)).collect()
    }

    fn spans(&self, article: usize, spans: &[Bytes]) -> Vec<Span> {
        spans.iter().map(|&s| self.offsets[article].span(s)).collect()
    }

    fn article(&self, index: usize, document: &'a Document) -> ArticleRow<'a> {
        let Article { id, source, title, published, url, language, authors, text, .. } = &document.article;
        let offsets = &self.offsets[index];
        let boilerplate = document.boilerplate.iter().map(|b| {
            let Span { start, end } = offsets.span(b.span);
            BoilerplateRow { start, end, kind: b.kind, rule: b.rule }
        });
        ArticleRow {
            id,
            source: source.as_deref(),
            title: title.as_deref(),
            published: published.as_deref(),
            url: url.as_deref(),
            language: language.as_deref(),
            text,
            sentences: document.segments.sentences.iter().map(|s| offsets.span(s.span)).collect(),
            boilerplate: boilerplate.collect(),
            authors,
        }
    }

    fn quotations(&self) -> Vec<QuotationRow<'a>> {
        let documents = self.comparison.documents.iter().enumerate();
        documents
            .flat_map(|(i, d)| d.quotations.iter().enumerate().map(move |(k, q)| self.quotation(i, k, q)))
            .collect()
    }

    fn quotation(&self, article: usize, index: usize, quotation: &'a Quotation) -> QuotationRow<'a> {
        let sayings = self.sayings.get(&QuotationRef { article, quotation: index });
        let entity = quotation.speaker.chain.and_then(|chain| self.entities.get(&(article, chain)));
        QuotationRow {
            utterances: sayings.into_iter().flatten().map(|&i| utterance_id(i)).collect(),
            speaker: SpeakerRow {
                entity: entity.map(|&i| entity_id(i)),
                ..speaker_row(&self.offsets[article], quotation)
            },
            ..quotation_row(self.id(article), index, &self.offsets[article], quotation)
        }
    }

    fn utterance(&self, index: usize, saying: &'a Saying) -> UtteranceRow<'a> {
        UtteranceRow {
            id: utterance_id(index),
            speaker: saying.speaker.map(entity_id),
            reference: saying.reference.map(|q| self.quotation_id(q)),
            reference_reason: &saying.reference_reason,
            renditions: saying.renditions.iter().map(|r| self.rendition(r)).collect(),
        }
    }

    fn rendition(&self, rendition: &'a Rendition) -> RenditionRow<'a> {
        let differences = rendition.differences.iter().map(|d| DifferenceRow {
            op: difference_word(d.op),
            reference: &d.reference,
            rendition: &d.rendition,
            effect: d.effect.map(effect_word),
        });
        RenditionRow {
            quotation: self.quotation_id(rendition.quotation),
            spans: rendition.spans.as_ref().map(|spans| self.spans(rendition.quotation.article, spans)),
            relation: rendition_word(rendition.relation),
            misattributed: rendition.misattributed,
            differences: differences.collect(),
            score: rendition.score,
            rule: rendition.rule,
        }
    }

    fn quotation_id(&self, quotation: QuotationRef) -> String {
        quotation_id(self.id(quotation.article), quotation.quotation)
    }

    fn entities(&self) -> Vec<EntityRow<'a>> {
        let rows = self.comparison.entities.iter().enumerate().map(|(i, e)| EntityRow {
            id: entity_id(i),
            name: &e.name,
            kind: entity_word(e.kind),
            roles: &e.roles,
            mentions: self.places(&e.mentions),
        });
        rows.collect()
    }

    fn fact(&self, index: usize, fact: &'a Fact) -> FactRow<'a> {
        let reports = fact.reports.iter().map(|r| {
            let PlaceRow { article, start, end } = self.place(r.place);
            FactReportRow {
                article,
                start,
                end,
                value: r.value,
                unit: r.unit.as_deref(),
                approximate: r.approximate,
            }
        });
        FactRow {
            id: format!("f{}", index + 1),
            kind: fact_word(fact.kind),
            statement: &fact.statement,
            reports: reports.collect(),
            agreement: agreement_word(fact.agreement),
            origins: fact.origins,
            explanation: &fact.explanation,
        }
    }

    fn passage(&self, passage: &'a Passage) -> PassageRow<'a> {
        PassageRow {
            a: self.place(passage.a),
            b: self.place(passage.b),
            relation: passage.relation.word(),
            score: passage.score,
            shared_quotation: passage.shared_quotation,
            rule: passage.rule,
            verdict: passage.verdict.as_ref().map(verdict_row),
        }
    }

    fn lineage(&self, lineage: &'a Lineage) -> LineageRow<'a> {
        LineageRow {
            from: self.id(lineage.from),
            to: self.id(lineage.to),
            relation: lineage_word(lineage.relation),
            share: lineage.share,
            direction_confidence: lineage.direction_confidence,
            evidence: &lineage.evidence,
        }
    }

    fn origins(&self) -> Vec<OriginRow<'a>> {
        let rows = self.comparison.origins.iter().enumerate().map(|(i, o)| OriginRow {
            id: format!("o{}", i + 1),
            articles: self.ids(&o.articles),
            reason: &o.reason,
        });
        rows.collect()
    }

    fn timeline(&self) -> Vec<EventRow<'a>> {
        let rows = self.comparison.timeline.iter().map(|e| EventRow {
            date: &e.date,
            statement: &e.statement,
            reports: self.places(&e.reports),
        });
        rows.collect()
    }

    fn stories(&self) -> Vec<StoryRow<'a>> {
        let rows = self.comparison.stories.iter().enumerate().map(|(i, s)| StoryRow {
            id: format!("s{}", i + 1),
            title: &s.title,
            articles: self.ids(&s.articles),
        });
        rows.collect()
    }
}

/// The rows of the passages alone.
pub(crate) fn passage_rows(comparison: &Comparison) -> Vec<PassageRow<'_>> {
    let converter = Converter::new(comparison);
    comparison.passages.iter().map(|passage| converter.passage(passage)).collect()
}

fn verdict_row(verdict: &Verdict) -> VerdictRow {
    VerdictRow {
        relation: verdict.relation.map(PassageRelation::word),
        same: verdict.same,
        conflicts: verdict.conflicts.iter().map(|conflict| conflict.word()).collect(),
        features: verdict.reasons.iter().map(|&(feature, weight)| FeatureRow { feature, weight }).collect(),
    }
}

/// The row of one quotation on its own, outside any comparison.
pub(crate) fn quotation_row<'a>(
    article: &'a str,
    index: usize,
    offsets: &Offsets<'_>,
    quotation: &'a Quotation,
) -> QuotationRow<'a> {
    QuotationRow {
        id: quotation_id(article, index),
        article,
        kind: quotation.kind.word(),
        spans: quotation.spans.iter().map(|&s| offsets.span(s)).collect(),
        cue: quotation.cue.map(|s| offsets.span(s)),
        speaker: speaker_row(offsets, quotation),
        utterances: Vec::new(),
        rule: quotation.rule,
        confidence: quotation.confidence,
    }
}

fn speaker_row<'a>(offsets: &Offsets<'_>, quotation: &'a Quotation) -> SpeakerRow<'a> {
    let speaker = &quotation.speaker;
    SpeakerRow {
        mention: speaker.mention.map(|s| offsets.span(s)),
        entity: None,
        name: speaker.name.as_deref(),
    }
}

fn quotation_id(article: &str, index: usize) -> String {
    format!("{article}-q{}", index + 1)
}

fn utterance_id(index: usize) -> String {
    format!("u{}", index + 1)
}

fn entity_id(index: usize) -> String {
    format!("e{}", index + 1)
}
