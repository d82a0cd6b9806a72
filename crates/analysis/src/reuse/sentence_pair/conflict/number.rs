//! Other numbers.

use parallax_model::Bound;

use super::super::amount::{Amounts, Figure, Group, Period};

/// Loose figures within this share of each other are compatible.
const ABOUT: f64 = 0.1;

/// Whether each counts something that the other does not.
pub(super) fn are_at_odds(a: &Amounts, b: &Amounts) -> bool {
    figures_are_at_odds(a, b)
        || shares_are_at_odds(a, b)
        || bounds_are_at_odds(a, b)
        || groups_are_at_odds(a, b)
        || groups_are_at_odds(b, a)
        || each_lacks_one(&a.ranks, &b.ranks, is_equal)
        || each_lacks_one(&a.rough, &b.rough, is_equal)
        || each_lacks_one(&a.periods, &b.periods, may_be_one)
}

/// Whether each has something that is not among what the other has.
fn each_lacks_one<T>(a: &[T], b: &[T], is_same: impl Fn(&T, &T) -> bool) -> bool {
    let lacks = |x: &[T], y: &[T]| x.iter().any(|of_x| !y.iter().any(|of_y| is_same(of_x, of_y)));
    lacks(a, b) && lacks(b, a)
}

fn is_equal(a: &f64, b: &f64) -> bool {
    (a - b).abs() < 1e-9
}

fn figures_are_at_odds(a: &Amounts, b: &Amounts) -> bool {
    let has_other = |x: &Amounts, y: &Amounts| {
        let is_known = |figure: &Figure| {
            y.numbers.iter().any(|number| is_equal(number, &figure.value))
                || y.figures.iter().any(|other| is_same_figure(figure, other))
        };
        !x.figures.iter().all(is_known)
    };
    has_other(a, b) && has_other(b, a)
}

fn is_same_figure(a: &Figure, b: &Figure) -> bool {
    let is_loose = a.is_loose() || b.is_loose();
    let is_bare = a.unit.is_none() || b.unit.is_none();
    is_equal(&a.value, &b.value)
        || is_bare && is_equal(&a.said, &b.said)
        || is_loose && is_about(a.value, b.value)
}

fn is_about(a: f64, b: f64) -> bool {
    (a - b).abs() <= ABOUT * a.max(b)
}

/// "At least 40" and "at most 40".
fn bounds_are_at_odds(a: &Amounts, b: &Amounts) -> bool {
    let has = |of: &Amounts, value: f64, bound: Bound| {
        of.figures.iter().any(|figure| is_equal(&figure.value, &value) && figure.bound == Some(bound))
    };
    let is_turned = |figure: &Figure| match figure.bound {
        Some(Bound::Least) => has(b, figure.value, Bound::Most) && !has(b, figure.value, Bound::Least),
        Some(Bound::Most) => has(b, figure.value, Bound::Least) && !has(b, figure.value, Bound::Most),
        None => false,
    };
    a.figures.iter().any(is_turned)
}

/// "Both engines" and "one engine".
fn groups_are_at_odds(a: &Amounts, b: &Amounts) -> bool {
    let counted = |unit: u64| {
        let figures =
            b.figures.iter().filter(move |figure| figure.unit == Some(unit)).map(|figure| figure.value);
        figures.chain(b.groups.iter().filter(move |group| group.unit == unit).map(|group| group.value))
    };
    let is_other = |group: &Group| {
        let mut same = counted(group.unit).peekable();
        same.peek().is_some() && same.all(|value| !is_equal(&value, &group.value))
    };
    a.groups.iter().any(is_other)
}

/// Shares in words are held against shares in words and against percentages.
fn shares_are_at_odds(a: &Amounts, b: &Amounts) -> bool {
    let lacks = |x: &Amounts, y: &Amounts| x.shares.iter().any(|&share| !has_share(y, share));
    let measures_otherwise = |x: &Amounts, y: &Amounts| {
        let mut percents = x.figures.iter().filter(|figure| figure.is_percent);
        percents.any(|percent| !y.shares.iter().any(|&share| is_percent(percent.value, share)))
    };
    let other = |x: &Amounts, y: &Amounts| lacks(x, y) && (lacks(y, x) || measures_otherwise(y, x));
    other(a, b) || other(b, a)
}

fn has_share(amounts: &Amounts, share: f64) -> bool {
    amounts.shares.iter().any(|other| is_equal(&share, other))
        || amounts.figures.iter().any(|figure| figure.is_percent && is_percent(figure.value, share))
        || share >= 1.0 && amounts.numbers.iter().any(|number| is_equal(number, &share))
}

/// Whether so many per cent are a share: 33 a third, and 200 a threefold, which is 200 more.
fn is_percent(percent: f64, share: f64) -> bool {
    is_about(percent, 100.0 * share) || share > 1.0 && is_about(percent, 100.0 * (share - 1.0))
}

/// Whether two stretches of the calendar may be one: reports of one event are days apart, so that one's week may be the other's last, and one's
/// tomorrow the other's today.
fn may_be_one(a: &Period, b: &Period) -> bool {
    let apart = (a.shift - b.shift).abs();
    a.unit == b.unit && (apart == 0 || apart == 1 && matches!(a.unit, "day" | "week"))
}
