//! Which way a text flowed: what speaks for the one article as the source, and what for the other.

use parallax_model::{Document, LineageRelation, Passage, Place, Span};

use super::citation::{citation, is_named_in};
use super::shared::{Shared, words};
use crate::fingerprint::word_hash;
use crate::wordlist::entries;

/// Wordings by which a text says that it was taken from elsewhere.
const CREDITS: &str = include_str!("../../data/credits.txt");

/// One reason for a direction.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Clue {
    /// Log-odds: above 0 where the text flowed from the first article to the second.
    pub(super) weight: f32,
    /// Whether it binds, whatever the others say.
    pub(super) binding: bool,
    /// In fixed wording with the reports' words.
    pub(super) reason: String,
}

impl Clue {
    fn new(weight: f32, reason: String) -> Self {
        Self { weight, binding: false, reason }
    }
}

/// An earlier day of publication settles the direction almost alone.
const EARLIER: f32 = 4.0;
/// A credit in one of the two.
const CREDITED: f32 = 2.0;
/// A quotation whose wording third articles confirm in the one and not in the other, each; three at most count.
const CONFIRMED: f32 = 1.2;
const MOST_CONFIRMED: usize = 3;
/// A saying that stands between quotation marks in the one and is paraphrased in the other, each; four at most count.
const UNQUOTED: f32 = 0.6;
const MOST_UNQUOTED: f32 = 4.0;
/// For each share of an article more than of the other that corresponds; at most.
const CONTAINED: f32 = 8.0;
const MOST_CONTAINED: f32 = 2.0;
/// Rewriters split and merge sentences and add their own, so that what is left over says less.
const REWRITERS_ADD: f32 = 4.0;

/// Everything that speaks for a direction.
pub(super) fn clues(documents: &[Document], shared: &Shared, relation: LineageRelation) -> Vec<Clue> {
    if relation == LineageRelation::SharesSource {
        return Vec::new();
    }
    let (a, b) = (shared.a.article, shared.b.article);
    let mut clues = Vec::new();
    clues.extend(earlier(documents, a, b));
    clues.extend(credit(documents, a, b));
    clues.extend(quotations(documents, shared));
    clues.extend(lost_quotations(documents, shared));
    clues.extend(contained(documents, shared, relation));
    clues
}

fn earlier(documents: &[Document], a: usize, b: usize) -> Option<Clue> {
    let (first, second) = (&documents[a].article, &documents[b].article);
    let (day_a, day_b) = (first.published.as_deref()?, second.published.as_deref()?);
    let (weight, early, day, late) = match day_a.cmp(day_b) {
        std::cmp::Ordering::Less => (EARLIER, first, day_a, day_b),
        std::cmp::Ordering::Greater => (-EARLIER, second, day_b, day_a),
        std::cmp::Ordering::Equal => return None,
    };
    let reason = format!("{} was published on {day}, the other on {late}", early.id);
    Some(Clue { weight, binding: true, reason })
}

/// A credit in one of the two only makes that one the copy.
fn credit(documents: &[Document], a: usize, b: usize) -> Option<Clue> {
    let (in_a, in_b) = (credit_in(&documents[a], &documents[b]), credit_in(&documents[b], &documents[a]));
    let (weight, article, words) = match (in_a, in_b) {
        (None, Some(words)) => (CREDITED, b, words),
        (Some(words), None) => (-CREDITED, a, words),
        _ => return None,
    };
    Some(Clue::new(weight, format!("{} carries the credit “{words}”", documents[article].article.id)))
}

/// Where a document says that its text was taken from elsewhere or names the other's outlet. The credit of an agency in its own report says
/// nothing.
fn credit_in(document: &Document, other: &Document) -> Option<String> {
    let text = document.text();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && line.len() < 200);
    let outlet = |document: &Document| document.article.source.clone().filter(|name| name.len() > 2);
    let (own, others) =
        (outlet(document), outlet(other).filter(|name| Some(name) != outlet(document).as_ref()));
    let folded = others.as_deref().map(str::to_lowercase);
    let is_own = |line: &String| own.as_deref().is_some_and(|own| is_named_in(line, own));
    let credit = lines.filter_map(|line| credit_of_line(line, folded.as_deref())).find(|line| !is_own(line));
    credit.or_else(|| Some(citation(document, others.as_deref()?)?.of(text).to_owned()))
}

fn credit_of_line(line: &str, outlet: Option<&str>) -> Option<String> {
    let folded = line.to_lowercase();
    let named = outlet.filter(|name| folded.contains(name) && folded.len() < name.len() + 60);
    entries(CREDITS).chain(named).find(|credit| folded.contains(credit)).map(|_| line.to_owned())
}

/// Words in a run that third articles must share for a quotation's wording to count as confirmed.
const RUN: usize = 4;

/// Quotations that differ between the two: the wording that articles beside the two confirm is the original.
fn quotations(documents: &[Document], shared: &Shared) -> Vec<Clue> {
    let (a, b) = (shared.a.article, shared.b.article);
    let thirds: Vec<Vec<u64>> = documents
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != a && *index != b)
        .map(|(_, document)| sorted_runs(document, Span::new(0, document.text().len())))
        .collect();
    let told = shared.links.iter().filter_map(|link| confirmed(documents, link, &thirds));
    let mut told: Vec<Clue> = told.collect();
    told.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()));
    told.truncate(MOST_CONFIRMED);
    told
}

/// Which of two corresponding places holds quoted words that third articles share and the other place lacks.
fn confirmed(documents: &[Document], link: &Passage, thirds: &[Vec<u64>]) -> Option<Clue> {
    let (only_a, only_b) = (quoted_runs(documents, link.a), quoted_runs(documents, link.b));
    let count = |mine: &[u64], others: &[u64]| {
        let known = |run: &&u64| thirds.iter().any(|third| third.binary_search(run).is_ok());
        mine.iter().filter(|run| !others.contains(run)).filter(known).count()
    };
    let (for_a, for_b) = (count(&only_a, &only_b), count(&only_b, &only_a));
    let (weight, right, wrong) = match for_a.cmp(&for_b) {
        std::cmp::Ordering::Greater if !only_b.is_empty() => (CONFIRMED, link.a, link.b),
        std::cmp::Ordering::Less if !only_a.is_empty() => (-CONFIRMED, link.b, link.a),
        _ => return None,
    };
    let id = |place: Place| documents[place.article].article.id.as_str();
    let reason = format!(
        "other articles confirm the wording of the quotation in {}: “{}”; {} has “{}”",
        id(right),
        words(documents, right),
        id(wrong),
        words(documents, wrong),
    );
    Some(Clue::new(weight, reason))
}

/// A rewriter turns quotations into paraphrases; the words between the marks cannot be had back from a paraphrase.
fn lost_quotations(documents: &[Document], shared: &Shared) -> Option<Clue> {
    let only_in = |one: fn(&Passage) -> Place, other: fn(&Passage) -> Place| {
        let lost = |link: &&&Passage| {
            !quoted_runs(documents, one(link)).is_empty() && !is_quoted(documents, other(link))
        };
        shared.links.iter().filter(lost).count()
    };
    let (lost_in_b, lost_in_a) =
        (only_in(|link| link.a, |link| link.b), only_in(|link| link.b, |link| link.a));
    let balance = lost_in_b as f32 - lost_in_a as f32;
    let (lossy, full) = if balance > 0.0 {
        (shared.b.article, shared.a.article)
    } else {
        (shared.a.article, shared.b.article)
    };
    let reason = format!(
        "{} paraphrases what {} quotes ({} sentences, against {} the other way round)",
        documents[lossy].article.id,
        documents[full].article.id,
        lost_in_b.max(lost_in_a),
        lost_in_b.min(lost_in_a),
    );
    let weight = UNQUOTED * balance.clamp(-MOST_UNQUOTED, MOST_UNQUOTED);
    (weight != 0.0).then(|| Clue::new(weight, reason))
}

fn is_quoted(documents: &[Document], place: Place) -> bool {
    let quoted = documents[place.article].quotations.iter().filter(|quotation| quotation.kind.is_quoted());
    quoted.flat_map(|quotation| &quotation.spans).any(|span| span.overlaps(place.span))
}

/// The runs of words between quotation marks at a place.
fn quoted_runs(documents: &[Document], place: Place) -> Vec<u64> {
    let document = &documents[place.article];
    let quoted = document.quotations.iter().filter(|quotation| quotation.kind.is_quoted());
    let spans = quoted.flat_map(|quotation| &quotation.spans).filter(|span| span.overlaps(place.span));
    let within = |span: &Span| Span::new(span.start.max(place.span.start), span.end.min(place.span.end));
    spans.flat_map(|span| sorted_runs(document, within(span))).collect()
}

fn sorted_runs(document: &Document, span: Span) -> Vec<u64> {
    let tokens = document.segments.tokens_in(span).iter();
    let wordy = tokens.filter(|token| token.kind != parallax_model::TokenKind::Mark);
    let words: Vec<u64> = wordy.map(|token| word_hash(token.span.of(document.text()))).collect();
    let mut runs: Vec<u64> = words.windows(RUN).map(crate::fingerprint::run_hash).collect();
    runs.sort_unstable();
    runs
}

/// The article that derives more of its text from the other than the other way round is the copy: a rewriter adds
/// less than the source holds.
fn contained(documents: &[Document], shared: &Shared, relation: LineageRelation) -> Option<Clue> {
    let (share_a, share_b) = (shared.a.share(), shared.b.share());
    let scale = if relation == LineageRelation::CopyOf { CONTAINED } else { CONTAINED / REWRITERS_ADD };
    let weight = (scale * (share_b - share_a)).clamp(-MOST_CONTAINED, MOST_CONTAINED);
    let (more, less) = if weight > 0.0 { (shared.b, shared.a) } else { (shared.a, shared.b) };
    let id = |article: usize| documents[article].article.id.as_str();
    let reason = format!(
        "{:.0} % of {} correspond to the other, {:.0} % of {}",
        100.0 * more.share(),
        id(more.article),
        100.0 * less.share(),
        id(less.article),
    );
    (weight != 0.0).then(|| Clue::new(weight, reason))
}
