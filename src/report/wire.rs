//! The shapes of `parallax.comparison/1`, converted by hand from the model.
//!
//! Inside, offsets are bytes; outside, they are Unicode scalar values. [`Offsets`] is the one place that converts.

use parallax_model::{
    Agreement, Article, Comparison, DifferenceOp, Document, EntityKind, Fact, FactKind, Lineage,
    LineageRelation, Passage, PassageRelation, Place, Quotation, QuotationKind, QuotationRef, Rendition,
    RenditionRelation, Span as Bytes, Utterance as Saying,
};
use serde::Serialize;

/// The whole document.
#[derive(Debug, Serialize)]
pub(crate) struct ComparisonDocument<'a> {
    schema: &'static str,
    offsets: &'static str,
    articles: Vec<ArticleRow<'a>>,
    quotations: Vec<QuotationRow<'a>>,
    utterances: Vec<UtteranceRow<'a>>,
    entities: Vec<EntityRow<'a>>,
    facts: Vec<FactRow<'a>>,
    passages: Vec<PassageRow<'a>>,
    lineage: Vec<LineageRow<'a>>,
    origins: Vec<OriginRow<'a>>,
    timeline: Vec<EventRow<'a>>,
    stories: Vec<StoryRow<'a>>,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A stretch of one article.
#[derive(Debug, Serialize)]
pub(crate) struct PlaceRow<'a> {
    pub(crate) article: &'a str,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Serialize)]
struct ArticleRow<'a> {
    id: &'a str,
    source: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    text: &'a str,
    sentences: Vec<Span>,
    boilerplate: Vec<BoilerplateRow>,
}

#[derive(Debug, Serialize)]
struct BoilerplateRow {
    start: usize,
    end: usize,
    kind: &'static str,
    rule: &'static str,
}

/// One quotation, as the document and `parallax quotations` give it.
#[derive(Debug, Serialize)]
pub(crate) struct QuotationRow<'a> {
    pub(crate) id: String,
    pub(crate) article: &'a str,
    pub(crate) kind: &'static str,
    pub(crate) spans: Vec<Span>,
    pub(crate) cue: Option<Span>,
    pub(crate) speaker: SpeakerRow<'a>,
    pub(crate) utterances: Vec<String>,
    pub(crate) rule: &'static str,
    pub(crate) confidence: f32,
}

#[derive(Debug, Serialize)]
pub(crate) struct SpeakerRow<'a> {
    pub(crate) mention: Option<Span>,
    pub(crate) entity: Option<String>,
    pub(crate) name: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct UtteranceRow<'a> {
    id: String,
    speaker: Option<String>,
    reference: Option<String>,
    reference_reason: &'a str,
    renditions: Vec<RenditionRow<'a>>,
}

#[derive(Debug, Serialize)]
struct RenditionRow<'a> {
    quotation: String,
    spans: Option<Vec<Span>>,
    relation: &'static str,
    misattributed: bool,
    differences: Vec<DifferenceRow<'a>>,
}

#[derive(Debug, Serialize)]
struct DifferenceRow<'a> {
    op: &'static str,
    reference: &'a str,
    rendition: &'a str,
}

#[derive(Debug, Serialize)]
struct EntityRow<'a> {
    id: String,
    name: &'a str,
    kind: &'static str,
    roles: &'a [String],
    mentions: Vec<PlaceRow<'a>>,
}

#[derive(Debug, Serialize)]
struct FactRow<'a> {
    id: String,
    kind: &'static str,
    statement: &'a str,
    reports: Vec<FactReportRow<'a>>,
    agreement: &'static str,
    origins: usize,
    explanation: &'a str,
}

#[derive(Debug, Serialize)]
struct FactReportRow<'a> {
    article: &'a str,
    start: usize,
    end: usize,
    value: Option<f64>,
    unit: Option<&'a str>,
    approximate: bool,
}

#[derive(Debug, Serialize)]
struct PassageRow<'a> {
    a: PlaceRow<'a>,
    b: PlaceRow<'a>,
    relation: &'static str,
    score: f32,
}

#[derive(Debug, Serialize)]
struct LineageRow<'a> {
    from: &'a str,
    to: &'a str,
    relation: &'static str,
    share: f32,
    direction_confidence: f32,
    evidence: &'a [String],
}

#[derive(Debug, Serialize)]
struct OriginRow<'a> {
    id: String,
    articles: Vec<&'a str>,
    reason: &'a str,
}

#[derive(Debug, Serialize)]
struct EventRow<'a> {
    date: &'a str,
    statement: &'a str,
    reports: Vec<PlaceRow<'a>>,
}

#[derive(Debug, Serialize)]
struct StoryRow<'a> {
    id: String,
    title: &'a str,
    articles: Vec<&'a str>,
}

/// Converts byte offsets of one text to scalar offsets.
pub(crate) struct Offsets<'a> {
    text: &'a str,
    /// Scalar offset of every 64th byte; a look-up counts at most 63 bytes on.
    marks: Vec<usize>,
}

impl<'a> Offsets<'a> {
    const STRIDE: usize = 64;

    pub(crate) fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / Self::STRIDE + 1);
        let mut scalars = 0;
        for (offset, byte) in text.bytes().enumerate() {
            if offset % Self::STRIDE == 0 {
                marks.push(scalars);
            }
            scalars += usize::from(starts_scalar(byte));
        }
        if text.len().is_multiple_of(Self::STRIDE) {
            marks.push(scalars);
        }
        Self { text, marks }
    }

    fn scalar(&self, offset: usize) -> usize {
        let mark = offset / Self::STRIDE;
        let rest = &self.text.as_bytes()[mark * Self::STRIDE..offset];
        self.marks[mark] + rest.iter().filter(|b| starts_scalar(**b)).count()
    }

    pub(crate) fn span(&self, span: Bytes) -> Span {
        Span { start: self.scalar(span.start), end: self.scalar(span.end) }
    }
}

/// Whether a byte is the first of a character's encoding.
fn starts_scalar(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

impl<'a> ComparisonDocument<'a> {
    pub(crate) fn new(comparison: &'a Comparison) -> Self {
        Converter::new(comparison).document()
    }
}

/// Knows the comparison and how to convert the offsets of each of its articles.
struct Converter<'a> {
    comparison: &'a Comparison,
    offsets: Vec<Offsets<'a>>,
}

impl<'a> Converter<'a> {
    fn new(comparison: &'a Comparison) -> Self {
        let offsets = comparison.documents.iter().map(|d| Offsets::new(d.text())).collect();
        Self { comparison, offsets }
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
        let Article { id, source, title, published, url, language, text, .. } = &document.article;
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
        }
    }

    fn quotations(&self) -> Vec<QuotationRow<'a>> {
        let documents = self.comparison.documents.iter().enumerate();
        documents
            .flat_map(|(i, d)| d.quotations.iter().enumerate().map(move |(k, q)| self.quotation(i, k, q)))
            .collect()
    }

    fn quotation(&self, article: usize, index: usize, quotation: &'a Quotation) -> QuotationRow<'a> {
        let here = QuotationRef { article, quotation: index };
        let sayings = self.comparison.utterances.iter().enumerate();
        let entity = quotation.speaker.chain.and_then(|chain| self.comparison.entity_of(article, chain));
        QuotationRow {
            utterances: sayings
                .filter(|(_, saying)| saying.renditions.iter().any(|r| r.quotation == here))
                .map(|(i, _)| utterance_id(i))
                .collect(),
            speaker: SpeakerRow {
                entity: entity.map(entity_id),
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
        });
        RenditionRow {
            quotation: self.quotation_id(rendition.quotation),
            spans: rendition.spans.as_ref().map(|spans| self.spans(rendition.quotation.article, spans)),
            relation: rendition_word(rendition.relation),
            misattributed: rendition.misattributed,
            differences: differences.collect(),
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
            relation: passage_word(passage.relation),
            score: passage.score,
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
        kind: quotation_word(quotation.kind),
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

pub(crate) const fn quotation_word(kind: QuotationKind) -> &'static str {
    match kind {
        QuotationKind::Direct => "direct",
        QuotationKind::Mixed => "mixed",
        QuotationKind::Indirect => "indirect",
    }
}

pub(crate) const fn rendition_word(relation: RenditionRelation) -> &'static str {
    match relation {
        RenditionRelation::Verbatim => "verbatim",
        RenditionRelation::Typo => "typo",
        RenditionRelation::Truncated => "truncated",
        RenditionRelation::Spliced => "spliced",
        RenditionRelation::Reworded => "reworded",
        RenditionRelation::Paraphrased => "paraphrased",
    }
}

pub(crate) const fn difference_word(op: DifferenceOp) -> &'static str {
    match op {
        DifferenceOp::Replace => "replace",
        DifferenceOp::Insert => "insert",
        DifferenceOp::Delete => "delete",
    }
}

pub(crate) const fn entity_word(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organisation",
        EntityKind::Place => "place",
        EntityKind::Group => "group",
    }
}

pub(crate) const fn fact_word(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Quantity => "quantity",
        FactKind::Event => "event",
        FactKind::Position => "position",
        FactKind::Plan => "plan",
        FactKind::Agreement => "agreement",
    }
}

pub(crate) const fn agreement_word(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Single => "single",
        Agreement::Agree => "agree",
        Agreement::Differ => "differ",
        Agreement::Conflict => "conflict",
    }
}

pub(crate) const fn passage_word(relation: PassageRelation) -> &'static str {
    match relation {
        PassageRelation::Copy => "copy",
        PassageRelation::Rewrite => "rewrite",
        PassageRelation::SameFact => "same_fact",
    }
}

pub(crate) const fn lineage_word(relation: LineageRelation) -> &'static str {
    match relation {
        LineageRelation::CopyOf => "copy_of",
        LineageRelation::RewriteOf => "rewrite_of",
        LineageRelation::SharesSource => "shares_source",
    }
}
