//! A comparison as an archive keeps it, and read again.
//!
//! It is the contract's document with what that leaves out (why a rendition stands where it does, how a change bears on the meaning, who signed a report), so
//! that a page can be made of it without comparing anew. Units of a text are not kept: they are found again in the text, in less time than reading them.

mod shapes;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use parallax_analysis::quantity::quantities;
use parallax_analysis::segment::segment;
use parallax_model::{
    Agreement, Article, Boilerplate, Comparison, Conflict, Difference, DifferenceOp, Document, Effect,
    Entity, EntityKind, Event, Fact, FactKind, FactReport, Lineage, LineageRelation, Origin, Passage,
    PassageRelation, Place, Problem, Quotation, QuotationKind, QuotationRef, Rendition, RenditionRelation,
    Span as Bytes, Speaker, Story, Utterance, Verdict,
};
use serde::{Deserialize, Serialize};

use super::ComparisonDocument;
use super::words::{
    agreement_word, difference_word, effect_word, entity_word, fact_word, lineage_word, rendition_word,
};
use shapes::{
    Read, ReadArticle, ReadBoilerplate, ReadDifference, ReadEntity, ReadEvent, ReadFact, ReadFactReport,
    ReadLineage, ReadOrigin, ReadPassage, ReadPlace, ReadQuotation, ReadRendition, ReadStory, ReadUtterance,
    ReadVerdict, Scalars,
};

/// The contract's document, and what it leaves out.
#[derive(Serialize)]
struct Kept<'a> {
    #[serde(flatten)]
    document: ComparisonDocument<'a>,
    evidence: Evidence,
}

/// A rendition's score, its rule, and for each difference how it bears on the meaning.
type RenditionEvidence = (f32, String, Vec<Option<String>>);

/// What the contract's document leaves out, each list in the order of the document's.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Evidence {
    authors: Vec<Vec<String>>,
    problems: Vec<Vec<(String, String)>>,
    /// By saying.
    renditions: Vec<Vec<RenditionEvidence>>,
    /// Whether a passage is a quotation that both have, and the rule.
    passages: Vec<(bool, String)>,
    reasons: Vec<Vec<String>>,
}

/// The document to keep.
pub(crate) fn write(comparison: &Comparison) -> serde_json::Result<String> {
    serde_json::to_string(&Kept {
        document: ComparisonDocument::new(comparison),
        evidence: evidence(comparison),
    })
}

fn evidence(comparison: &Comparison) -> Evidence {
    let articles = || comparison.documents.iter().map(|document| &document.article);
    let effects = |rendition: &Rendition| {
        rendition
            .differences
            .iter()
            .map(|change| change.effect.map(|effect| effect_word(effect).to_owned()))
            .collect()
    };
    let rendition = |rendition: &Rendition| (rendition.score, rendition.rule.to_owned(), effects(rendition));
    let problem = |problem: &Problem| (problem.place.clone(), problem.reason.clone());
    Evidence {
        authors: articles().map(|article| article.authors.clone()).collect(),
        problems: articles().map(|article| article.problems.iter().map(problem).collect()).collect(),
        renditions: comparison
            .utterances
            .iter()
            .map(|saying| saying.renditions.iter().map(rendition).collect())
            .collect(),
        passages: comparison
            .passages
            .iter()
            .map(|passage| (passage.shared_quotation, passage.rule.to_owned()))
            .collect(),
        reasons: comparison.stories.iter().map(|story| story.reasons.clone()).collect(),
    }
}

/// Reads a document that was kept; `None` for one that is not whole, as of another program.
pub(crate) fn read(text: &str) -> Option<Comparison> {
    let document: Read = serde_json::from_str(text).ok()?;
    Reader::new(&document).comparison(&document)
}

/// Knows what the names of a document stand for.
struct Reader<'a> {
    articles: BTreeMap<&'a str, usize>,
    /// For each article the byte at which each of its characters begins, and where the text ends.
    offsets: Vec<Vec<usize>>,
    quotations: BTreeMap<&'a str, QuotationRef>,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Read) -> Self {
        let articles: BTreeMap<_, _> = document
            .articles
            .iter()
            .enumerate()
            .map(|(index, article)| (article.id.as_str(), index))
            .collect();
        let starts = |text: &str| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut counts = vec![0; document.articles.len()];
        let mut quotations = BTreeMap::new();
        for quotation in &document.quotations {
            let Some(&article) = articles.get(quotation.article.as_str()) else { continue };
            quotations.insert(quotation.id.as_str(), QuotationRef { article, quotation: counts[article] });
            counts[article] += 1;
        }
        Self {
            offsets: document.articles.iter().map(|article| starts(&article.text)).collect(),
            articles,
            quotations,
        }
    }

    fn comparison(&self, document: &Read) -> Option<Comparison> {
        let stories = document.stories.iter().zip(&document.evidence.reasons);
        let passages = document.passages.iter().zip(&document.evidence.passages);
        let utterances = document.utterances.iter().zip(&document.evidence.renditions);
        let facts = document.facts.iter().map(|fact| self.fact(fact));
        Some(Comparison {
            documents: self.documents(document)?,
            entities: self.entities(document)?,
            utterances: utterances
                .map(|(saying, evidence)| self.utterance(saying, evidence))
                .collect::<Option<_>>()?,
            facts: facts.collect::<Option<_>>()?,
            passages: passages
                .map(|(passage, evidence)| self.passage(passage, evidence))
                .collect::<Option<_>>()?,
            lineage: document.lineage.iter().map(|link| self.lineage(link)).collect::<Option<_>>()?,
            origins: document.origins.iter().map(|origin| self.origin(origin)).collect::<Option<_>>()?,
            timeline: document.timeline.iter().map(|event| self.event(event)).collect::<Option<_>>()?,
            stories: stories.map(|(story, reasons)| self.story(story, reasons)).collect::<Option<_>>()?,
        })
    }

    fn article(&self, id: &str) -> Option<usize> {
        self.articles.get(id).copied()
    }

    fn ids(&self, ids: &[String]) -> Option<Vec<usize>> {
        ids.iter().map(|id| self.article(id)).collect()
    }

    fn span(&self, article: usize, Scalars { start, end }: Scalars) -> Option<Bytes> {
        let offsets = self.offsets.get(article)?;
        (start <= end).then_some(Bytes::new(*offsets.get(start)?, *offsets.get(end)?))
    }

    fn spans(&self, article: usize, spans: &[Scalars]) -> Option<Vec<Bytes>> {
        spans.iter().map(|span| self.span(article, *span)).collect()
    }

    fn place(&self, place: &ReadPlace) -> Option<Place> {
        let article = self.article(&place.article)?;
        Some(Place::new(article, self.span(article, Scalars { start: place.start, end: place.end })?))
    }

    fn places(&self, places: &[ReadPlace]) -> Option<Vec<Place>> {
        places.iter().map(|place| self.place(place)).collect()
    }

    fn documents(&self, document: &Read) -> Option<Vec<Document>> {
        let Evidence { authors, problems, .. } = &document.evidence;
        let articles = document.articles.iter().zip(authors).zip(problems).enumerate();
        let mut documents = articles
            .map(|(index, ((article, authors), problems))| self.document(index, article, authors, problems))
            .collect::<Option<Vec<_>>>()?;
        for quotation in &document.quotations {
            let article = self.article(&quotation.article)?;
            documents.get_mut(article)?.quotations.push(self.quotation(article, quotation)?);
        }
        (documents.len() == document.articles.len()).then_some(documents)
    }

    fn document(
        &self,
        index: usize,
        read: &ReadArticle,
        authors: &[String],
        problems: &[(String, String)],
    ) -> Option<Document> {
        let problem =
            |(place, reason): &(String, String)| Problem { place: place.clone(), reason: reason.clone() };
        let furniture = |b: &ReadBoilerplate| {
            let span = self.span(index, Scalars { start: b.start, end: b.end })?;
            Some(Boilerplate { span, kind: lasting(&b.kind), rule: lasting(&b.rule) })
        };
        let article = Article {
            id: read.id.clone(),
            source: read.source.clone(),
            title: read.title.clone(),
            published: read.published.clone(),
            url: read.url.clone(),
            language: read.language.clone(),
            authors: authors.to_vec(),
            text: read.text.clone(),
            problems: problems.iter().map(problem).collect(),
            ..Article::default()
        };
        let segments = segment(&article.text);
        // A page words a figure as its report does.
        let quantities = quantities(&article.text, &segments);
        let boilerplate = read.boilerplate.iter().map(furniture).collect::<Option<_>>()?;
        Some(Document { article, segments, boilerplate, quantities, ..Document::default() })
    }

    fn quotation(&self, article: usize, read: &ReadQuotation) -> Option<Quotation> {
        Some(Quotation {
            kind: of_word(&read.kind, QuotationKind::word, &KINDS)?,
            spans: self.spans(article, &read.spans)?,
            cue: optional(read.cue, |span| self.span(article, span))?,
            speaker: Speaker {
                mention: optional(read.speaker.mention, |span| self.span(article, span))?,
                // A chain of an article is known by the entity that gathers it: no two of one article have the same.
                chain: read.speaker.entity.as_deref().and_then(number),
                name: read.speaker.name.clone(),
            },
            speech: true,
            rule: lasting(&read.rule),
            confidence: read.confidence,
        })
    }

    fn entities(&self, document: &Read) -> Option<Vec<Entity>> {
        let mut chains = vec![BTreeSet::new(); document.entities.len()];
        for quotation in &document.quotations {
            if let Some(entity) = quotation.speaker.entity.as_deref().and_then(number) {
                chains.get_mut(entity)?.insert((self.article(&quotation.article)?, entity));
            }
        }
        let entities = document.entities.iter().zip(chains);
        let entity = |(read, chains): (&ReadEntity, BTreeSet<(usize, usize)>)| {
            Some(Entity {
                name: read.name.clone(),
                kind: of_word(&read.kind, entity_word, &ENTITIES)?,
                roles: read.roles.clone(),
                mentions: self.places(&read.mentions)?,
                chains: chains.into_iter().collect(),
            })
        };
        entities.map(entity).collect()
    }

    fn utterance(&self, read: &ReadUtterance, evidence: &[RenditionEvidence]) -> Option<Utterance> {
        let renditions = read.renditions.iter().zip(evidence);
        Some(Utterance {
            speaker: read.speaker.as_deref().and_then(number),
            reference: read.reference.as_deref().and_then(|id| self.quotations.get(id)).copied(),
            reference_reason: read.reference_reason.clone(),
            renditions: renditions
                .map(|(read, evidence)| self.rendition(read, evidence))
                .collect::<Option<_>>()?,
        })
    }

    fn rendition(
        &self,
        read: &ReadRendition,
        (score, rule, effects): &RenditionEvidence,
    ) -> Option<Rendition> {
        let quotation = *self.quotations.get(read.quotation.as_str())?;
        let difference = |(read, effect): (&ReadDifference, &Option<String>)| {
            Some(Difference {
                op: of_word(&read.op, difference_word, &OPS)?,
                reference: read.reference.clone(),
                rendition: read.rendition.clone(),
                effect: effect.as_deref().and_then(|effect| of_word(effect, effect_word, &EFFECTS)),
            })
        };
        Some(Rendition {
            quotation,
            spans: optional(read.spans.as_deref(), |spans| self.spans(quotation.article, spans))?,
            relation: of_word(&read.relation, rendition_word, &RENDITIONS)?,
            misattributed: read.misattributed,
            differences: read.differences.iter().zip(effects).map(difference).collect::<Option<_>>()?,
            score: *score,
            rule: lasting(rule),
        })
    }

    fn fact(&self, read: &ReadFact) -> Option<Fact> {
        let report = |report: &ReadFactReport| {
            let article = self.article(&report.article)?;
            let span = self.span(article, Scalars { start: report.start, end: report.end })?;
            let place = Place::new(article, span);
            Some(FactReport {
                place,
                value: report.value,
                unit: report.unit.clone(),
                approximate: report.approximate,
            })
        };
        Some(Fact {
            kind: of_word(&read.kind, fact_word, &FACTS)?,
            statement: read.statement.clone(),
            reports: read.reports.iter().map(report).collect::<Option<_>>()?,
            agreement: of_word(&read.agreement, agreement_word, &AGREEMENTS)?,
            origins: read.origins,
            explanation: read.explanation.clone(),
        })
    }

    fn passage(&self, read: &ReadPassage, (shared_quotation, rule): &(bool, String)) -> Option<Passage> {
        Some(Passage {
            a: self.place(&read.a)?,
            b: self.place(&read.b)?,
            relation: of_word(&read.relation, PassageRelation::word, &PASSAGES)?,
            score: read.score,
            shared_quotation: *shared_quotation,
            rule: lasting(rule),
            verdict: match &read.verdict {
                Some(verdict) => Some(verdict_of(verdict)?),
                None => None,
            },
        })
    }

    fn lineage(&self, read: &ReadLineage) -> Option<Lineage> {
        Some(Lineage {
            from: self.article(&read.from)?,
            to: self.article(&read.to)?,
            relation: of_word(&read.relation, lineage_word, &LINEAGES)?,
            share: read.share,
            direction_confidence: read.direction_confidence,
            evidence: read.evidence.clone(),
        })
    }

    fn origin(&self, read: &ReadOrigin) -> Option<Origin> {
        Some(Origin { articles: self.ids(&read.articles)?, reason: read.reason.clone() })
    }

    fn event(&self, read: &ReadEvent) -> Option<Event> {
        let (date, statement) = (read.date.clone(), read.statement.clone());
        Some(Event { date, statement, reports: self.places(&read.reports)? })
    }

    fn story(&self, read: &ReadStory, reasons: &[String]) -> Option<Story> {
        Some(Story {
            title: read.title.clone(),
            articles: self.ids(&read.articles)?,
            reasons: reasons.to_vec(),
        })
    }
}

/// Nothing for nothing; nothing at all where there is something that cannot be read.
fn optional<T, U>(value: Option<T>, read: impl FnOnce(T) -> Option<U>) -> Option<Option<U>> {
    value.map_or(Some(None), |value| read(value).map(Some))
}

/// The index that an id such as `e12` counts from 1.
fn number(id: &str) -> Option<usize> {
    id.get(1..)?.parse::<usize>().ok()?.checked_sub(1)
}

fn verdict_of(read: &ReadVerdict) -> Option<Verdict> {
    let relation = read.relation.as_deref().map(|word| of_word(word, PassageRelation::word, &PASSAGES));
    let conflicts = read.conflicts.iter().map(|word| of_word(word, Conflict::word, &CONFLICTS));
    Some(Verdict {
        relation: match relation {
            Some(relation) => Some(relation?),
            None => None,
        },
        same: read.same,
        conflicts: conflicts.collect::<Option<_>>()?,
        reasons: read.features.iter().map(|read| (lasting(&read.feature), read.weight)).collect(),
    })
}

/// The kind that a word stands for.
fn of_word<T: Copy>(word: &str, word_of: impl Fn(T) -> &'static str, kinds: &[T]) -> Option<T> {
    kinds.iter().copied().find(|kind| word_of(*kind) == word)
}

const KINDS: [QuotationKind; 3] = [QuotationKind::Direct, QuotationKind::Mixed, QuotationKind::Indirect];
const ENTITIES: [EntityKind; 4] =
    [EntityKind::Person, EntityKind::Organisation, EntityKind::Place, EntityKind::Group];
const OPS: [DifferenceOp; 3] = [DifferenceOp::Replace, DifferenceOp::Insert, DifferenceOp::Delete];
const EFFECTS: [Effect; 4] = [Effect::Negation, Effect::Number, Effect::Name, Effect::Modality];
const RENDITIONS: [RenditionRelation; 6] = [
    RenditionRelation::Verbatim,
    RenditionRelation::Typo,
    RenditionRelation::Truncated,
    RenditionRelation::Spliced,
    RenditionRelation::Reworded,
    RenditionRelation::Paraphrased,
];
const FACTS: [FactKind; 5] =
    [FactKind::Quantity, FactKind::Event, FactKind::Position, FactKind::Plan, FactKind::Agreement];
const AGREEMENTS: [Agreement; 4] =
    [Agreement::Single, Agreement::Agree, Agreement::Differ, Agreement::Conflict];
const PASSAGES: [PassageRelation; 3] =
    [PassageRelation::Copy, PassageRelation::Rewrite, PassageRelation::SameFact];
const CONFLICTS: [Conflict; 5] =
    [Conflict::Roles, Conflict::Number, Conflict::Name, Conflict::Negation, Conflict::Opposite];
const LINEAGES: [LineageRelation; 3] =
    [LineageRelation::CopyOf, LineageRelation::RewriteOf, LineageRelation::SharesSource];

/// Words of rules and kinds of furniture are the program's own and few. What is read from a file might be made to have many: those beyond are not told apart.
const MOST_WORDS: usize = 2000;

/// The word for as long as the program runs.
fn lasting(word: &str) -> &'static str {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(word) {
        return known;
    }
    if words.len() >= MOST_WORDS {
        return "other";
    }
    let kept: &'static str = Box::leak(word.to_owned().into_boxed_str());
    words.insert(kept);
    kept
}

#[cfg(test)]
mod tests {
    use parallax_model::{Body, RawReport};

    use super::*;

    fn compared() -> Comparison {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
        let reports = ["brennick-observer", "continental-wire", "quickbrief-daily"].map(|name| RawReport {
            id: format!("{name}–é"),
            place: name.into(),
            source: Some(name.into()),
            title: None,
            published: None,
            url: None,
            language: None,
            body: Body::Text(std::fs::read_to_string(format!("{folder}/{name}.txt")).unwrap()),
            fetched: None,
            authors: Vec::new(),
            credit: None,
        });
        parallax_analysis::compare(reports.into())
    }

    #[test]
    fn what_is_kept_reads_as_it_was() {
        let comparison = compared();
        let read = read(&write(&comparison).unwrap()).unwrap();
        assert_eq!(write(&read).unwrap(), write(&comparison).unwrap());
        let page = |comparison: &Comparison| {
            let mut page = Vec::new();
            crate::report::html::write(comparison, &mut page).unwrap();
            String::from_utf8(page).unwrap()
        };
        for (read, written) in page(&read).lines().zip(page(&comparison).lines()) {
            assert_eq!(read, written);
        }
    }

    #[test]
    fn what_is_not_whole_is_not_read() {
        let text = write(&compared()).unwrap();
        for broken in
            ["", "{}", &text[..text.len() - 1], &text.replace("\"quotation\":\"", "\"quotation\":\"x")]
        {
            assert!(read(broken).is_none());
        }
    }
}
