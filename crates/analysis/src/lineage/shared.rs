//! What of two articles corresponds.

use std::collections::BTreeSet;

use parallax_model::{Document, LineageRelation, Passage, PassageRelation, Place, TokenKind};

/// The dependent passages of two articles.
#[derive(Debug)]
pub(super) struct Shared<'a> {
    pub(super) a: Side,
    pub(super) b: Side,
    /// Copied and reworded passages, in the order of `a`; shared quotations are left out.
    pub(super) links: Vec<&'a Passage>,
    /// How many links follow each other in the same order in both, at best.
    in_order: usize,
}

/// One of the two articles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side {
    pub(super) article: usize,
    /// Sentences of its report, without furniture and without those that only hold a quotation that both share.
    pub(super) sentences: usize,
    /// How many of them correspond to sentences of the other.
    pub(super) derived: usize,
}

/// Headings and fragments with fewer words say nothing about dependence.
const FEWEST_WORDS: usize = 5;
/// From this share of an article's sentences on, it derives from the other.
const DERIVED: f32 = 0.5;
/// Two articles share a source from this many reworded sentences in the same order on ...
const FEWEST_SHARED: usize = 3;
/// ... that make up this share of the one of which they make up more ...
const LEAST_SHARE: f32 = 0.15;
/// ... or from this many, whatever their share.
const PLENTY: usize = 6;
/// Share of copies among the links that makes a copy of a rewrite.
const COPIED: f32 = 0.6;

impl Side {
    /// Share of its sentences that correspond to sentences of the other.
    pub(super) fn share(self) -> f32 {
        self.derived as f32 / self.sentences.max(1) as f32
    }
}

impl<'a> Shared<'a> {
    /// What the passages of a pair of articles come to. There is at least one passage.
    pub(super) fn of(documents: &[Document], passages: &[&'a Passage]) -> Self {
        let dependent = |p: &&&Passage| p.relation != PassageRelation::SameFact && !p.shared_quotation;
        let mut links: Vec<&Passage> = passages.iter().filter(dependent).copied().collect();
        links.sort_by_key(|link| (link.a, link.b));
        let quotations: Vec<&Passage> = passages.iter().filter(|p| p.shared_quotation).copied().collect();
        let (a, b) = passages.first().map_or((0, 0), |p| (p.a.article, p.b.article));
        Self {
            a: side(documents, a, &links, &quotations, |p| p.a),
            b: side(documents, b, &links, &quotations, |p| p.b),
            in_order: longest_run(&links),
            links,
        }
    }

    /// The relation, where the one depends on the other or both on a third.
    pub(super) fn relation(&self) -> Option<LineageRelation> {
        let share = self.a.share().max(self.b.share());
        let derived = self.a.derived.min(self.b.derived);
        let copies = self.links.iter().filter(|link| link.relation == PassageRelation::Copy).count();
        let short = self.a.sentences.min(self.b.sentences) <= 2 * FEWEST_SHARED;
        if share >= DERIVED
            && (derived >= FEWEST_SHARED || short && derived > 0)
            && 2 * self.in_order >= derived
        {
            let copied = copies as f32 >= COPIED * self.links.len() as f32;
            return Some(if copied { LineageRelation::CopyOf } else { LineageRelation::RewriteOf });
        }
        let block = self.in_order >= FEWEST_SHARED && share >= LEAST_SHARE;
        (block || derived >= PLENTY).then_some(LineageRelation::SharesSource)
    }

    /// How much of `to` corresponds, in fixed wording with an example.
    pub(super) fn evidence(&self, documents: &[Document], to: usize) -> Vec<String> {
        let (to, from) = if self.a.article == to { (self.a, self.b) } else { (self.b, self.a) };
        let id = |article: usize| documents[article].article.id.as_str();
        let mut evidence = vec![format!(
            "{} of {} sentences of {} correspond to sentences of {}; {} of them follow in the same order",
            to.derived,
            to.sentences,
            id(to.article),
            id(from.article),
            self.in_order.min(to.derived),
        )];
        evidence.extend(self.links.iter().max_by(|x, y| x.score.total_cmp(&y.score)).map(|link| {
            format!("for example “{}” and “{}”", words(documents, link.a), words(documents, link.b))
        }));
        evidence
    }
}

/// The words at a place on one line.
pub(super) fn words(documents: &[Document], place: Place) -> String {
    let words = place.span.of(documents[place.article].text());
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn side(
    documents: &[Document],
    article: usize,
    links: &[&Passage],
    quotations: &[&Passage],
    place: fn(&Passage) -> Place,
) -> Side {
    let document = &documents[article];
    let at = |p: &&Passage| document.segments.sentence_at(place(p).span.start);
    let derived: BTreeSet<usize> = links.iter().filter_map(at).collect();
    let quoted: BTreeSet<usize> = quotations.iter().filter_map(at).filter(|s| !derived.contains(s)).collect();
    let report = report_sentences(document);
    let sentences = report.iter().filter(|s| !quoted.contains(s)).count().max(derived.len());
    Side { article, sentences, derived: derived.len() }
}

/// The sentences that are the report's: no furniture, no headings or fragments.
fn report_sentences(document: &Document) -> Vec<usize> {
    let wordy = |index: usize| {
        document.segments.tokens_of(index).iter().filter(|t| t.kind != TokenKind::Mark).count()
    };
    let sentences = document.segments.sentences.iter().enumerate();
    let report = sentences.filter(|(_, sentence)| !document.is_boilerplate(sentence.span));
    report.map(|(index, _)| index).filter(|&index| wordy(index) >= FEWEST_WORDS).collect()
}

/// The length of the longest subsequence of links that advances in both articles.
fn longest_run(links: &[&Passage]) -> usize {
    let mut lengths: Vec<usize> = Vec::with_capacity(links.len());
    for (index, link) in links.iter().enumerate() {
        let follows = |before: usize| links[before].a < link.a && links[before].b < link.b;
        let longest = (0..index).filter(|&before| follows(before)).map(|before| lengths[before]).max();
        lengths.push(1 + longest.unwrap_or(0));
    }
    lengths.into_iter().max().unwrap_or(0)
}
