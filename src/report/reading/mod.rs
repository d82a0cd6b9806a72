//! A comparison in the order in which people read it: what the digest and the page both show, worked out once.
//!
//! Nothing is inferred here. Findings are grouped, ordered by what an editor looks at first, and given the letters,
//! numbers and names by which they are called.

mod context;
mod facts;
mod only;
mod origins;
mod redline;
mod sayings;

use std::cmp::Reverse;
use std::collections::BTreeSet;

pub(crate) use context::{Stated, cut};
pub(crate) use facts::{SharedFact, ValueGroup};
pub(crate) use only::{Only, OnlySaying};
pub(crate) use origins::{Branch, OriginTree};
use parallax_model::{Comparison, Document, LineageRelation, Story, TokenKind};
pub(crate) use redline::{Piece, PieceKind};
pub(crate) use sayings::{ReadRendition, Saying};

/// A comparison, ready to be shown.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    pub(crate) comparison: &'a Comparison,
    /// The headline of the story that most reports tell.
    pub(crate) headline: &'a str,
    /// Headlines of the other stories among the inputs.
    pub(crate) other_headlines: Vec<&'a str>,
    /// First and last day of publication.
    pub(crate) dates: Option<(&'a str, &'a str)>,
    pub(crate) reports: Vec<Report<'a>>,
    pub(crate) origins: Vec<OriginTree<'a>>,
    /// Sayings that several reports carry, altered ones first.
    pub(crate) sayings: Vec<Saying<'a>>,
    /// Facts that several reports carry, conflicts first.
    pub(crate) facts: Vec<SharedFact<'a>>,
    /// What each report has alone, by report.
    pub(crate) only: Vec<Only<'a>>,
}

/// One report, as it is called and introduced.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// The letter it goes by: A, B, …, Z, AA.
    pub(crate) letter: String,
    /// Its outlet, or its id where the outlet is unknown.
    pub(crate) name: &'a str,
    /// Its headline, or its first words.
    pub(crate) title: &'a str,
    /// The day it was published, where known.
    pub(crate) published: Option<&'a str>,
    /// Index of its origin among [`Reading::origins`].
    pub(crate) origin: usize,
    /// How many words it has, furniture left out.
    pub(crate) words: usize,
    /// How many stretches of it are furniture.
    pub(crate) furniture: usize,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(comparison: &'a Comparison) -> Self {
        let origin_of = origins::origin_of(comparison);
        let documents = comparison.documents.iter().enumerate();
        let reports: Vec<_> = documents.map(|(i, d)| report(i, d, origin_of[i])).collect();
        let mut headlines = headlines(comparison).into_iter();
        let dates = comparison.documents.iter().filter_map(|d| d.article.published.as_deref());
        Self {
            headline: headlines.next().or(reports.first().map(|r| r.title)).unwrap_or_default(),
            other_headlines: headlines.collect(),
            dates: dates.clone().min().zip(dates.max()),
            origins: origins::trees(comparison),
            sayings: sayings::shared(comparison),
            facts: facts::shared(comparison, &origin_of),
            only: only::by_report(comparison),
            reports,
            comparison,
        }
    }

    /// The saying at `index` among the utterances, whether several reports carry it or one.
    pub(crate) fn saying(&self, index: usize) -> Option<Saying<'a>> {
        Some(sayings::saying(self.comparison, index, self.comparison.utterances.get(index)?))
    }

    /// The letters of the reports at these indices, each once, in order.
    pub(crate) fn letters(&self, articles: impl IntoIterator<Item = usize>) -> Vec<&str> {
        let articles: BTreeSet<_> = articles.into_iter().collect();
        articles.into_iter().map(|i| self.reports[i].letter.as_str()).collect()
    }

    /// How many different outlets published the reports, where every report names its own.
    pub(crate) fn outlets(&self) -> Option<usize> {
        let outlets = self.comparison.documents.iter().map(|d| d.article.source.as_deref());
        Some(outlets.collect::<Option<BTreeSet<_>>>()?.len())
    }
}

/// The headlines of the stories among the inputs, that of the story that most reports tell first.
pub(crate) fn headlines(comparison: &Comparison) -> Vec<&str> {
    let mut stories: Vec<_> = comparison.stories.iter().collect();
    stories.sort_by_key(|story| Reverse(story.articles.len()));
    let headlines = stories.into_iter().map(|story| headline(comparison, story));
    headlines.filter(|headline| !headline.is_empty()).collect()
}

/// The headline of a story: that of the report on which most others depend; of equals, of the largest origin, then the earliest.
fn headline<'a>(comparison: &'a Comparison, story: &'a Story) -> &'a str {
    let title = |article: usize| comparison.documents.get(article)?.article.title.as_deref();
    let titled = story.articles.iter().filter_map(|&article| Some((article, title(article)?)));
    let best = titled.min_by_key(|&(article, _)| {
        let dependents = comparison
            .lineage
            .iter()
            .filter(|link| link.from == article && link.relation != LineageRelation::SharesSource);
        let origin = comparison.origins.iter().find(|origin| origin.articles.contains(&article));
        let published = comparison.documents[article].article.published.as_deref();
        (
            Reverse(dependents.count()),
            Reverse(origin.map_or(1, |origin| origin.articles.len())),
            published.unwrap_or("9999"),
            article,
        )
    });
    best.map_or(story.title.as_str(), |(_, title)| title)
}

fn report(index: usize, document: &Document, origin: usize) -> Report<'_> {
    let article = &document.article;
    let words = document.segments.tokens.iter().filter(|t| t.kind != TokenKind::Mark);
    Report {
        letter: letter(index),
        name: article.source.as_deref().unwrap_or(&article.id),
        title: article
            .title
            .as_deref()
            .filter(|t| !t.trim().is_empty())
            .unwrap_or_else(|| first_words(document)),
        published: article.published.as_deref(),
        origin,
        words: words.filter(|t| !document.boilerplate.iter().any(|b| b.span.contains(t.span))).count(),
        furniture: document.boilerplate.len(),
    }
}

/// The first sentence that is not furniture.
fn first_words(document: &Document) -> &str {
    let mut sentences = document.segments.sentences.iter().map(|s| s.span);
    sentences.find(|&s| !document.is_boilerplate(s)).map_or("", |s| s.of(document.text()))
}

/// The letter of the report at `index`, counted like the columns of a spreadsheet.
fn letter(index: usize) -> String {
    let last = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", letter(before - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_count_like_spreadsheet_columns() {
        for (index, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")] {
            assert_eq!(letter(index), expected);
        }
    }
}
