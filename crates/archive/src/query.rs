//! What a person looks for: words, phrases, who said it, which outlet, when, in which story.

use std::fmt;
use std::str::FromStr;

use parallax_model::Span;
use unicode_normalization::char::is_combining_mark;

use crate::StoryId;

/// A query, read from the words that a person typed.
///
/// | written | finds reports |
/// | --- | --- |
/// | `dam breach` | with both words, anywhere |
/// | `"failure of paperwork"` | with these words in this order |
/// | `evacuat*` | with a word that begins so |
/// | `-drill` | without the word |
/// | `title:breach`, `quote:sorry` | with it in the headline, in a quotation |
/// | `speaker:reyle`, `outlet:"Harlow Wire"` | that quote somebody, of an outlet |
/// | `after:2025-10 before:2025-11-15` | published from October 2025 on, and before the day |
/// | `story:s12` | of a story |
///
/// Case and accents make no difference.
///
/// ```
/// use parallax_archive::Query;
/// assert!("dam speaker:reyle after:2025-10".parse::<Query>().is_ok());
/// let error = "dam after:soon".parse::<Query>().unwrap_err();
/// assert_eq!((error.place().start, error.place().end), (4, 14));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    pub(crate) wanted: Vec<Words>,
    pub(crate) excluded: Vec<Words>,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) story: Option<StoryId>,
}

/// Words that stand next to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) column: Column,
    /// Whether the last one may go on.
    pub(crate) is_prefix: bool,
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// In all that the report says: everywhere but in the outlet's name.
    Anywhere,
    Title,
    Quotations,
    Speakers,
    Outlet,
}

/// Why a query was not understood, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    place: Span,
    reason: String,
}

impl QueryError {
    /// The part of the query that was not understood, in bytes.
    pub fn place(&self) -> Span {
        self.place
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {} of the query)", self.reason, self.place.start)
    }
}

impl std::error::Error for QueryError {}

/// One item of a query as it is written.
struct Item<'a> {
    place: Span,
    is_excluded: bool,
    field: Option<&'a str>,
    value: &'a str,
    is_phrase: bool,
}

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        let mut query = Self::default();
        let mut first_excluded = None;
        let mut at = 0;
        while let Some(item) = next_item(text, at)? {
            at = item.place.end;
            if item.is_excluded {
                first_excluded.get_or_insert(item.place);
            }
            query.take(&item)?;
        }
        if let (Some(place), true) = (first_excluded, query.wanted.is_empty()) {
            return Err(error(place, "there is nothing to look for but what is left out"));
        }
        if query == Self::default() {
            return Err(error(Span::new(0, text.len()), "there is nothing to look for"));
        }
        Ok(query)
    }
}

impl Query {
    /// The story in which reports are looked for, where it is only one.
    pub fn story(&self) -> Option<StoryId> {
        self.story
    }

    fn take(&mut self, item: &Item<'_>) -> Result<(), QueryError> {
        let field = item.field.map(str::to_lowercase);
        let column = match field.as_deref() {
            None | Some("text") => Column::Anywhere,
            Some("title") => Column::Title,
            Some("quote") => Column::Quotations,
            Some("speaker") => Column::Speakers,
            Some("outlet") => Column::Outlet,
            Some(filter) => return self.take_filter(filter, item),
        };
        let words = words(item, column)?;
        if item.is_excluded { &mut self.excluded } else { &mut self.wanted }.push(words);
        Ok(())
    }

    fn take_filter(&mut self, field: &str, item: &Item<'_>) -> Result<(), QueryError> {
        let day = || {
            day(item.value)
                .ok_or_else(|| error(item.place, "a day is written 2025-10-09, a month 2025-10, a year 2025"))
        };
        match field {
            _ if item.is_excluded => {
                return Err(error(item.place, &format!("{field}: cannot be left out; only words can")));
            }
            "before" => self.before = Some(day()?),
            "after" => self.after = Some(day()?),
            "story" => {
                self.story = Some(item.value.parse().map_err(|reason: String| error(item.place, &reason))?);
            }
            other => {
                let known = "known are title, quote, speaker, outlet, before, after and story";
                let reason = format!(
                    "there is no field {other}:; {known}. Put it in quotation marks to look for it as it stands"
                );
                return Err(error(item.place, &reason));
            }
        }
        Ok(())
    }

    /// Whether days or a story narrow it.
    pub(crate) fn is_filtered(&self) -> bool {
        self.before.is_some() || self.after.is_some() || self.story.is_some()
    }

    /// The query in the language of SQLite's full-text index; `None` where it names no words.
    pub(crate) fn expression(&self) -> Option<String> {
        let wanted: Vec<String> = self.wanted.iter().map(Words::expression).collect();
        let excluded: String =
            self.excluded.iter().map(|words| format!(" NOT {}", words.expression())).collect();
        (!wanted.is_empty()).then(|| format!("({}){excluded}", wanted.join(" AND ")))
    }
}

impl Words {
    /// Its words, each for itself; the beginning of a word stays what it is.
    pub(crate) fn apart(&self) -> Vec<Self> {
        if self.is_prefix {
            return vec![self.clone()];
        }
        let word = |text: &str| Self { text: text.to_owned(), ..self.clone() };
        word_spans(&self.text).map(|span| word(span.of(&self.text))).collect()
    }

    /// Itself in the language of the index, wherever it stands.
    pub(crate) fn quoted(&self) -> String {
        let star = if self.is_prefix { "*" } else { "" };
        format!("\"{}\"{star}", self.text.replace('"', "\"\""))
    }

    /// Itself in the language of the index, where it is looked for.
    pub(crate) fn expression(&self) -> String {
        let column = match self.column {
            Column::Anywhere => "- outlet",
            Column::Title => "title",
            Column::Quotations => "quotations",
            Column::Speakers => "speakers",
            Column::Outlet => "outlet",
        };
        format!("({column} : {})", self.quoted())
    }
}

/// The words of a text, as the index divides it.
pub(crate) fn word_spans(text: &str) -> impl Iterator<Item = Span> {
    let is_inside = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(is_inside)?;
        let end = text[start..].find(|c| !is_inside(c)).map_or(text.len(), |length| start + length);
        rest = end;
        Some(Span::new(start, end))
    })
}

/// The words of an item.
fn words(item: &Item<'_>, column: Column) -> Result<Words, QueryError> {
    let stem = item.value.strip_suffix('*').filter(|_| !item.is_phrase);
    let text = stem.unwrap_or(item.value);
    if !text.contains(char::is_alphanumeric) {
        return Err(error(item.place, "there is no letter and no figure to look for"));
    }
    // The index knows no characters that end a text for the database.
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Ok(Words { text, column, is_prefix: stem.is_some() })
}

/// A year, a month or a day, as it is written; they compare like the times they stand for.
fn day(text: &str) -> Option<String> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return None,
    };
    whole.parse::<jiff::civil::Date>().ok().map(|_| text.to_owned())
}

/// The first item that begins at `from` or later.
fn next_item(text: &str, from: usize) -> Result<Option<Item<'_>>, QueryError> {
    let rest = text.get(from..).unwrap_or_default();
    let Some(skipped) = rest.find(|c: char| !c.is_whitespace()) else { return Ok(None) };
    let start = from + skipped;
    let item = &rest[skipped..];
    let after_minus =
        item.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| !c.is_whitespace() && c != '-'));
    let is_excluded = after_minus.is_some();
    let item = after_minus.unwrap_or(item);
    let (field, value) = match field(item) {
        Some((field, value)) => (Some(field), value),
        None => (None, item),
    };
    let value_at = start + usize::from(is_excluded) + (item.len() - value.len());
    let Some(open) = value.chars().next().filter(|c| is_mark(*c)) else {
        let end = value.find(|c: char| c.is_whitespace() || is_mark(c)).unwrap_or(value.len());
        let place = Span::new(start, value_at + end);
        if end == 0 {
            return Err(error(place, "nothing stands after the colon"));
        }
        return Ok(Some(Item { place, is_excluded, field, value: &value[..end], is_phrase: false }));
    };
    let inner = &value[open.len_utf8()..];
    let Some(end) = inner.find(is_mark) else {
        return Err(error(Span::new(value_at, text.len()), "the quotation mark is never closed"));
    };
    let close = inner[end..].chars().next().map_or(0, char::len_utf8);
    let place = Span::new(start, value_at + open.len_utf8() + end + close);
    Ok(Some(Item { place, is_excluded, field, value: &inner[..end], is_phrase: true }))
}

/// The field that an item begins with, and what follows its colon. An address is no field, nor is a time of the day.
fn field(item: &str) -> Option<(&str, &str)> {
    let (field, value) = item.split_once(':')?;
    let is_name = !field.is_empty() && field.chars().all(|c| c.is_ascii_alphabetic());
    (is_name && !value.starts_with("//")).then_some((field, value))
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

fn error(place: Span, reason: &str) -> QueryError {
    QueryError { place, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<String, (usize, usize)> {
        let query = text.parse::<Query>().map_err(|error| (error.place.start, error.place.end))?;
        let filters = [
            query.before.as_ref().map(|day| format!(" <{day}")),
            query.after.as_ref().map(|day| format!(" >={day}")),
            query.story.map(|story| format!(" in {story}")),
        ];
        let filters: String = filters.into_iter().flatten().collect();
        Ok(query.expression().unwrap_or_default().replace("- outlet : ", "") + &filters)
    }

    #[test]
    fn what_is_typed_is_read_so() {
        for (typed, expected) in [
            ("dam", Ok("((\"dam\"))")),
            ("dam breach", Ok("((\"dam\") AND (\"breach\"))")),
            ("  dam\tbreach ", Ok("((\"dam\") AND (\"breach\"))")),
            ("\"dam breach\"", Ok("((\"dam breach\"))")),
            ("“dam breach”", Ok("((\"dam breach\"))")),
            ("evacuat*", Ok("((\"evacuat\"*))")),
            ("\"evacuat*\"", Ok("((\"evacuat*\"))")),
            ("dam -drill", Ok("((\"dam\")) NOT (\"drill\")")),
            ("dam -\"fire drill\" -x", Ok("((\"dam\")) NOT (\"fire drill\") NOT (\"x\")")),
            ("well-known - x", Err((11, 12))),
            ("well-known", Ok("((\"well-known\"))")),
            ("speaker:reyle", Ok("((speakers : \"reyle\"))")),
            ("Speaker:\"Tomas Reyle\"", Ok("((speakers : \"Tomas Reyle\"))")),
            ("-speaker:reyle dam", Ok("((\"dam\")) NOT (speakers : \"reyle\")")),
            (
                "outlet:wire title:dam quote:sorr*",
                Ok("((outlet : \"wire\") AND (title : \"dam\") AND (quotations : \"sorr\"*))"),
            ),
            ("after:2025 before:2025-10-09", Ok(" <2025-10-09 >=2025")),
            ("dam after:2025-10", Ok("((\"dam\")) >=2025-10")),
            ("story:s12", Ok(" in s12")),
            ("at 12:30", Ok("((\"at\") AND (\"12:30\"))")),
            ("https://a.example/x", Ok("((\"https://a.example/x\"))")),
            ("NEAR AND OR NOT", Ok("((\"NEAR\") AND (\"AND\") AND (\"OR\") AND (\"NOT\"))")),
            ("日本 dam", Ok("((\"日本\") AND (\"dam\"))")),
            ("dam\"breach\"", Ok("((\"dam\") AND (\"breach\"))")),
            ("", Err((0, 0))),
            ("   ", Err((0, 3))),
            ("-drill", Err((0, 6))),
            ("after:2025 -drill", Err((11, 17))),
            ("dam \"breach", Err((4, 11))),
            ("dam —", Err((4, 7))),
            ("*", Err((0, 1))),
            ("\"\" dam", Err((0, 2))),
            ("speaker:", Err((0, 8))),
            ("speaker: reyle", Err((0, 8))),
            ("autor:reyle", Err((0, 11))),
            ("dam after:soon", Err((4, 14))),
            ("after:2025-13", Err((0, 13))),
            ("after:2025-02-30", Err((0, 16))),
            ("-after:2025 dam", Err((0, 11))),
            ("story:12", Err((0, 8))),
            ("story:s", Err((0, 7))),
            ("story:s99999999999999999999", Err((0, 27))),
        ] {
            assert_eq!(read(typed), expected.map(str::to_owned), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn an_error_lies_inside_the_query(text in "[-a-z:\"“”* 0-9é日\u{0}]{0,12}") {
            if let Err(error) = text.parse::<Query>() {
                prop_assert!(text.get(error.place.start..error.place.end).is_some());
            }
        }
    }
}
