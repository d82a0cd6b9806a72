//! Each report in full, with what was found marked at its place and linked to where it is compared.
//!
//! Marks overlap freely: a figure inside a quotation inside a copied passage. The text is therefore cut at every start
//! and end of a mark, and each run carries the classes of all marks that cover it.

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::{Agreement, Comparison, Document, Fact, Passage, PassageRelation, QuotationKind, Span};

use super::super::labels::{self, count};
use super::super::reading::{Reading, Saying};
use super::facts::sign;
use super::{Chip, Links, anchors, report_chip};

/// One report.
pub(crate) struct FullReport<'a> {
    pub(crate) letter: &'a str,
    pub(crate) outlet: &'a str,
    pub(crate) title: &'a str,
    pub(crate) language: Option<&'a str>,
    pub(crate) facts: String,
    /// Who signed it.
    pub(crate) authors: Option<String>,
    /// The page that the report has for itself, where it stands on another.
    pub(crate) page: Option<String>,
    pub(crate) url: Option<&'a str>,
    pub(crate) origin: Origin,
    pub(crate) depends: Vec<(String, Chip)>,
    pub(crate) problems: Vec<&'a str>,
    pub(crate) paragraphs: Vec<Paragraph<'a>>,
}

/// A paragraph, and the links that start in it.
pub(crate) struct Paragraph<'a> {
    pub(crate) runs: Vec<Run<'a>>,
    /// Each once, for the margin.
    pub(crate) notes: Vec<&'a Back>,
}

/// The origin of a report.
pub(crate) struct Origin {
    pub(crate) number: usize,
    pub(crate) href: String,
}

/// A stretch of text under the same marks.
pub(crate) struct Run<'a> {
    pub(crate) text: &'a str,
    /// Classes of the marks that cover it; empty where none does.
    pub(crate) classes: String,
    /// Names of the marks that start here.
    pub(crate) ids: Vec<&'a str>,
    /// Kind of the furniture that starts here.
    pub(crate) furniture: Option<&'static str>,
    /// Links of the marks that end here.
    pub(crate) links: Vec<&'a Back>,
}

/// A link from a place in the report to where it is compared.
pub(crate) struct Back {
    pub(crate) class: &'static str,
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) title: String,
}

/// Something found in a report, at its place.
pub(crate) struct Mark {
    span: Span,
    class: &'static str,
    id: Option<String>,
    furniture: Option<&'static str>,
    back: Option<Back>,
}

/// The marks of every report, by article. They are kept apart from the page because its runs borrow from them.
pub(crate) struct Marks(Vec<Vec<Mark>>);

pub(crate) fn full_reports<'a>(
    reading: &'a Reading<'_>,
    marks: &'a Marks,
    links: &Links,
) -> Vec<FullReport<'a>> {
    (0..reading.reports.len()).map(|index| full_report(reading, index, marks, links)).collect()
}

/// The report at `index`.
pub(crate) fn full_report<'a>(
    reading: &'a Reading<'_>,
    index: usize,
    marks: &'a Marks,
    links: &Links,
) -> FullReport<'a> {
    let report = &reading.reports[index];
    let document = &reading.comparison.documents[index];
    let article = &document.article;
    let mut facts: Vec<_> = report.published.map(labels::date).into_iter().collect();
    facts.push(count(report.words, "word", "words"));
    let depends = reading.comparison.lineage.iter().filter(|link| link.to == index);
    FullReport {
        letter: &report.letter,
        outlet: report.name,
        title: report.title,
        language: article.language.as_deref(),
        facts: facts.join(" · "),
        authors: (!article.authors.is_empty()).then(|| article.authors.join(", ")),
        page: None,
        url: article.url.as_deref(),
        origin: Origin { number: report.origin + 1, href: links.origin(report.origin) },
        depends: depends
            .map(|link| (labels::dependence(link), report_chip(reading, link.from, links)))
            .collect(),
        problems: article.problems.iter().map(|problem| problem.reason.as_str()).collect(),
        paragraphs: paragraphs(document, &marks.0[index]).into_iter().map(paragraph).collect(),
    }
}

fn paragraph(runs: Vec<Run<'_>>) -> Paragraph<'_> {
    let notes = distinct(runs.iter().flat_map(|run| run.links.iter().copied()));
    Paragraph { runs, notes }
}

/// The paragraphs of a report as runs.
fn paragraphs<'a>(document: &'a Document, marks: &'a [Mark]) -> Vec<Vec<Run<'a>>> {
    let text = document.text();
    let paragraphs = document.segments.paragraphs.iter().map(|span| span.trimmed(text));
    let paragraphs: Vec<_> = paragraphs.filter(|span| !span.is_empty()).collect();
    let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut sweep = Sweep { marks, next: 0, open: Vec::new() };
    paragraphs.into_iter().map(|paragraph| sweep.runs(text, paragraph, &cuts)).collect()
}

/// Moves over a text and knows which marks cover the place it is at. Marks are sorted by where they start.
struct Sweep<'a> {
    marks: &'a [Mark],
    next: usize,
    open: Vec<&'a Mark>,
}

impl<'a> Sweep<'a> {
    fn runs(&mut self, text: &'a str, paragraph: Span, cuts: &[usize]) -> Vec<Run<'a>> {
        let first = cuts.partition_point(|&cut| cut <= paragraph.start);
        let inner = cuts[first..].iter().copied().take_while(|&cut| cut < paragraph.end);
        let mut start = paragraph.start;
        let mut runs = Vec::new();
        for end in inner.chain([paragraph.end]) {
            runs.push(self.run(text, Span::new(start, end)));
            start = end;
        }
        runs
    }

    fn run(&mut self, text: &'a str, span: Span) -> Run<'a> {
        self.open.retain(|mark| mark.span.end > span.start);
        let opened = self.open.len();
        while let Some(mark) = self.marks.get(self.next).filter(|mark| mark.span.start < span.end) {
            self.next += 1;
            if mark.span.end > span.start {
                self.open.push(mark);
            }
        }
        let mut classes: Vec<_> = self.open.iter().map(|mark| mark.class).collect();
        classes.sort_unstable();
        classes.dedup();
        let ends = |mark: &&&Mark| mark.span.end <= span.end;
        Run {
            text: span.of(text),
            classes: classes.join(" "),
            ids: self.open[opened..].iter().filter_map(|mark| mark.id.as_deref()).collect(),
            furniture: self.open[opened..].iter().find_map(|mark| mark.furniture),
            links: distinct(self.open.iter().filter(ends).filter_map(|mark| mark.back.as_ref())),
        }
    }
}

/// The links with those left out that look like one before them.
fn distinct<'a>(links: impl Iterator<Item = &'a Back>) -> Vec<&'a Back> {
    let mut distinct: Vec<&Back> = Vec::new();
    for link in links {
        if !distinct.iter().any(|other| (other.class, &other.label) == (link.class, &link.label)) {
            distinct.push(link);
        }
    }
    distinct
}

impl Marks {
    pub(crate) fn new(reading: &Reading<'_>, links: &Links) -> Self {
        let comparison = reading.comparison;
        let mut marks = Self(comparison.documents.iter().map(|_| Vec::new()).collect());
        marks.furniture(comparison);
        marks.quotations(reading, links);
        marks.facts(reading, links);
        marks.events(comparison, links);
        marks.passages(reading, links);
        for of_article in &mut marks.0 {
            of_article.retain(|mark| !mark.span.is_empty());
            of_article.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
        }
        marks
    }

    fn furniture(&mut self, comparison: &Comparison) {
        for (marks, document) in self.0.iter_mut().zip(&comparison.documents) {
            marks.extend(document.boilerplate.iter().map(|b| Mark {
                span: b.span,
                class: "furniture",
                id: None,
                furniture: Some(b.kind),
                back: None,
            }));
        }
    }

    fn quotations(&mut self, reading: &Reading<'_>, links: &Links) {
        let sayings = sayings_of_quotations(reading.comparison);
        let shared: BTreeMap<_, _> = reading.sayings.iter().map(|saying| (saying.index, saying)).collect();
        for (article, document) in reading.comparison.documents.iter().enumerate() {
            for (index, quotation) in document.quotations.iter().enumerate() {
                let at = parallax_model::QuotationRef { article, quotation: index };
                let speaker = quotation.speaker.name.as_deref().unwrap_or(labels::NO_SPEAKER);
                let last = quotation.spans.len().saturating_sub(1);
                let class = if quotation.kind.is_quoted() { "quoted" } else { "reported" };
                for (nth, &span) in quotation.spans.iter().enumerate() {
                    let saying = sayings.get(&at).filter(|_| nth == last);
                    let back = saying.map(|&saying| Back {
                        class: "to-saying",
                        href: links.saying(saying),
                        label: format!("“ {speaker}"),
                        title: said(quotation.kind, shared.get(&saying).copied()),
                    });
                    let id = (nth == 0).then(|| anchors::quotation(reading, at));
                    self.0[article].push(Mark { span, class, id, furniture: None, back });
                }
                let spoken = quotation.speaker.mention.map(|span| plain(span, "speaker"));
                self.0[article].extend(spoken);
            }
        }
    }

    fn facts(&mut self, reading: &Reading<'_>, links: &Links) {
        let shared = reading.facts.iter().map(|shared| (shared.index, shared.fact));
        let alone = reading.only.iter().flat_map(|only| only.facts.iter().copied());
        for (index, fact) in shared.chain(alone) {
            for (nth, report) in fact.reports.iter().enumerate() {
                let back = Back {
                    class: "to-fact",
                    href: links.fact(index),
                    label: format!("{} {}", sign(fact.agreement), index + 1),
                    title: stated(fact),
                };
                let id = Some(anchors::fact_report(index, nth));
                let mark =
                    Mark { span: report.place.span, class: "fact", id, furniture: None, back: Some(back) };
                self.0[report.place.article].push(mark);
            }
        }
    }

    fn events(&mut self, comparison: &Comparison, links: &Links) {
        for (index, event) in comparison.timeline.iter().enumerate() {
            for (nth, place) in event.reports.iter().enumerate() {
                let back = Back {
                    class: "to-event",
                    href: links.event(index),
                    label: event.date.clone(),
                    title: "see the timeline".to_owned(),
                };
                let id = Some(anchors::event_report(index, nth));
                let mark = Mark { span: place.span, class: "event", id, furniture: None, back: Some(back) };
                self.0[place.article].push(mark);
            }
        }
    }

    /// Copied and reworded text. The same fact in independent words would mark nearly every sentence; facts and sayings have marks of
    /// their own.
    fn passages(&mut self, reading: &Reading<'_>, links: &Links) {
        let passages = reading.comparison.passages.iter().enumerate();
        let is_reused = |p: &Passage| p.relation != PassageRelation::SameFact && !p.shared_quotation;
        for (index, passage) in passages.filter(|(_, p)| is_reused(p)) {
            for (here, side, there, other) in
                [(passage.a, 'a', passage.b, 'b'), (passage.b, 'b', passage.a, 'a')]
            {
                let letter = &reading.reports[there.article].letter;
                let back = Back {
                    class: "to-passage",
                    href: links.passage(reading, index, here.article, there.article, other),
                    label: letter.clone(),
                    title: format!(
                        "{} in report {letter}{}",
                        labels::passage(passage.relation),
                        labels::changes(passage)
                    ),
                };
                let id = Some(anchors::passage(index, side));
                let mark = Mark { span: here.span, class: "shared", id, furniture: None, back: Some(back) };
                self.0[here.article].push(mark);
            }
        }
    }
}

/// How a report gives a saying, and what others make of it.
fn said(kind: QuotationKind, shared: Option<&Saying<'_>>) -> String {
    let kind = labels::quotation(kind);
    let Some(saying) = shared else { return format!("{kind}, only here") };
    let altered =
        if saying.altered() > 0 { format!(", altered in {}", saying.altered()) } else { String::new() };
    format!("{kind}, in {} reports{altered}", saying.reports())
}

/// Whether reports of a fact agree, and why not where they do not.
fn stated(fact: &Fact) -> String {
    let reports = fact.reports.iter().map(|report| report.place.article).collect::<BTreeSet<_>>().len();
    match fact.agreement {
        Agreement::Single => "fact, only here".to_owned(),
        Agreement::Agree => format!("fact, {reports} reports agree"),
        Agreement::Differ | Agreement::Conflict => {
            format!("fact, {reports} reports {}", labels::agreement(fact.agreement))
        }
    }
}

fn plain(span: Span, class: &'static str) -> Mark {
    Mark { span, class, id: None, furniture: None, back: None }
}

/// The saying that each quotation renders; the first where it renders several.
fn sayings_of_quotations(comparison: &Comparison) -> BTreeMap<parallax_model::QuotationRef, usize> {
    let mut sayings = BTreeMap::new();
    for (index, utterance) in comparison.utterances.iter().enumerate() {
        for rendition in &utterance.renditions {
            sayings.entry(rendition.quotation).or_insert(index);
        }
    }
    sayings
}

#[cfg(test)]
mod tests {
    use parallax_model::Segmentation;
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "The gate broke.\n\n“It was old,” he said.\n\nTwo towns were flooded.";

    fn document() -> Document {
        let starts = [0, TEXT.find('“').unwrap(), TEXT.find("Two").unwrap(), TEXT.len()];
        let paragraphs = starts.windows(2).map(|pair| Span::new(pair[0], pair[1])).collect();
        let article = parallax_model::Article { text: TEXT.to_owned(), ..Default::default() };
        let segments = Segmentation { paragraphs, ..Default::default() };
        Document { article, segments, ..Default::default() }
    }

    fn mark(id: usize, start: usize, length: usize) -> Mark {
        let boundary =
            |at: usize| (0..=at.min(TEXT.len())).rev().find(|&at| TEXT.is_char_boundary(at)).unwrap_or(0);
        let span = Span::new(boundary(start), boundary(start + length)).trimmed(TEXT);
        Mark { span, class: "fact", id: Some(id.to_string()), furniture: None, back: None }
    }

    proptest! {
        #[test]
        fn runs_keep_every_word_and_every_mark(spans in prop::collection::vec((0usize..70, 1usize..40), 0..12)) {
            let document = document();
            let mut marks: Vec<_> = spans.iter().enumerate().map(|(id, &(start, length))| mark(id, start, length)).collect();
            marks.retain(|mark| !mark.span.is_empty());
            marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
            let paragraphs = paragraphs(&document, &marks);
            let joined: Vec<String> = paragraphs.iter().map(|runs| runs.iter().map(|run| run.text).collect()).collect();
            prop_assert_eq!(joined.join("\n\n"), TEXT);
            let ids = paragraphs.iter().flatten().flat_map(|run| &run.ids).count();
            prop_assert_eq!(ids, marks.len());
            for run in paragraphs.iter().flatten() {
                let start = run.text.as_ptr() as usize - document.text().as_ptr() as usize;
                let covered = marks.iter().any(|mark| mark.span.holds(start));
                prop_assert_eq!(covered, !run.classes.is_empty(), "{:?}", run.text);
            }
        }
    }
}
