//! The sentence that the program reads like: raw reports in, their comparison out.

mod copies;
mod outline;

use parallax_model::{
    Article, Body, Comparison, Document, Entity, Event, Fact, Origin, Passage, RawReport, Story, Utterance,
};
use rayon::prelude::*;

use copies::Copies;
pub use outline::{Outline, outline, read_quoted};

use crate::boilerplate::{boilerplate, boilerplate_alone};
use crate::collation::{Decision, collate_decided};
use crate::extract::extract;
use crate::facts::facts;
use crate::fingerprint::Fingerprint;
use crate::lineage::lineage;
use crate::names::{link, names};
use crate::origins::origins;
use crate::quantity::quantities;
use crate::quotation::{attributions, quotations};
use crate::reuse::passages;
use crate::segment::segment;
use crate::story::stories;
use crate::temporal::times;
use crate::timeline::timeline;

/// Compares reports. The result does not depend on the order in which they are given: articles are put in the order of
/// their ids. What an exact copy says is said once, and then of the copy too.
pub fn compare(reports: Vec<RawReport>) -> Comparison {
    compare_decided(reports, |_| Vec::new())
}

/// Compares reports with what people know better: `decide` sees what was read out of each report and may put other speakers there, and says
/// which quotations render the same saying and which do not.
pub fn compare_decided(
    mut reports: Vec<RawReport>,
    decide: impl FnOnce(&mut [Document]) -> Vec<Decision>,
) -> Comparison {
    in_order_of_ids(&mut reports);
    let copies = Copies::among(&reports);
    let mut documents = copies.read_once(reports, read);
    let decisions = decide(&mut documents);
    let copies = copies.saying_the_same(&documents);
    let texts = copies.texts(&documents);
    let shared = passages(&texts);
    let passages = copies.spread_passages(&shared, |text| with_itself(&texts[text]));
    let lineage = lineage(&documents, &passages);
    let origins = origins(&documents, &lineage);
    let origin_of = copies.of_texts(&origin_of(&origins, documents.len()));
    let told = Told::by(&texts, &shared, &origin_of, &copies.decisions_on_texts(&decisions));
    let Told { entities, utterances, facts, timeline, stories } = told.spread(&copies);
    drop(texts);
    Comparison { documents, entities, utterances, facts, passages, lineage, origins, timeline, stories }
}

/// What a text shares with its copy.
fn with_itself(text: &Document) -> Vec<Passage> {
    passages(&[text.clone(), text.clone()])
}

/// What reports tell, each text once.
struct Told {
    entities: Vec<Entity>,
    utterances: Vec<Utterance>,
    facts: Vec<Fact>,
    timeline: Vec<Event>,
    stories: Vec<Story>,
}

impl Told {
    /// Compares what texts tell, of which `origin_of` gives the origins.
    fn by(texts: &[Document], shared: &[Passage], origin_of: &[usize], decisions: &[Decision]) -> Self {
        let entities = link(texts);
        let utterances = collate_decided(texts, &entities, origin_of, decisions);
        let (facts, (timeline, stories)) = rayon::join(
            || facts(texts, &entities, shared, &utterances, origin_of),
            || (timeline(texts, &entities), stories(texts)),
        );
        Self { entities, utterances, facts, timeline, stories }
    }

    /// The same of the copies of each text.
    fn spread(mut self, copies: &Copies) -> Self {
        copies.spread_entities(&mut self.entities);
        copies.spread_utterances(&mut self.utterances);
        copies.spread_facts(&mut self.facts);
        copies.spread_events(&mut self.timeline);
        copies.spread_stories(&mut self.stories);
        self
    }
}

fn in_order_of_ids(reports: &mut [RawReport]) {
    reports.sort_by(|a, b| (&a.id, &a.place).cmp(&(&b.id, &b.place)));
}

/// Reads each report on its own: the article, its units, furniture, names, quotations, figures and times.
pub fn read(reports: Vec<RawReport>) -> Vec<Document> {
    let mut documents: Vec<Document> = reports
        .into_iter()
        .map(|report| {
            let article = extract(report);
            let segments = segment(&article.text);
            Document { article, segments, ..Document::default() }
        })
        .collect();
    mark_furniture(&mut documents);
    documents.par_iter_mut().for_each(find);
    documents
}

fn mark_furniture(documents: &mut [Document]) {
    let units: Vec<_> = documents.iter().map(|d| (&d.article, &d.segments)).collect();
    let furniture = boilerplate(&units);
    documents.iter_mut().zip(furniture).for_each(|(document, furniture)| document.boilerplate = furniture);
}

/// Reads one report only for its fingerprint; gives its id with it.
pub fn read_fingerprint(report: RawReport) -> (String, Fingerprint) {
    match report.body {
        Body::Text(text) => (report.id, Fingerprint::of_text(&text)),
        Body::Html(_) => {
            let article = extract(report);
            (article.id, Fingerprint::of_text(&article.text))
        }
    }
}

/// Reads one report only for its words: the article, its units, and its furniture as far as the report alone tells it.
pub fn read_words(report: RawReport) -> Document {
    words_of(extract(report))
}

/// The same for an article that was extracted before.
pub fn words_of(article: Article) -> Document {
    let segments = segment(&article.text);
    let boilerplate = boilerplate_alone(&article, &segments);
    Document { article, segments, boilerplate, ..Document::default() }
}

/// Reads one report for all that it holds on its own, with what it attributes to anybody, beliefs and intentions included.
pub fn read_alone(report: RawReport) -> Document {
    let mut document = read_words(report);
    find_names_and_figures(&mut document);
    document.quotations = attributions(&document);
    document
}

/// Reads one report only for what it attributes to anybody, beliefs and intentions included.
pub fn read_attributions(report: RawReport) -> Document {
    attributions_of(extract(report))
}

/// The same for an article that was extracted before.
pub fn attributions_of(article: Article) -> Document {
    let segments = segment(&article.text);
    let names = names(&article.text, &segments);
    let mut document = Document { article, segments, names, ..Document::default() };
    document.quotations = attributions(&document);
    document
}

/// Finds what one article holds, once its furniture is known.
fn find(document: &mut Document) {
    find_names_and_figures(document);
    document.quotations = quotations(document);
}

fn find_names_and_figures(document: &mut Document) {
    let Document { article, segments, .. } = &*document;
    let names = names(&article.text, segments);
    let quantities = quantities(&article.text, segments);
    let times = times(&article.text, segments, article.published.as_deref());
    document.names = names;
    document.quantities = quantities;
    document.times = times;
}

/// For each article the index of the origin that it belongs to.
fn origin_of(origins: &[Origin], articles: usize) -> Vec<usize> {
    let mut of = vec![0; articles];
    for (index, origin) in origins.iter().enumerate() {
        for &article in &origin.articles {
            of[article] = index;
        }
    }
    of
}
