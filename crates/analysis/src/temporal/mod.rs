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
use expression::{Expression, When, expressions};

/// Finds the times of a text that can be resolved, by position. Relative ones count from the day that it was `published`
/// (`YYYY-MM-DD`), or else from that of its dateline; without either they are left out.
pub fn times(text: &str, segments: &Segmentation, published: Option<&str>) -> Vec<TimeExpression> {
    resolved(text, segments, published, None)
}

/// The times of a text that was published on an unknown day: without a dateline, relative ones count from the day of its
/// story, see [`story_day`].
pub fn times_around(text: &str, segments: &Segmentation, story_day: Option<&str>) -> Vec<TimeExpression> {
    resolved(text, segments, None, story_day)
}

fn resolved(
    text: &str,
    segments: &Segmentation,
    published: Option<&str>,
    story_day: Option<&str>,
) -> Vec<TimeExpression> {
    let expressions = expressions(text, segments);
    let anchor =
        published.and_then(day).or_else(|| dateline(&expressions)).or_else(|| story_day.and_then(day));
    let resolve = |expression: Expression| {
        let (date, relative) = resolve(&expression, anchor)?;
        Some(TimeExpression { span: expression.span, date, relative })
    };
    expressions.into_iter().filter_map(resolve).collect()
}

/// The day of the dateline: a date in full that opens the text, without a preposition that would make it a part of a sentence.
fn dateline(expressions: &[Expression]) -> Option<Date> {
    const OPENING: usize = 300;
    let opening = expressions.iter().take_while(|expression| expression.span.start < OPENING);
    let stands_alone = |expression: &&Expression| !expression.has_preposition;
    opening.filter(stands_alone).find_map(|expression| match expression.when {
        When::Day(date) => Some(date),
        _ => None,
    })
}

/// The day that a date in full begins with.
fn day(date: &str) -> Option<Date> {
    date.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests;
