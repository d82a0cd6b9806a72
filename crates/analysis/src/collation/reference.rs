//! Which rendition the others are compared with.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use parallax_model::Document;

use super::difference::place_of;
use super::reading::Reading;

/// Once may be a slip.
const FEWEST_DEPARTURES: u32 = 2;

/// What is known of the articles that bears on whom to believe.
pub(super) struct Witnesses<'a> {
    documents: &'a [Document],
    origin_of: &'a [usize],
    /// For each article, of how many sayings it alone has other words than those that others agree on, and how many it shares with them.
    departures: BTreeMap<usize, (u32, u32)>,
}

/// The choice of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    /// Index of the reading.
    pub(super) reading: usize,
    /// Why, in fixed wording.
    pub(super) reason: String,
}

/// Who has the words of a reading, as far as they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Support {
    origins: usize,
    articles: usize,
}

impl<'a> Witnesses<'a> {
    /// Learns from the sayings that several articles agree on how often each article departs from them.
    pub(super) fn new(documents: &'a [Document], origin_of: &'a [usize], groups: &[Vec<Reading>]) -> Self {
        let mut witnesses = Self { documents, origin_of, departures: BTreeMap::new() };
        for group in groups {
            witnesses.learn(group);
        }
        witnesses
    }

    /// Where any two articles agree, each of the others departs or agrees too.
    fn learn(&mut self, group: &[Reading]) {
        let quoted: Vec<&Reading> = group.iter().filter(|reading| reading.unit.is_quoted).collect();
        let is_shared = |reading: &Reading| {
            let mut others =
                quoted.iter().filter(|other| other.unit.quotation.article != reading.unit.quotation.article);
            others.any(|other| agree(reading, other))
        };
        if !quoted.iter().any(|reading| is_shared(reading)) {
            return;
        }
        for reading in &quoted {
            let (departed, all) = self.departures.entry(reading.unit.quotation.article).or_default();
            *departed += u32::from(!is_shared(reading));
            *all += 1;
        }
    }

    /// Chooses the reference of a group: a quoted reading if there is one.
    pub(super) fn choose(&self, group: &[Reading]) -> Option<Choice> {
        let has_quoted = group.iter().any(|reading| reading.unit.is_quoted);
        let is_eligible = |reading: &&Reading| reading.unit.is_quoted || !has_quoted;
        let eligible: Vec<&Reading> = group.iter().filter(is_eligible).collect();
        let is_whole = |reading: &Reading| !eligible.iter().any(|other| self.completes(other, reading));
        let indices =
            (0..group.len()).filter(|&index| is_eligible(&&group[index]) && is_whole(&group[index]));
        let reading = indices.min_by_key(|&index| self.rank(&group[index], &eligible))?;
        let reason = match (group.len(), eligible.len()) {
            (1, _) => "only rendering".to_owned(),
            _ if !has_quoted => "most complete of the reported renderings; none is quoted".to_owned(),
            (_, 1) => "only rendering in quotation marks".to_owned(),
            _ => self.reason(&group[reading], &eligible),
        };
        Some(Choice { reading, reason })
    }

    fn reason(&self, best: &Reading, quoted: &[&Reading]) -> String {
        let departs = |reading: &Reading| self.departs(reading.unit.quotation.article);
        match self.support(best, quoted) {
            Support { origins: origins @ 2.., .. } => {
                format!("{origins} independent origins have these words; the most complete of them")
            }
            Support { articles: 2.., .. } => {
                "several reports have these words; the most complete of them".to_owned()
            }
            _ if quoted.iter().all(|reading| agree(reading, best)) => {
                "the most complete; what the others quote is part of it".to_owned()
            }
            _ if quoted.iter().any(|reading| departs(reading) && !departs(best)) => {
                "no two reports agree; the others often alter what most agree on".to_owned()
            }
            _ => "no two reports agree; the most complete, then the earliest".to_owned(),
        }
    }

    /// Whether a reading has all the words of another, and more around them. Reports cut a saying at its ends and hardly ever add to it, but for
    /// those that alter much.
    fn completes(&self, whole: &Reading, part: &Reading) -> bool {
        let (words, some) = (&whole.unit.ids, &part.unit.ids);
        words.len() > some.len()
            && place_of(some, words).is_some()
            && !self.departs(whole.unit.quotation.article)
    }

    /// Independent support, faithfulness elsewhere, completeness, earliness; then the id, so that the order of input makes no difference.
    fn rank(&self, reading: &Reading, eligible: &[&Reading]) -> impl Ord + use<'a> {
        let article = reading.unit.quotation.article;
        let document = self.documents.get(article).map(|document| &document.article);
        let published = document.and_then(|article| article.published.as_deref()).unwrap_or("9999");
        (
            Reverse(self.support(reading, eligible)),
            self.departs(article),
            Reverse(reading.unit.ids.len()),
            published,
            document.map(|article| article.id.as_str()),
            reading.unit.spans.first().map(|span| span.start),
        )
    }

    /// A fragment agrees with too many to be supported by what is much longer.
    fn support(&self, reading: &Reading, eligible: &[&Reading]) -> Support {
        let length = |reading: &Reading| reading.unit.ids.len();
        let is_near = |a: &Reading, b: &Reading| 2 * length(a).min(length(b)) >= length(a).max(length(b));
        let supports = |other: &&&Reading| agree(reading, other) && is_near(reading, other);
        let supporting = eligible.iter().filter(supports).map(|other| other.unit.quotation.article);
        let articles: BTreeSet<usize> = supporting.collect();
        let origins: BTreeSet<usize> = articles.iter().map(|&article| self.origin(article)).collect();
        Support { origins: origins.len(), articles: articles.len() }
    }

    /// The origin of an article.
    pub(super) fn origin(&self, article: usize) -> usize {
        self.origin_of.get(article).copied().unwrap_or(article)
    }

    /// Whether an article mostly has other words than those that others agree on.
    fn departs(&self, article: usize) -> bool {
        let (departed, all) = self.departures.get(&article).copied().unwrap_or_default();
        departed >= FEWEST_DEPARTURES && 2 * departed >= all
    }
}

/// Whether two readings have the same words as far as they go.
fn agree(a: &Reading, b: &Reading) -> bool {
    let (a, b) = (&a.unit.ids, &b.unit.ids);
    place_of(a, b).is_some() || place_of(b, a).is_some()
}
