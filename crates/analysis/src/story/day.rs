//! The day of a report, for telling news from old news.

use jiff::civil::{Date, date};
use parallax_model::Article;

use crate::extract::{day_in, day_of_address};

/// A date of publication stands in one of so many lines at the head of a report.
const HEAD: usize = 6;
/// A line with more bytes is running text, whose dates are those of events.
const LONGEST: usize = 90;

/// The day of publication, counted from the first of 2000: as the input says, or as the address or the head of the text does.
pub(super) fn day(article: &Article) -> Option<i32> {
    let given = article.published.as_deref().and_then(|published| published.get(..10)).map(str::to_owned);
    let worded = given
        .or_else(|| article.url.as_deref().and_then(day_of_address))
        .or_else(|| at_head(&article.text))?;
    let day: Date = worded.parse().ok()?;
    Some(day.duration_since(date(2000, 1, 1)).as_hours() as i32 / 24)
}

fn at_head(text: &str) -> Option<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(HEAD);
    lines.into_iter().find_map(|line| match line {
        // Some collections set blanks around the marks of an address.
        _ if line.starts_with("http") => day_of_address(&line.split_whitespace().collect::<String>()),
        _ if line.len() <= LONGEST => day_in(line, false),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_of_the_day_that_its_head_names() {
        let check = |published: Option<&str>, url: Option<&str>, text: &str, expected: Option<i32>| {
            let article = Article {
                published: published.map(str::to_owned),
                url: url.map(str::to_owned),
                text: text.into(),
                ..Article::default()
            };
            assert_eq!(day(&article), expected, "{text:?}");
        };
        check(Some("2000-01-03"), None, "", Some(2));
        check(None, Some("https://a.example/2000/01/03/dam"), "", Some(2));
        check(None, None, "Dam breaks\nJanuary 3, 2000\nThe dam broke.", Some(2));
        check(None, None, "http: / / a. example / 2000 / 01 / 03 / dam\nThe dam broke.", Some(2));
        check(
            None,
            None,
            "The dam that was built by hand until January 3, 2000 by the men of the valley and their sons broke.",
            None,
        );
        check(None, None, "1\n2\n3\n4\n5\n6\nJanuary 3, 2000", None);
        check(None, None, "", None);
    }
}
