//! What a text says of time, before it is resolved.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use parallax_model::{Segmentation, Span};

use crate::extract;
use crate::quantity::piece::{Piece, PieceKind, pieces};
use crate::quantity::{NumeralForm, numeral};
use crate::wordlist::entries;

/// An expression of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Expression {
    /// The words, a preposition included.
    pub(super) span: Span,
    /// Whether they begin with a preposition.
    pub(super) has_preposition: bool,
    /// What they say.
    pub(super) when: When,
    /// Where the sentence looks from the day of the report.
    pub(super) direction: Direction,
}

/// What words say of a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum When {
    /// A date in full.
    Day(Date),
    /// A month of a year.
    Month(i16, i8),
    /// A year.
    Year(i16),
    /// A day of a month, with the day of the week where it is given.
    DayOfMonth(i8, i8, Option<Weekday>),
    /// A month alone.
    MonthAlone(i8),
    /// A day of the week.
    Weekday(Weekday),
    /// So many days from the day of the report.
    Days(i32),
    /// So many months, to the month.
    Months(i32),
    /// So many years, to the year.
    Years(i32),
}

/// Where a sentence looks from the day of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Nothing tells; reports mostly tell what has happened.
    Unsaid,
    /// Behind, the day of the report included.
    Behind,
    /// Behind, the day of the report left out: "last Tuesday".
    Before,
    /// Ahead.
    Ahead,
}

static TENSE: LazyLock<HashMap<&str, Direction>> = LazyLock::new(|| {
    let cue = |line: &'static str| {
        let (word, direction) = line.split_once('\t')?;
        Some((word, if direction == "ahead" { Direction::Ahead } else { Direction::Behind }))
    };
    entries(include_str!("../../data/tense-cues.txt")).filter_map(cue).collect()
});

/// The expressions of time of a text, by position.
pub(super) fn expressions(text: &str, segments: &Segmentation) -> Vec<Expression> {
    let mut found = Vec::new();
    for sentence in &segments.sentences {
        let pieces = pieces(text, sentence.span);
        let mut at = 0;
        while at < pieces.len() {
            let Some(read) = read(&pieces, at) else {
                at += 1;
                continue;
            };
            found.extend(expression(&pieces, &read));
            at = read.end.max(at + 1);
        }
    }
    found
}

/// A time read off the pieces `start..end`.
#[derive(Debug, Clone, Copy)]
struct Read {
    when: When,
    start: usize,
    end: usize,
    direction: Option<Direction>,
}

fn expression(pieces: &[Piece<'_>], read: &Read) -> Option<Expression> {
    let start = with_preposition(pieces, read.start);
    let (first, last) = (pieces.get(start)?, pieces.get(read.end.checked_sub(1)?)?);
    let direction = read.direction.unwrap_or_else(|| direction(pieces, start, read.end));
    let span = Span::new(first.span.start, last.span.end);
    Some(Expression { span, has_preposition: start < read.start, when: read.when, direction })
}

/// The start of the expression with the preposition before it.
fn with_preposition(pieces: &[Piece<'_>], start: usize) -> usize {
    const PREPOSITIONS: [&str; 8] = ["on", "in", "since", "by", "until", "from", "during", "pre"];
    let before = |at: usize| at.checked_sub(1).and_then(|index| pieces.get(index));
    let hyphen = usize::from(before(start).is_some_and(|p| p.is_hyphen() && p.glued));
    match before(start - hyphen) {
        Some(piece) if piece.is_any(&PREPOSITIONS) => start - hyphen - 1,
        _ => start,
    }
}

/// The direction of the nearest cue before the expression, else of the first after it.
fn direction(pieces: &[Piece<'_>], start: usize, end: usize) -> Direction {
    const REACH: usize = 25;
    let before = (start.saturating_sub(REACH)..start).rev().find_map(|at| tense(pieces, at));
    let after = || (end..(end + REACH).min(pieces.len())).find_map(|at| tense(pieces, at));
    before.or_else(after).unwrap_or(Direction::Unsaid)
}

fn tense(pieces: &[Piece<'_>], at: usize) -> Option<Direction> {
    let word = &*pieces.get(at)?.lower;
    let regular_past = word.len() > 4 && word.ends_with("ed") && !pieces[at].is_capitalised();
    let cue = match TENSE.get(word) {
        Some(&direction) => direction,
        None if word.ends_with("'ll") || word.ends_with("’ll") => Direction::Ahead,
        None if regular_past => Direction::Behind,
        None => return None,
    };
    // "will be held" looks ahead, "was held" behind.
    let passive = at > 0 && pieces[at - 1].is("be");
    (cue == Direction::Ahead || !passive).then_some(cue)
}

/// The time that starts at the piece `at`.
fn read(pieces: &[Piece<'_>], at: usize) -> Option<Read> {
    let reading = |(when, end)| Read { when, start: at, end, direction: None };
    iso_date(pieces, at)
        .or_else(|| weekday_and_date(pieces, at))
        .or_else(|| date(pieces, at, None))
        .or_else(|| ago(pieces, at))
        .or_else(|| deictic_day(pieces, at))
        .map(reading)
        .or_else(|| shifted(pieces, at))
        .or_else(|| month_alone(pieces, at).or_else(|| year(pieces, at)).map(reading))
        .or_else(|| weekday(pieces.get(at)?).map(|day| reading((When::Weekday(day), at + 1))))
}

/// "2025-02-12".
fn iso_date(pieces: &[Piece<'_>], at: usize) -> Option<(When, usize)> {
    let [year, first, month, second, day] = pieces.get(at..at + 5)? else { return None };
    let joined = first.is("-") && second.is("-") && [first, month, second, day].iter().all(|p| p.glued);
    if !joined || year.text.len() != 4 || month.text.len() != 2 || day.text.len() != 2 {
        return None;
    }
    let date = Date::new(year.text.parse().ok()?, month.text.parse().ok()?, day.text.parse().ok()?).ok()?;
    Some((When::Day(date), at + 5))
}

/// "Wednesday, February 12, 2025", "Wed 12 Feb".
fn weekday_and_date(pieces: &[Piece<'_>], at: usize) -> Option<(When, usize)> {
    let day = weekday(pieces.get(at)?)?;
    let next = skip(pieces, at + 1, &[",", ".", "the"]);
    date(pieces, next, Some(day))
}

/// "February 12, 2025", "Feb. 12", "12 February", "12th of February 2025", "February 2025".
fn date(pieces: &[Piece<'_>], at: usize, weekday: Option<Weekday>) -> Option<(When, usize)> {
    let (month, day, end) =
        month_and_day(pieces, at).or_else(|| day_and_month(pieces, at)).or_else(|| {
            let month = month(pieces.get(at)?)?;
            Some((month, None, at + 1))
        })?;
    let next = skip(pieces, skip(pieces, end, &["."]), &[",", "of"]);
    let year = pieces.get(next).and_then(plain_year);
    match (day, year) {
        (Some(day), Some(year)) => Some((When::Day(Date::new(year, month, day).ok()?), next + 1)),
        (None, Some(year)) => Some((When::Month(year, month), next + 1)),
        (Some(day), None) => Some((When::DayOfMonth(month, day, weekday), end)),
        (None, None) => None,
    }
}

fn month_and_day(pieces: &[Piece<'_>], at: usize) -> Option<(i8, Option<i8>, usize)> {
    let month = month(pieces.get(at)?)?;
    let next = skip(pieces, at + 1, &["."]);
    let day = day_number(pieces.get(next)?)?;
    Some((month, Some(day), skip(pieces, next + 1, &["st", "nd", "rd", "th"])))
}

fn day_and_month(pieces: &[Piece<'_>], at: usize) -> Option<(i8, Option<i8>, usize)> {
    let day = day_number(pieces.get(at)?).filter(|_| at == 0 || !pieces[at].glued)?;
    let next = skip(pieces, at + 1, &["st", "nd", "rd", "th"]);
    let next = skip(pieces, next, &["of"]);
    let month = month(pieces.get(next)?)?;
    Some((month, Some(day), next + 1))
}

/// "two years ago", "three days ago"; weeks are told to the month, since "two weeks ago" names no day.
fn ago(pieces: &[Piece<'_>], at: usize) -> Option<(When, usize)> {
    let number = numeral(pieces, at)?;
    let unit = pieces.get(number.end)?;
    pieces.get(number.end + 1).filter(|p| p.is("ago"))?;
    if number.value > 10_000.0 || (number.form == NumeralForm::Digits && number.value.fract() != 0.0) {
        return None;
    }
    let count = number.value as i32;
    let when = match unit.lower.trim_end_matches('s') {
        "day" => When::Days(-count),
        "week" => When::Months(-((count * 7 + 15) / 30)),
        "month" => When::Months(-count),
        "year" => When::Years(-count),
        "decade" => When::Years(-10 * count),
        _ => return None,
    };
    Some((when, number.end + 2))
}

/// "today", "yesterday", "tomorrow", "tonight", "this morning", "last night".
fn deictic_day(pieces: &[Piece<'_>], at: usize) -> Option<(When, usize)> {
    const PARTS: [&str; 4] = ["morning", "afternoon", "evening", "night"];
    let part_follows = || pieces.get(at + 1).is_some_and(|p| p.is_any(&PARTS));
    match &*pieces.get(at)?.lower {
        "today" | "tonight" => Some((When::Days(0), at + 1)),
        "yesterday" => Some((When::Days(-1), at + 1)),
        "tomorrow" => Some((When::Days(1), at + 1)),
        "this" if part_follows() => Some((When::Days(0), at + 2)),
        "last" if part_follows() => Some((When::Days(-1), at + 2)),
        _ => None,
    }
}

/// "last year", "next month", "this Friday", "last March".
fn shifted(pieces: &[Piece<'_>], at: usize) -> Option<Read> {
    let (shift, way) = match &*pieces.get(at)?.lower {
        "last" | "previous" | "past" => (-1, Direction::Before),
        "this" | "current" => (0, Direction::Unsaid),
        "next" | "coming" => (1, Direction::Ahead),
        _ => return None,
    };
    let noun = pieces.get(at + 1)?;
    let (when, direction) = match &*noun.lower {
        "year" => (When::Years(shift), None),
        "month" => (When::Months(shift), None),
        _ => {
            let named = weekday(noun).map(When::Weekday).or_else(|| month(noun).map(When::MonthAlone))?;
            (named, (shift != 0).then_some(way))
        }
    };
    Some(Read { when, start: at, end: at + 2, direction })
}

/// "in March", "late November".
fn month_alone(pieces: &[Piece<'_>], at: usize) -> Option<(When, usize)> {
    const BEFORE: [&str; 15] = [
        "in", "since", "until", "by", "early", "late", "mid", "of", "from", "during", "through", "till",
        "before", "after", "to",
    ];
    let piece = pieces.get(at)?;
    let month = month(piece)?;
    let hyphen = usize::from(at > 0 && pieces[at - 1].is_hyphen());
    let led = at.checked_sub(1 + hyphen).and_then(|i| pieces.get(i)).is_some_and(|p| p.is_any(&BEFORE));
    // "May", "March" and "Mar" are other words, too.
    let certain = piece.text.len() > 5;
    (led || certain).then_some((When::MonthAlone(month), at + 1))
}

/// A year: four digits that a preposition or the like introduces.
fn year(pieces: &[Piece<'_>], at: usize) -> Option<(When, usize)> {
    const BEFORE: [&str; 25] = [
        "in", "since", "of", "by", "until", "till", "from", "before", "after", "during", "for", "to", "mid",
        "early", "late", "pre", "post", "the", "and", "through", "(", "fiscal", "his", "its", "their",
    ];
    let piece = pieces.get(at)?;
    let year = plain_year(piece)?;
    let hyphen = usize::from(at > 0 && pieces[at - 1].is_hyphen());
    let before = at.checked_sub(1 + hyphen).and_then(|i| pieces.get(i));
    let led = before
        .is_some_and(|p| p.is_any(&BEFORE) || p.text.parse::<i16>().is_ok_and(|y| (1900..2100).contains(&y)));
    let goes_on = pieces
        .get(at + 1)
        .is_some_and(|p| p.glued && (p.is_any(&["s", "%", ":", "/"]) || p.kind == PieceKind::Digits));
    let counts = pieces.get(at + 1).is_some_and(|p| {
        p.is_any(&["people", "percent", "per", "men", "miles", "km", "metres", "troops", "%"])
    });
    (led && !goes_on && !counts).then_some((When::Year(year), at + 1))
}

fn plain_year(piece: &Piece<'_>) -> Option<i16> {
    let digits = piece.kind == PieceKind::Digits && piece.text.len() == 4;
    piece.text.parse().ok().filter(|year| digits && (1900..2100).contains(year))
}

fn day_number(piece: &Piece<'_>) -> Option<i8> {
    piece.text.parse().ok().filter(|day| piece.kind == PieceKind::Digits && (1..=31).contains(day))
}

/// The index after the piece at `at` if that is one of `marks`, else `at`.
fn skip(pieces: &[Piece<'_>], at: usize, marks: &[&str]) -> usize {
    at + usize::from(pieces.get(at).is_some_and(|p| p.is_any(marks)))
}

/// The month that a piece names, from 1.
fn month(piece: &Piece<'_>) -> Option<i8> {
    if piece.is_word() && piece.is_capitalised() { extract::month(&piece.lower) } else { None }
}

fn weekday(piece: &Piece<'_>) -> Option<Weekday> {
    if !piece.is_capitalised() {
        return None;
    }
    let abbreviated = match &*piece.lower {
        "mon" => "monday",
        "tues" => "tuesday",
        "thurs" => "thursday",
        "fri" => "friday",
        other => other,
    };
    Weekday::from_monday_zero_offset(extract::weekday(abbreviated)?.cast_signed()).ok()
}
