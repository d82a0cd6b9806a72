//! Dates of publication, as pages and feeds word them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The day, `YYYY-MM-DD`, that `worded` names: `2025-02-12T10:00:00Z`, `Wed, 12 Feb 2025`, `February 12, 2025`,
/// `20250212`, seconds since 1970. It is the day at the place of publication where the wording has a time zone. A date like
/// `02/03/2025`, which is another day in America, names none.
pub(super) fn day(worded: &str) -> Option<String> {
    let worded = worded.trim();
    let date = numeric(worded).or_else(|| with_month_name(worded)).or_else(|| since_1970(worded))?;
    Some(date.to_string())
}

/// A date in figures.
fn numeric(worded: &str) -> Option<Date> {
    let first = worded.split(|c: char| c.is_whitespace() || matches!(c, 'T' | ',')).next()?;
    if first.len() == 8 && first.bytes().all(|b| b.is_ascii_digit()) {
        return date(first.get(..4)?, first.get(4..6)?, first.get(6..)?);
    }
    let mut parts = first.split(['-', '/', '.']).filter(|part| !part.is_empty());
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if a.len() == 4 {
        return date(a, b, c);
    }
    let (first, second) = (a.parse::<u8>().ok()?, b.parse::<u8>().ok()?);
    let is_german = worded.contains('.');
    match (first, second) {
        _ if c.len() != 4 => None,
        (13.., _) => date(c, b, a),
        _ if is_german => date(c, b, a),
        (_, 13..) => date(c, a, b),
        _ if first == second => date(c, a, b),
        _ => None,
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let day = day.get(..2).filter(|two| two.bytes().all(|b| b.is_ascii_digit())).unwrap_or(day);
    valid(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// A day that a report can be of.
fn valid(year: i16, month: i8, day: i8) -> Option<Date> {
    if (1500..=2200).contains(&year) { Date::new(year, month, day).ok() } else { None }
}

/// A date with the name of the month: the day is the first number of at most two digits, the year the first of four.
fn with_month_name(worded: &str) -> Option<Date> {
    let words: Vec<&str> =
        worded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| month(word).is_some())?;
    let month = month(words.get(at)?)?;
    let number = |word: &&str| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i16>().ok();
    let day = |index: Option<usize>| words.get(index?).and_then(number).filter(|day| (1..=31).contains(day));
    let day = day(at.checked_sub(1)).or_else(|| day(Some(at + 1)))?;
    let year = words.iter().filter(|word| word.len() == 4).find_map(number)?;
    valid(year, month, i8::try_from(day).ok()?)
}

/// The month, from 1, that an English word names: in full, by three letters, or as "Sept".
pub(crate) fn month(word: &str) -> Option<i8> {
    const ABBREVIATED: usize = 3;
    let lower = word.to_lowercase();
    let is_named = |month: &str| lower == month || Some(&*lower) == month.get(..ABBREVIATED);
    let index = MONTHS.iter().position(|month| is_named(month)).or_else(|| (lower == "sept").then_some(8))?;
    i8::try_from(index + 1).ok()
}

/// Seconds or milliseconds since the beginning of 1970, universal time.
fn since_1970(worded: &str) -> Option<Date> {
    let number: i64 = worded.parse().ok()?;
    let seconds = match worded.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        _ => return None,
    };
    Some(Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_from_all_usual_wordings() {
        let check =
            |worded: &str, expected: &str| assert_eq!(day(worded).as_deref(), Some(expected), "{worded}");
        check("2021-05-04", "2021-05-04");
        check("2021-05-04T23:30:00-05:00", "2021-05-04");
        check("2021-5-4 10:00", "2021-05-04");
        check("2021/05/04", "2021-05-04");
        check("20210504", "2021-05-04");
        check("Tue, 04 May 2021 10:00:00 GMT", "2021-05-04");
        check("May 4th, 2021", "2021-05-04");
        check("Sept. 4, 2021 10:30 a.m.", "2021-09-04");
        check("Tuesday 4 May 2021", "2021-05-04");
        check("04.05.2021", "2021-05-04");
        check("25/05/2021", "2021-05-25");
        check("05/25/2021", "2021-05-25");
        check("1620123456", "2021-05-04");
        check("1620123456789", "2021-05-04");
    }

    #[test]
    fn what_names_no_day_is_none() {
        for worded in [
            "",
            "yesterday",
            "May 2021",
            "02/03/2021",
            "2021-13-01",
            "99999999",
            "31 June 2021",
            "½ Mayé 1",
            "9223372036854775807",
        ] {
            assert_eq!(day(worded), None, "{worded}");
        }
    }
}
