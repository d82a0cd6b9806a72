//! Exact copies: reports that differ in nothing but their id.
//!
//! A copy tells nothing new, so what needs many articles is done once for each text and then said of its copies too. An exact copy therefore
//! cannot change which statements are matched, nor any count of origins.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use parallax_model::{
    Agreement, Body, Document, Entity, Event, Fact, FactKind, FactReport, Passage, Place, QuotationRef,
    RawReport, Span, Story, Utterance,
};

use crate::collation::Decision;

/// Which reports are copies of which.
#[derive(Debug)]
pub(super) struct Copies {
    /// For each text, the reports that carry it, the first of which stands for the others.
    carriers: Vec<Vec<usize>>,
    /// For each report its text.
    text_of: Vec<usize>,
}

impl Copies {
    /// Looks for copies among reports in the order of their ids.
    pub(super) fn among(reports: &[RawReport]) -> Self {
        let mut known = HashMap::new();
        let mut carriers: Vec<Vec<usize>> = Vec::new();
        for (index, report) in reports.iter().enumerate() {
            let text = *known.entry(Content::of(report)).or_insert(carriers.len());
            match carriers.get_mut(text) {
                Some(copies) => copies.push(index),
                None => carriers.push(vec![index]),
            }
        }
        Self::of(carriers, reports.len())
    }

    fn of(carriers: Vec<Vec<usize>>, reports: usize) -> Self {
        let mut text_of = vec![0; reports];
        for (text, carriers) in carriers.iter().enumerate() {
            carriers.iter().for_each(|&report| text_of[report] = text);
        }
        Self { carriers, text_of }
    }

    fn are_none(&self) -> bool {
        self.carriers.len() == self.text_of.len()
    }

    /// Reads the first report of each text with `read`, and gives a document for each report.
    pub(super) fn read_once(
        &self,
        reports: Vec<RawReport>,
        read: impl FnOnce(Vec<RawReport>) -> Vec<Document>,
    ) -> Vec<Document> {
        let ids: Vec<String> = reports.iter().map(|report| report.id.clone()).collect();
        let is_first = |report: usize| self.first(self.text_of[report]) == report;
        let firsts = reports.into_iter().enumerate().filter(|(report, _)| is_first(*report));
        let texts = read(firsts.map(|(_, report)| report).collect());
        if self.are_none() {
            return texts;
        }
        let documents = self.text_of.iter().zip(ids).filter_map(|(&text, id)| {
            let mut document = texts.get(text)?.clone();
            document.article.id = id;
            Some(document)
        });
        documents.collect()
    }

    /// The same without those whose quotations somebody put right: these say something of their own.
    pub(super) fn saying_the_same(self, documents: &[Document]) -> Self {
        let said = |report: usize| documents.get(report).map(|document| &document.quotations);
        let mut alike: Vec<Vec<usize>> = Vec::with_capacity(self.carriers.len());
        for carriers in self.carriers {
            let known = alike.len();
            for report in carriers {
                match alike[known..].iter_mut().find(|others| said(others[0]) == said(report)) {
                    Some(others) => others.push(report),
                    None => alike.push(vec![report]),
                }
            }
        }
        alike.sort_unstable();
        Self::of(alike, self.text_of.len())
    }

    /// A document for each text, that of its first report.
    pub(super) fn texts<'d>(&self, documents: &'d [Document]) -> Cow<'d, [Document]> {
        if self.are_none() {
            return Cow::Borrowed(documents);
        }
        self.first_of_each(documents).cloned().collect()
    }

    /// What was decided about quotations of reports, said of those of texts.
    pub(super) fn decisions_on_texts(&self, decisions: &[Decision]) -> Vec<Decision> {
        let on_text = |(quotation, span): (QuotationRef, Span)| {
            let article = self.text_of.get(quotation.article).copied().unwrap_or(quotation.article);
            (QuotationRef { article, ..quotation }, span)
        };
        let moved = decisions.iter().map(|decision| Decision {
            one: on_text(decision.one),
            other: on_text(decision.other),
            ..*decision
        });
        moved.collect()
    }

    /// What pairs of reports share, from what pairs of texts share and `with_itself`, what a text shares with its copy.
    pub(super) fn spread_passages(
        &self,
        of_texts: &[Passage],
        with_itself: impl Fn(usize) -> Vec<Passage>,
    ) -> Vec<Passage> {
        let across = of_texts.iter().flat_map(|passage| {
            let (a, b) = (self.carriers(passage.a.article), self.carriers(passage.b.article));
            a.iter().flat_map(move |&x| b.iter().map(move |&y| between(passage, x, y)))
        });
        let mut spread: Vec<Passage> = across.collect();
        for (text, carriers) in self.carriers.iter().enumerate().filter(|(_, carriers)| carriers.len() > 1) {
            let own = with_itself(text);
            for (at, &x) in carriers.iter().enumerate() {
                let others = carriers[at + 1..].iter();
                spread.extend(others.flat_map(|&y| own.iter().map(move |passage| between(passage, x, y))));
            }
        }
        spread.sort_by_key(|passage| (passage.a.article, passage.b.article, passage.a.span, passage.b.span));
        spread
    }

    /// Says of the copies what is said of their originals.
    pub(super) fn spread_entities(&self, entities: &mut [Entity]) {
        for entity in entities {
            entity.mentions = self.spread_places(&entity.mentions);
            let chains = entity.chains.iter();
            entity.chains = chains
                .flat_map(|&(text, chain)| self.carriers(text).iter().map(move |&c| (c, chain)))
                .collect();
            entity.chains.sort_unstable();
        }
    }

    /// Likewise of sayings.
    pub(super) fn spread_utterances(&self, utterances: &mut [Utterance]) {
        for utterance in utterances {
            let renditions = utterance.renditions.iter().flat_map(|rendition| {
                let carriers = self.carriers(rendition.quotation.article).iter();
                carriers.map(|&article| {
                    let mut copy = rendition.clone();
                    copy.quotation.article = article;
                    copy
                })
            });
            utterance.renditions = renditions.collect();
            if let Some(reference) = &mut utterance.reference {
                reference.article = self.first(reference.article);
            }
        }
    }

    /// Likewise of facts. What only one text has, and its copies with it, they agree on.
    pub(super) fn spread_facts(&self, facts: &mut [Fact]) {
        for fact in facts.iter_mut() {
            let before = articles(fact);
            let reports = fact.reports.iter().flat_map(|report| {
                let carriers = self.carriers(report.place.article).iter();
                carriers.map(|&article| {
                    let place = Place { article, ..report.place };
                    FactReport { place, ..report.clone() }
                })
            });
            fact.reports = reports.collect();
            fact.reports.sort_by_key(|report| report.place);
            recount(fact, before);
        }
        facts.sort_by_key(|fact| (Reverse(articles(fact)), fact.reports.first().map(|r| r.place)));
    }

    /// Likewise of events.
    pub(super) fn spread_events(&self, timeline: &mut [Event]) {
        timeline.iter_mut().for_each(|event| event.reports = self.spread_places(&event.reports));
    }

    /// Likewise of stories.
    pub(super) fn spread_stories(&self, stories: &mut [Story]) {
        for story in stories {
            story.articles = story.articles.iter().flat_map(|&text| self.carriers(text)).copied().collect();
            story.articles.sort_unstable();
        }
    }

    /// For each text what `of` has for its first report.
    pub(super) fn of_texts(&self, of: &[usize]) -> Vec<usize> {
        self.first_of_each(of).copied().collect()
    }

    fn spread_places(&self, places: &[Place]) -> Vec<Place> {
        let spread = |place: &Place| {
            let span = place.span;
            self.carriers(place.article).iter().map(move |&article| Place { article, span })
        };
        let mut places: Vec<Place> = places.iter().flat_map(spread).collect();
        places.sort_unstable();
        places
    }

    /// What `of` has for the first report of each text.
    fn first_of_each<'a, T>(&'a self, of: &'a [T]) -> impl Iterator<Item = &'a T> {
        self.carriers.iter().filter_map(|carriers| of.get(*carriers.first()?))
    }

    fn carriers(&self, text: usize) -> &[usize] {
        self.carriers.get(text).map_or(&[], Vec::as_slice)
    }

    fn first(&self, text: usize) -> usize {
        self.carriers(text).first().copied().unwrap_or_default()
    }
}

/// The same passage in the reports `x` and `y`, the lower first.
fn between(passage: &Passage, x: usize, y: usize) -> Passage {
    let (a, b) = (Place { article: x, ..passage.a }, Place { article: y, ..passage.b });
    let (a, b) = if x < y { (a, b) } else { (b, a) };
    Passage { a, b, ..passage.clone() }
}

/// Everything of a report but its id and where it was found.
#[derive(PartialEq, Eq, Hash)]
struct Content<'r> {
    is_page: bool,
    body: &'r str,
    said_of_it: [Option<&'r str>; 7],
    authors: &'r [String],
}

impl<'r> Content<'r> {
    fn of(report: &'r RawReport) -> Self {
        let RawReport {
            id: _,
            place: _,
            source,
            title,
            published,
            url,
            language,
            authors,
            credit,
            body,
            fetched,
        } = report;
        let (is_page, body) = match body {
            Body::Text(text) => (false, text),
            Body::Html(page) => (true, page),
        };
        let said_of_it = [source, title, published, url, language, credit, fetched].map(Option::as_deref);
        Self { is_page, body, said_of_it, authors }
    }
}

/// How many articles report a fact.
fn articles(fact: &Fact) -> usize {
    fact.reports.iter().map(|report| report.place.article).collect::<BTreeSet<_>>().len()
}

/// Puts the verdict right of a fact that `before` articles reported, without their copies.
fn recount(fact: &mut Fact, before: usize) {
    let now = articles(fact);
    let is_agreed = matches!(fact.agreement, Agreement::Agree | Agreement::Single);
    if now == before || !is_agreed {
        return;
    }
    fact.agreement = Agreement::Agree;
    fact.explanation = match fact.kind {
        FactKind::Quantity => format!("{now} articles give the same figure."),
        _ => format!("{now} articles report it."),
    };
}
