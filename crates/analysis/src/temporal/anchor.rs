//! The day that a group of reports is about, where they do not say when they were published.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use parallax_model::Document;

use super::day;
use super::expression::{When, expressions};

/// The day (`YYYY-MM-DD`) from which reports of one event count when they say "on Wednesday" and nothing tells when they were
/// published: the median day of publication of those that tell; else the latest date in full that any of them gives, caption
/// or text, on whose day of the week the reports say something without a date. A file photo's date of years ago does not win,
/// because a later one does; a far date ahead does not, because nobody speaks of its day of the week alone.
pub fn story_day<'d>(documents: impl Iterator<Item = &'d Document> + Clone) -> Option<String> {
    published(documents.clone()).or_else(|| latest_named(documents)).map(|day| day.to_string())
}

fn published<'d>(documents: impl Iterator<Item = &'d Document>) -> Option<Date> {
    let mut days: Vec<Date> = documents.filter_map(|d| day(d.article.published.as_deref()?)).collect();
    days.sort_unstable();
    days.get(days.len().saturating_sub(1) / 2).copied()
}

fn latest_named<'d>(documents: impl Iterator<Item = &'d Document>) -> Option<Date> {
    let mut days: BTreeSet<Date> = BTreeSet::new();
    let mut weekdays: Vec<Weekday> = Vec::new();
    for document in documents {
        for expression in expressions(document.text(), &document.segments) {
            match expression.when {
                When::Day(date) => drop(days.insert(date)),
                When::Weekday(weekday) => weekdays.push(weekday),
                _ => {}
            }
        }
    }
    days.into_iter().rev().find(|day| weekdays.contains(&day.weekday()))
}
