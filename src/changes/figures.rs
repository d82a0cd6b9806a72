//! News of figures and of what reports contradict each other in.

use std::collections::BTreeSet;

use parallax_archive::EventKind;

use super::kept::{Fact, FactReport, Kept};
use super::novelty::{Novelty, folded};
use super::wording::quoted;
use super::{EventPlace, News};

/// Figures of two versions of a report are the same figure if the statements share at least this part of their words.
const LEAST_SHARED: f64 = 0.5;

pub(super) fn news(former: Option<&Kept>, present: &Kept, novelty: &Novelty<'_>) -> Vec<News> {
    let contradicted = former.map(contradicted).unwrap_or_default();
    let facts = present.facts.iter().filter_map(|fact| change(present, novelty, &contradicted, fact));
    let replaced = former.map(|former| replaced(former, present, novelty)).unwrap_or_default();
    // That an outlet replaced a figure says more than that the figure is another than elsewhere.
    let is_replaced = |news: &News| {
        replaced.iter().any(|other| news.kind == other.kind && news.places.first() == other.places.first())
    };
    let mut news: Vec<News> = facts.filter(|news| !is_replaced(news)).collect();
    news.extend(replaced);
    without_repetition(news)
}

/// One contradiction may be found twice, between two figures and between the sayings or plans that they stand in; then the figures tell it.
fn without_repetition(mut news: Vec<News>) -> Vec<News> {
    let conflicts: Vec<Vec<EventPlace>> =
        news.iter().filter(|news| news.kind == EventKind::Conflict).map(|news| news.places.clone()).collect();
    news.retain(|news| {
        news.kind != EventKind::Conflict || !conflicts.iter().any(|other| is_within(other, &news.places))
    });
    news
}

/// Whether each of the stretches lies in one of the others, and is shorter than it somewhere.
fn is_within(inner: &[EventPlace], outer: &[EventPlace]) -> bool {
    let lies_in = |place: &EventPlace| outer.iter().any(|outer| outer.contains(place));
    inner.iter().all(lies_in) && inner != outer && !outer.iter().all(|place| inner.contains(place))
}

/// A place, by what does not change with the words before it.
type Anchor = (String, String);

/// Where reports were in conflict before.
fn contradicted(former: &Kept) -> BTreeSet<Anchor> {
    let facts = former.facts.iter().filter(|fact| fact.agreement == "conflict");
    facts.flat_map(|fact| &fact.reports).filter_map(|report| anchor(former, report)).collect()
}

fn anchor(kept: &Kept, report: &FactReport) -> Option<Anchor> {
    let sentence = kept.article(&report.article)?.sentence(report.span())?;
    Some((report.article.clone(), folded(sentence)))
}

/// What a report that came in just now changes about a fact.
fn change(
    present: &Kept,
    novelty: &Novelty<'_>,
    contradicted: &BTreeSet<Anchor>,
    fact: &Fact,
) -> Option<News> {
    let is_new = |report: &&FactReport| novelty.is_new_sentence(&report.article, report.span());
    let (new, old): (Vec<&FactReport>, Vec<&FactReport>) = fact.reports.iter().partition(is_new);
    let is_conflict = fact.agreement == "conflict";
    let was_conflict =
        || old.iter().filter_map(|report| anchor(present, report)).any(|at| contradicted.contains(&at));
    let (report, other) = match new.iter().find(|report| report.value.is_some()) {
        Some(_) => {
            let has_figure = |report: &&&FactReport| report.value.is_some();
            let is_other =
                |report: &&&FactReport| old.iter().filter(has_figure).all(|other| differ(report, other));
            let report = new.iter().filter(has_figure).find(is_other)?;
            let others = old.iter().chain(&new).filter(has_figure);
            (*report, *others.rev().max_by_key(|other| (differ(report, other), !is_new(other)))?)
        }
        None if is_conflict && !was_conflict() => opposed(present, fact, &new, &old)?,
        None => return None,
    };
    let places =
        [present.place(&report.article, report.span())?, present.place(&other.article, other.span())?];
    match (is_conflict, fact.agreement.as_str()) {
        (true, _) if report.value.is_some() => Some(conflict(present, places)),
        (true, _) => Some(contradiction(present, places, &fact.explanation)),
        (_, "differ") if differ(report, other) && !old.is_empty() => Some(figure(present, places)),
        _ => None,
    }
}

/// Two reports that contradict each other in what the explanation names, the first of them one that came in just now.
fn opposed<'f>(
    present: &Kept,
    fact: &'f Fact,
    new: &[&'f FactReport],
    old: &[&'f FactReport],
) -> Option<(&'f FactReport, &'f FactReport)> {
    let wordings = wordings(&fact.explanation);
    let are_opposed = |a: &FactReport, b: &FactReport| match wordings {
        Some(wordings) => {
            let [a, b] = [a, b].map(|report| wordings.map(|words| says(present, report, words)));
            a != b && (a[0] && b[1] || a[1] && b[0])
        }
        None => present.is_credited_otherwise(a) != present.is_credited_otherwise(b),
    };
    let against = |others: &[&'f FactReport]| {
        new.iter().find_map(|report| {
            others.iter().find(|other| are_opposed(report, other)).map(|other| (*report, *other))
        })
    };
    against(old).or_else(|| against(new))
}

/// The two wordings that an explanation holds against each other; none where it is about who is credited.
fn wordings(explanation: &str) -> Option<[&str; 2]> {
    let mut quoted = explanation.split('“').skip(1).filter_map(|rest| Some(rest.split_once('”')?.0));
    Some([quoted.next()?, quoted.next()?])
}

fn says(present: &Kept, report: &FactReport, words: &str) -> bool {
    let stretch = present.article(&report.article).and_then(|article| article.words(report.span()));
    stretch.is_some_and(|stretch| folded(stretch).contains(&folded(words)))
}

/// Whether two reports give two figures.
fn differ(a: &FactReport, b: &FactReport) -> bool {
    let is_other = |a: f64, b: f64| (a - b).abs() > 1e-9 * a.abs().max(b.abs());
    a.value.zip(b.value).is_some_and(|(a, b)| is_other(a, b)) || a.unit != b.unit
}

fn conflict(present: &Kept, places: [EventPlace; 2]) -> News {
    let [new, old] = &places;
    let sentence = format!(
        "Reports contradict each other: {} ({}) and {} ({}).",
        quoted(&new.words),
        present.outlet(&new.report),
        quoted(&old.words),
        present.outlet(&old.report)
    );
    News::resting_on(EventKind::Conflict, places.into(), sentence)
}

/// What is contradicted where no figures are held against each other.
fn contradiction(present: &Kept, places: [EventPlace; 2], explanation: &str) -> News {
    let [new, old] = &places;
    let (outlet, other) = (present.outlet(&new.report), present.outlet(&old.report));
    let sentence =
        format!("{outlet} and {other} contradict each other on {}. {explanation}", quoted(&new.words));
    News::resting_on(EventKind::Conflict, places.into(), sentence)
}

fn figure(present: &Kept, places: [EventPlace; 2]) -> News {
    let [new, old] = &places;
    let sentence = format!(
        "{} reports {}; before it was {} ({}).",
        present.outlet(&new.report),
        quoted(&new.words),
        quoted(&old.words),
        present.outlet(&old.report)
    );
    News::resting_on(EventKind::FigureChanged, places.into(), sentence)
}

/// Figures that an outlet replaced in its own report.
fn replaced(former: &Kept, present: &Kept, novelty: &Novelty<'_>) -> Vec<News> {
    let mut news = Vec::new();
    for fact in &present.facts {
        for report in fact.reports.iter().filter(|report| novelty.has_arrived(&report.article)) {
            if former.article(&report.article).is_some()
                && novelty.is_new_sentence(&report.article, report.span())
            {
                news.extend(replacement(former, present, fact, report));
            }
        }
    }
    news
}

fn replacement(former: &Kept, present: &Kept, fact: &Fact, report: &FactReport) -> Option<News> {
    let before =
        former.facts.iter().flat_map(|before| before.reports.iter().map(move |other| (before, other)));
    let same = before.filter(|(before, other)| {
        other.article == report.article
            && other.unit == report.unit
            && differ(report, other)
            && is_gone(former, present, other)
            && shared(&before.statement, &fact.statement) >= LEAST_SHARED
    });
    let (_, other) = same.max_by(|(a, _), (b, _)| {
        shared(&a.statement, &fact.statement).total_cmp(&shared(&b.statement, &fact.statement))
    })?;
    let (new, old) =
        (present.place(&report.article, report.span())?, former.place(&other.article, other.span())?);
    let outlet = present.outlet(&report.article);
    let sentence =
        format!("{outlet} now reports {}, before it was {}.", quoted(&new.words), quoted(&old.words));
    Some(News::resting_on(EventKind::FigureChanged, vec![new], sentence))
}

/// Whether a report no longer has the sentence that it had.
fn is_gone(former: &Kept, present: &Kept, report: &FactReport) -> bool {
    let sentence = former.article(&report.article).and_then(|article| article.sentence(report.span()));
    let text = present.article(&report.article).map(|article| folded(&article.text));
    sentence.zip(text).is_some_and(|(sentence, text)| !text.contains(&folded(sentence)))
}

/// The part of the words without figures that two statements share (Jaccard), 0 to 1.
fn shared(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        let is_word = |word: &&str| !word.contains(char::is_numeric);
        folded(text).split(' ').filter(|word| !word.is_empty()).filter(is_word).map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    let all = a.union(&b).count();
    if all == 0 { 0.0 } else { a.intersection(&b).count() as f64 / all as f64 }
}
