//! What the stages found in one report, as it is kept.

use parallax_model::{Article, Document, Form, Part, Problem, Quotation, QuotationKind, RawReport, Span};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::Error;
use crate::archive::Archive;
use crate::digest;
use crate::report::ReportId;
use crate::stored::{json, pair, pairs, read_json, read_span, span, spans, unknown_word};

/// A report with what the stages found in it.
#[derive(Debug, Clone, Copy)]
pub struct Finding<'a> {
    /// What was acquired.
    pub raw: &'a RawReport,
    /// What was found: the article, its furniture and its quotations are kept.
    pub document: &'a Document,
    /// The version of the stages that found it.
    pub stages: u32,
}

/// The article read out of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleRecord {
    /// The article, its id the report's name.
    pub article: Article,
    /// What of its text is not the report.
    pub boilerplate: Vec<BoilerplateRecord>,
    /// The version of the stages that read it.
    pub stages: u32,
}

/// A stretch of a text that is not the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoilerplateRecord {
    /// Where.
    pub span: Span,
    /// What it is.
    pub kind: String,
    /// The rule that decided.
    pub rule: String,
}

/// A saying as a report gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotationRecord {
    /// Its place among the quotations of the report, from 0.
    pub number: u32,
    /// How it is rendered.
    pub kind: QuotationKind,
    /// The content without quotation marks, in order.
    pub spans: Vec<Span>,
    /// The words that attribute it.
    pub cue: Option<Span>,
    /// The words that name the speaker there.
    pub mention: Option<Span>,
    /// Who says it, where that is known.
    pub speaker: Option<String>,
    /// Whether it is reported as said; otherwise a belief or an intention is ascribed.
    pub speech: bool,
    /// Probability, 0 to 1, that it is right.
    pub confidence: f32,
    /// The rule or model that decided.
    pub rule: String,
}

impl Archive {
    /// The article of a report's current version.
    pub fn article(&self, report: ReportId) -> Result<ArticleRecord, Error> {
        let found = self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT report.name, article.*, coalesce(article.text, version.body) AS words
                 FROM report JOIN article ON article.version = report.current
                 JOIN version ON version.id = report.current WHERE report.id = ?1",
            )?;
            statement.query_row([report.0], article).optional()
        })?;
        found.ok_or_else(|| self.unknown(format!("report of number {}", report.0)))
    }

    /// The quotations of a report's current version, by position.
    pub fn quotations(&self, report: ReportId) -> Result<Vec<QuotationRecord>, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT quotation.* FROM quotation JOIN report ON version = current WHERE report.id = ?1 ORDER BY number",
            )?;
            statement.query_map([report.0], quotation)?.collect()
        })
    }
}

fn article(row: &Row<'_>) -> rusqlite::Result<ArticleRecord> {
    let problems: Vec<(String, String)> = read_json(row, "problems")?;
    let parts: Vec<(usize, usize, String)> = read_json(row, "parts")?;
    let boilerplate: Vec<(usize, usize, String, String)> = read_json(row, "boilerplate")?;
    let part = |(start, end, word): (usize, usize, String)| {
        Ok(Part { span: span((start, end)), form: form(&word)? })
    };
    let article = Article {
        id: row.get("name")?,
        source: row.get("outlet")?,
        title: row.get("title")?,
        // Kept with the page that it can be read from again.
        stated_title: None,
        published: row.get("published")?,
        published_at: row.get("published_at")?,
        updated: row.get("updated")?,
        section: row.get("section")?,
        url: row.get("url")?,
        language: row.get("language")?,
        authors: read_json(row, "authors")?,
        credit: row.get("credit")?,
        text: row.get("words")?,
        parts: parts.into_iter().map(part).collect::<rusqlite::Result<_>>()?,
        problems: problems.into_iter().map(|(place, reason)| Problem { place, reason }).collect(),
    };
    let boilerplate = boilerplate.into_iter();
    let boilerplate = boilerplate.map(|(start, end, kind, rule)| BoilerplateRecord {
        span: span((start, end)),
        kind,
        rule,
    });
    Ok(ArticleRecord { article, boilerplate: boilerplate.collect(), stages: row.get("stages")? })
}

fn quotation(row: &Row<'_>) -> rusqlite::Result<QuotationRecord> {
    Ok(QuotationRecord {
        number: row.get("number")?,
        kind: kind(&row.get::<_, String>("kind")?)?,
        spans: spans(read_json(row, "spans")?),
        cue: read_span(row, "cue")?,
        mention: read_span(row, "mention")?,
        speaker: row.get("speaker")?,
        speech: row.get("is_speech")?,
        confidence: row.get("confidence")?,
        rule: row.get("rule")?,
    })
}

impl Finding<'_> {
    /// Writes what was found in a report's current version, in place of what was found in it before.
    pub(crate) fn write(
        &self,
        connection: &Connection,
        report: ReportId,
        version: i64,
    ) -> rusqlite::Result<()> {
        connection.prepare_cached("DELETE FROM article WHERE version = ?1")?.execute([version])?;
        self.write_article(connection, version)?;
        for (number, quotation) in (0..).zip(&self.document.quotations) {
            write_quotation(connection, version, number, quotation)?;
        }
        self.write_report(connection, report)?;
        self.write_words(connection, report)?;
        Ok(())
    }

    fn write_article(&self, connection: &Connection, version: i64) -> rusqlite::Result<usize> {
        let article = &self.document.article;
        let problems: Vec<_> =
            article.problems.iter().map(|problem| (&problem.place, &problem.reason)).collect();
        let parts: Vec<_> =
            article.parts.iter().map(|part| (part.span.start, part.span.end, form_word(part.form))).collect();
        let furniture = self.document.boilerplate.iter();
        let furniture: Vec<_> = furniture.map(|b| (b.span.start, b.span.end, b.kind, b.rule)).collect();
        let mut statement = connection.prepare_cached(
            "INSERT INTO article (version, stages, digest, outlet, title, published, published_at, updated, section, url,
                 language, authors, credit, problems, parts, boilerplate, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?;
        statement.execute(params![
            version,
            self.stages,
            digest::of_article(article),
            article.source,
            article.title,
            article.published,
            article.published_at,
            article.updated,
            article.section,
            article.url,
            article.language,
            json(&article.authors)?,
            article.credit,
            json(&problems)?,
            json(&parts)?,
            json(&furniture)?,
            self.own_text(),
        ])
    }

    /// The text, where it is not what was acquired.
    fn own_text(&self) -> Option<&str> {
        let text = self.document.text();
        let (parallax_model::Body::Text(body) | parallax_model::Body::Html(body)) = &self.raw.body;
        (text != body).then_some(text)
    }

    /// What lists show of the report.
    fn write_report(&self, connection: &Connection, report: ReportId) -> rusqlite::Result<usize> {
        let article = &self.document.article;
        let mut statement = connection.prepare_cached(
            "UPDATE report SET published = ?2, outlet = ?3, title = ?4, url = ?5 WHERE id = ?1",
        )?;
        statement.execute(params![report.0, article.published, article.source, article.title, article.url])
    }

    /// Its words in the index.
    fn write_words(&self, connection: &Connection, report: ReportId) -> rusqlite::Result<usize> {
        let Document { article, quotations, .. } = self.document;
        let said: Vec<&str> = quotations
            .iter()
            .flat_map(|quotation| &quotation.spans)
            .map(|span| span.of(&article.text))
            .collect();
        let mut speakers: Vec<&str> = quotations.iter().filter_map(|q| q.speaker.name.as_deref()).collect();
        speakers.sort_unstable();
        speakers.dedup();
        connection.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([report.0])?;
        let mut statement = connection.prepare_cached(
            "INSERT INTO search (rowid, title, text, quotations, speakers, outlet) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        // A word between two, so that no phrase is found that runs from one into the next.
        let (said, speakers) = (said.join(BETWEEN), speakers.join(BETWEEN));
        statement.execute(params![report.0, article.title, article.text, said, speakers, article.source])
    }
}

/// Stands between two sayings in the index, and in no text that a person writes.
const BETWEEN: &str = " \u{E000} ";

fn write_quotation(
    connection: &Connection,
    version: i64,
    number: u32,
    quotation: &Quotation,
) -> rusqlite::Result<usize> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO quotation (version, number, kind, spans, cue, mention, speaker, is_speech, confidence, rule)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    let one = |span: Option<Span>| span.map(|span| json(&pair(span))).transpose();
    statement.execute(params![
        version,
        number,
        quotation.kind.word(),
        json(&pairs(&quotation.spans))?,
        one(quotation.cue)?,
        one(quotation.speaker.mention)?,
        quotation.speaker.name,
        quotation.speech,
        quotation.confidence,
        quotation.rule,
    ])
}

fn kind(word: &str) -> rusqlite::Result<QuotationKind> {
    let kinds = [QuotationKind::Direct, QuotationKind::Mixed, QuotationKind::Indirect];
    kinds.into_iter().find(|kind| kind.word() == word).ok_or_else(|| unknown_word(word))
}

fn form_word(form: Form) -> &'static str {
    match form {
        Form::Paragraph => "paragraph",
        Form::Subhead => "subhead",
        Form::ListItem => "list-item",
        Form::Blockquote => "blockquote",
        Form::Cell => "cell",
    }
}

fn form(word: &str) -> rusqlite::Result<Form> {
    match word {
        "paragraph" => Ok(Form::Paragraph),
        "subhead" => Ok(Form::Subhead),
        "list-item" => Ok(Form::ListItem),
        "blockquote" => Ok(Form::Blockquote),
        "cell" => Ok(Form::Cell),
        other => Err(unknown_word(other)),
    }
}
