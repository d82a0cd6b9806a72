//! Which day, month or year an expression means.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::expression::{Direction, Expression, When};

/// The date of an expression, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, and whether it was worked out from `anchor`.
pub(super) fn resolve(expression: &Expression, anchor: Option<Date>) -> Option<(String, bool)> {
    match expression.when {
        When::Day(date) => Some((to_day(date), false)),
        When::Month(year, month) => Some((to_month(year, month), false)),
        When::Year(year) => Some((year.to_string(), false)),
        _ => relative(expression, anchor?).map(|date| (date, true)),
    }
}

fn relative(expression: &Expression, anchor: Date) -> Option<String> {
    let direction = expression.direction;
    match expression.when {
        When::DayOfMonth(month, day, weekday) => {
            day_of_month(month, day, weekday, direction, anchor).map(to_day)
        }
        When::Weekday(weekday) => nearest_weekday(weekday, direction, anchor).map(to_day),
        When::Days(days) => anchor.checked_add(days.days()).ok().map(to_day),
        When::MonthAlone(month) => Some(to_month(year_of_month(month, direction, anchor), month)),
        When::Months(months) => {
            let date = anchor.first_of_month().checked_add(months.months()).ok()?;
            Some(to_month(date.year(), date.month()))
        }
        When::Years(years) => anchor.checked_add(years.years()).ok().map(|date| date.year().to_string()),
        When::Day(_) | When::Month(..) | When::Year(_) => None,
    }
}

fn nearest_weekday(weekday: Weekday, direction: Direction, anchor: Date) -> Option<Date> {
    let behind = i32::from(weekday.until(anchor.weekday()));
    match direction {
        Direction::Ahead if behind > 0 => anchor.checked_add((7 - behind).days()).ok(),
        Direction::Before if behind == 0 => anchor.checked_sub(7.days()).ok(),
        // A plan for the day of the report itself is told with its day, too.
        _ => anchor.checked_sub(behind.days()).ok(),
    }
}

/// The day nearest to the anchor, rather on the side that the sentence looks to; the day of the week decides where it is given.
fn day_of_month(
    month: i8,
    day: i8,
    weekday: Option<Weekday>,
    direction: Direction,
    anchor: Date,
) -> Option<Date> {
    let candidates =
        (-6..=6).filter_map(|shift| Date::new(anchor.year().checked_add(shift)?, month, day).ok());
    candidates
        .filter(|date| weekday.is_none_or(|weekday| date.weekday() == weekday))
        .min_by_key(|&date| detour(date, anchor, direction))
}

/// What a date costs that lies where the sentence does not look, in days. News leaves the year out for dates near by, and past tense
/// may belong to the telling ("he said that they would open on May 1"): a date close at hand beats one of a year ago.
const WRONG_SIDE: i32 = 120;

/// How far a date is from the anchor, with what it costs to look the other way.
fn detour(date: Date, anchor: Date, direction: Direction) -> i32 {
    let is_wrong_side = match direction {
        Direction::Ahead => date < anchor,
        Direction::Behind | Direction::Before => date > anchor,
        Direction::Unsaid => false,
    };
    distance(date, anchor) + if is_wrong_side { WRONG_SIDE } else { 0 }
}

fn distance(a: Date, b: Date) -> i32 {
    (a - b).get_days().abs()
}

fn year_of_month(month: i8, direction: Direction, anchor: Date) -> i16 {
    if month == anchor.month() {
        return if direction == Direction::Before { anchor.year() - 1 } else { anchor.year() };
    }
    let years = [anchor.year(), anchor.year() - 1, anchor.year().saturating_add(1)].into_iter();
    let middle = |year| Some((detour(Date::new(year, month, 15).ok()?, anchor, direction), year));
    years.filter_map(middle).min().map_or(anchor.year(), |(_, year)| year)
}

fn to_day(date: Date) -> String {
    date.to_string()
}

fn to_month(year: i16, month: i8) -> String {
    format!("{year:04}-{month:02}")
}
