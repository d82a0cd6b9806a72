//! Reports as they come in, and the article read out of each.

use crate::Span;

/// A report as it was acquired, before anything was read out of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawReport {
    /// Its id in the comparison: the JSONL id, or the file's stem.
    pub id: String,
    /// Where it came from, for messages: a path, and a line where there are several in one file.
    pub place: String,
    /// The outlet that published it.
    pub source: Option<String>,
    /// Its headline, where the input names it apart from the text.
    pub title: Option<String>,
    /// When it was published, as the input words it.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its language as an ISO 639-1 code, where the input says so.
    pub language: Option<String>,
    /// Who signed it, as the input says.
    pub authors: Vec<String>,
    /// Whose work it is where the outlet took it from elsewhere, mostly an agency, as the input says.
    pub credit: Option<String>,
    /// What it says.
    pub body: Body,
    /// When it was fetched, as the archive that kept it says. Not a date of publication, which is that day or earlier.
    pub fetched: Option<String>,
}

/// The form in which a report's text came.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Plain text, which is never altered.
    Text(String),
    /// An HTML page, from which the article is extracted.
    Html(String),
}

impl Default for Body {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// The article read out of a report. Its text is what all spans refer to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Article {
    /// Unique among the articles of a comparison.
    pub id: String,
    /// The outlet.
    pub source: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The title as the report states it, with what its outlet adds: `Dam breaks | Lindach Post`.
    pub stated_title: Option<String>,
    /// The day of publication, `YYYY-MM-DD`, where it is known.
    pub published: Option<String>,
    /// The moment of publication with its zone, in the form of RFC 3339, where the report says it.
    pub published_at: Option<String>,
    /// The moment of the last change, likewise; or its day.
    pub updated: Option<String>,
    /// The part of the outlet that it appeared in.
    pub section: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// ISO 639-1 code of the language, given or detected.
    pub language: Option<String>,
    /// Who signed it.
    pub authors: Vec<String>,
    /// Whose work it is where the outlet says that it took it from elsewhere, mostly an agency: `Reuters`, `AP`.
    pub credit: Option<String>,
    /// The text, unaltered for plain-text input.
    pub text: String,
    /// What the stretches of a text taken from a page are, in order; empty for plain text.
    pub parts: Vec<Part>,
    /// What went wrong with this report in some stage. It is kept and shown all the same.
    pub problems: Vec<Problem>,
}

impl Article {
    /// Whether the stages that know English may run: it is English, or nothing says otherwise.
    pub fn is_english(&self) -> bool {
        self.language.as_deref().is_none_or(|language| language.starts_with("en"))
    }
}

/// A stretch of the text with its form on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Where.
    pub span: Span,
    /// In which form it stood.
    pub form: Form,
}

/// The form in which a page shows a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A paragraph.
    Paragraph,
    /// A heading in the text: of a section, or of an entry of a live blog or roundup.
    Subhead,
    /// An item of a list.
    ListItem,
    /// A quotation set apart, or a post shown in the text.
    Blockquote,
    /// A cell of a table.
    Cell,
}

/// A stretch of the text that is not the report: site furniture, captions, teasers, credits.
#[derive(Debug, Clone, PartialEq)]
pub struct Boilerplate {
    /// Where.
    pub span: Span,
    /// What it is, in the words of the trade, for example `player notice` or `related link`.
    pub kind: &'static str,
    /// The rule that decided.
    pub rule: &'static str,
}

/// Something that went wrong with one report and did not stop the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Where: a path with a line, or the id of a report.
    pub place: String,
    /// What, in a sentence without a full stop.
    pub reason: String,
}
