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

/// The day after the one that `worded` names.
pub(super) fn day_after(worded: &str) -> Option<String> {
    let day: Date = day(worded)?.parse().ok()?;
    Some(day.tomorrow().ok()?.to_string())
}

/// The moment that `worded` names with its zone, as RFC 3339 has it: `2021-05-04T10:00:00+02:00`. None without time or zone.
pub(super) fn moment(worded: &str) -> Option<String> {
    let worded = worded.trim();
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(worded) {
        return Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    }
    let fits = |(at, c): (usize, char)| match at {
        4 | 7 => c == '-',
        10 => matches!(c, 'T' | 't' | ' '),
        13 => c == ':',
        _ => c.is_ascii_digit(),
    };
    let head = worded.get(..16).filter(|head| head.char_indices().all(fits))?;
    let rest = worded.get(16..)?;
    let zone = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ' '));
    let seconds = rest
        .strip_prefix(':')
        .and_then(|rest| rest.get(..2))
        .filter(|two| two.bytes().all(|b| b.is_ascii_digit()));
    let zone = match zone {
        "Z" | "z" | "UTC" | "GMT" => "+00:00".to_owned(),
        offset => offset_of(offset)?,
    };
    let moment = format!("{}T{}:{}{zone}", head.get(..10)?, head.get(11..)?, seconds.unwrap_or("00"));
    moment.parse::<Timestamp>().ok().map(|_| moment)
}

/// An offset with its colon: `+0200`, `+02:00`, `-05`.
fn offset_of(offset: &str) -> Option<String> {
    let sign = offset.get(..1).filter(|sign| matches!(*sign, "+" | "-"))?;
    let digits: String = offset.get(1..)?.chars().filter(|c| *c != ':').collect();
    let is_offset = matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit());
    is_offset
        .then(|| format!("{sign}{}:{}", digits.get(..2).unwrap_or("00"), digits.get(2..4).unwrap_or("00")))
}

/// The wording of the day that an address names: `/2021/05/04/`, `2021-05-04`, `20210504`.
pub(crate) fn of_address(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let figures: Vec<&str> =
        path.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let in_parts = figures.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        (year.len() == 4 && is_recent(year) && month.len() <= 2 && day.len() <= 2)
            .then(|| date(year, month, day))?
    });
    let whole = || {
        figures
            .iter()
            .find(|part| part.len() == 8 && part.get(..4).is_some_and(is_recent))
            .and_then(|part| numeric(part))
    };
    in_parts.or_else(whole).map(|date| date.to_string())
}

/// Whether a number is a year of the web.
fn is_recent(year: &str) -> bool {
    year.parse::<u16>().is_ok_and(|year| (1993..=2099).contains(&year))
}

/// The day that a shown text names somewhere: "Published on 4 May 2021, 10:00". `is_day_first` says how figures are read that may be
/// either day or month.
pub(crate) fn day_in(text: &str, is_day_first: bool) -> Option<String> {
    let words = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')'))
        .filter(|word| !word.is_empty());
    let figures = words.into_iter().find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        (word.len() >= 8 && word.contains(['-', '/', '.']))
            .then(|| numeric(word).or_else(|| is_day_first.then(|| day_first(word))?))?
    });
    figures.or_else(|| with_month_name(text)).map(|date| date.to_string())
}

/// A date in figures, the day first.
fn day_first(figures: &str) -> Option<Date> {
    let mut parts = figures.split(['-', '/', '.']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    (year.len() == 4).then(|| date(year, month, day))?
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
    let at = words.iter().position(|word| any_month(word).is_some())?;
    let month = any_month(words.get(at)?)?;
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

/// The day of the week that an English word names in full, with Monday as 0.
pub(crate) fn weekday(word: &str) -> Option<u8> {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    (0..).zip(NAMES).find(|(_, name)| name.eq_ignore_ascii_case(word)).map(|(day, _)| day)
}

/// The month, from 1, that a word names in one of several languages.
fn any_month(word: &str) -> Option<i8> {
    const NAMES: [(&str, i8); 58] = [
        ("januar", 1),
        ("jänner", 1),
        ("janvier", 1),
        ("enero", 1),
        ("gennaio", 1),
        ("januari", 1),
        ("janeiro", 1),
        ("februar", 2),
        ("février", 2),
        ("fevrier", 2),
        ("febrero", 2),
        ("febbraio", 2),
        ("februari", 2),
        ("fevereiro", 2),
        ("märz", 3),
        ("maerz", 3),
        ("mär", 3),
        ("mrz", 3),
        ("mars", 3),
        ("marzo", 3),
        ("maart", 3),
        ("março", 3),
        ("avril", 4),
        ("abril", 4),
        ("aprile", 4),
        ("mai", 5),
        ("mayo", 5),
        ("maggio", 5),
        ("mei", 5),
        ("maio", 5),
        ("juni", 6),
        ("juin", 6),
        ("junio", 6),
        ("giugno", 6),
        ("junho", 6),
        ("juli", 7),
        ("juillet", 7),
        ("julio", 7),
        ("luglio", 7),
        ("julho", 7),
        ("août", 8),
        ("aout", 8),
        ("agosto", 8),
        ("augustus", 8),
        ("septembre", 9),
        ("septiembre", 9),
        ("settembre", 9),
        ("setembro", 9),
        ("oktober", 10),
        ("okt", 10),
        ("octobre", 10),
        ("octubre", 10),
        ("ottobre", 10),
        ("outubro", 10),
        ("novembre", 11),
        ("dezember", 12),
        ("dez", 12),
        ("décembre", 12),
    ];
    let lower = word.to_lowercase();
    let foreign = || NAMES.iter().find(|(name, _)| *name == lower).map(|(_, month)| *month);
    let more = || match &*lower {
        "noviembre" | "novembro" => Some(11),
        "diciembre" | "dicembre" | "dezembro" | "decembre" => Some(12),
        _ => None,
    };
    month(word).or_else(foreign).or_else(more)
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
