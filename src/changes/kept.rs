//! A comparison as it is kept, read back as far as changes need it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::EventPlace;

/// A comparison of `parallax.comparison/1`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Kept {
    pub(super) articles: Vec<Article>,
    quotations: Vec<Quotation>,
    pub(super) utterances: Vec<Utterance>,
    #[serde(default)]
    entities: Vec<Entity>,
    pub(super) facts: Vec<Fact>,
    pub(super) origins: Vec<Origin>,
    #[serde(default)]
    evidence: Evidence,
    #[serde(skip)]
    article_of: BTreeMap<String, usize>,
    #[serde(skip)]
    quotation_of: BTreeMap<String, usize>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Article {
    pub(super) id: String,
    pub(super) source: Option<String>,
    pub(super) text: String,
    #[serde(default)]
    sentences: Vec<Span>,
    /// The byte at which each character begins, and the end.
    #[serde(skip)]
    starts: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Quotation {
    id: String,
    pub(super) article: String,
    pub(super) kind: String,
    pub(super) spans: Vec<Span>,
    pub(super) cue: Option<Span>,
    pub(super) speaker: Speaker,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Speaker {
    pub(super) mention: Option<Span>,
    pub(super) name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Utterance {
    speaker: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) renditions: Vec<Rendition>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Rendition {
    pub(super) quotation: String,
    pub(super) spans: Option<Vec<Span>>,
    pub(super) relation: String,
    pub(super) misattributed: bool,
    pub(super) differences: Vec<Difference>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Difference {
    pub(super) reference: String,
    pub(super) rendition: String,
    /// How it bears on the meaning, where it does.
    #[serde(skip)]
    pub(super) effect: Option<String>,
}

/// What is kept beside the comparison.
#[derive(Debug, Clone, Default, Deserialize)]
struct Evidence {
    /// By saying.
    renditions: Vec<Vec<RenditionEvidence>>,
}

/// A rendition's score, its rule, and for each difference how it bears on the meaning.
type RenditionEvidence = (IgnoredAny, IgnoredAny, Vec<Option<String>>);

#[derive(Debug, Clone, Deserialize)]
struct Entity {
    id: String,
    name: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Fact {
    pub(super) statement: String,
    pub(super) reports: Vec<FactReport>,
    pub(super) agreement: String,
    pub(super) explanation: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct FactReport {
    pub(super) article: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Option<f64>,
    pub(super) unit: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Origin {
    pub(super) articles: Vec<String>,
}

impl Kept {
    /// Reads a comparison from its JSON.
    pub(crate) fn read(json: &str) -> serde_json::Result<Self> {
        let mut kept: Self = serde_json::from_str(json)?;
        let articles = kept.articles.iter().enumerate();
        kept.article_of = articles.map(|(index, article)| (article.id.clone(), index)).collect();
        let quotations = kept.quotations.iter().enumerate();
        kept.quotation_of = quotations.map(|(index, quotation)| (quotation.id.clone(), index)).collect();
        kept.articles.iter_mut().for_each(Article::count);
        kept.weigh();
        Ok(kept)
    }

    /// Gives each difference its effect on the meaning.
    fn weigh(&mut self) {
        let effects = std::mem::take(&mut self.evidence.renditions);
        for (saying, effects) in self.utterances.iter_mut().zip(effects) {
            for (rendition, (_, _, effects)) in saying.renditions.iter_mut().zip(effects) {
                for (difference, effect) in rendition.differences.iter_mut().zip(effects) {
                    difference.effect = effect;
                }
            }
        }
    }

    pub(super) fn article(&self, id: &str) -> Option<&Article> {
        self.articles.get(*self.article_of.get(id)?)
    }

    pub(super) fn quotation(&self, id: &str) -> Option<&Quotation> {
        self.quotations.get(*self.quotation_of.get(id)?)
    }

    /// What a report is called to a reader: its outlet, or else its name.
    pub(super) fn outlet<'a>(&'a self, report: &'a str) -> &'a str {
        self.article(report).and_then(|article| article.source.as_deref()).unwrap_or(report)
    }

    /// Who says a saying, as most reports have it.
    pub(super) fn speaker(&self, saying: &Utterance) -> Option<&str> {
        let id = saying.speaker.as_deref()?;
        self.entities.iter().find(|entity| entity.id == id).map(|entity| entity.name.as_str())
    }

    /// A stretch of a report with its words.
    pub(super) fn place(&self, report: &str, span: Span) -> Option<EventPlace> {
        let words = self.article(report)?.words(span)?.to_owned();
        Some(EventPlace { report: report.to_owned(), start: span.start, end: span.end, words })
    }

    /// Whether a stretch of a report has a saying that most others credit to another speaker.
    pub(super) fn is_credited_otherwise(&self, stretch: &FactReport) -> bool {
        let meets = |place: &EventPlace| {
            place.report == stretch.article && place.start < stretch.end && stretch.start < place.end
        };
        let renditions = self.utterances.iter().flat_map(|saying| &saying.renditions);
        renditions
            .filter(|rendition| rendition.misattributed)
            .flat_map(|it| self.rendered(it))
            .any(|it| meets(&it))
    }

    /// The stretches of a rendition.
    pub(super) fn rendered(&self, rendition: &Rendition) -> Vec<EventPlace> {
        let Some(quotation) = self.quotation(&rendition.quotation) else { return Vec::new() };
        let spans = rendition.spans.as_ref().unwrap_or(&quotation.spans);
        spans.iter().filter_map(|span| self.place(&quotation.article, *span)).collect()
    }
}

impl Utterance {
    /// The rendition that the others are held against.
    pub(super) fn original(&self) -> Option<&Rendition> {
        self.renditions.iter().find(|rendition| Some(&rendition.quotation) == self.reference.as_ref())
    }
}

impl Article {
    fn count(&mut self) {
        let starts = self.text.char_indices().map(|(start, _)| start);
        self.starts = starts.chain([self.text.len()]).collect();
    }

    /// The words of a stretch.
    pub(super) fn words(&self, span: Span) -> Option<&str> {
        self.text.get(*self.starts.get(span.start)?..*self.starts.get(span.end)?)
    }

    /// The sentence in which a stretch begins; the stretch itself where there is none.
    pub(super) fn sentence(&self, span: Span) -> Option<&str> {
        let behind = self.sentences.partition_point(|sentence| sentence.end <= span.start);
        let sentence = self.sentences.get(behind).filter(|sentence| sentence.start <= span.start);
        self.words(sentence.copied().unwrap_or(span))
    }
}

impl FactReport {
    pub(super) fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}
