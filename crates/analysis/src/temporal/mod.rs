//! Times, resolved to the calendar: dates in full, dates without a year, days of the week, "yesterday", "two years ago".
//!
//! A grammar over the pieces of each sentence finds what is said, calendar arithmetic works out which day, month or year is
//! meant, in the manner of HeidelTime (Strötgen and Gertz, 2010): what a report leaves out is taken from the day of its
//! publication, and the tense of the sentence says whether "on Friday" is the last one or the next.

mod anchor;
mod calendar;
mod expression;

use jiff::civil::Date;
use parallax_model::{Segmentation, TimeExpression};

pub use anchor::story_day;
use calendar::resolve;
use expression::expressions;

/// Finds the times of a text that can be resolved, by position; `published` (`YYYY-MM-DD`) anchors relative ones, which are
/// left out without it.
pub fn times(text: &str, segments: &Segmentation, published: Option<&str>) -> Vec<TimeExpression> {
    let anchor = published.and_then(day);
    expressions(text, segments)
        .into_iter()
        .filter_map(|expression| {
            let (date, relative) = resolve(&expression, anchor)?;
            Some(TimeExpression { span: expression.span, date, relative })
        })
        .collect()
}

/// The day that a date in full begins with.
fn day(date: &str) -> Option<Date> {
    date.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests;
