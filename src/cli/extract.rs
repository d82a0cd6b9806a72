//! `parallax extract`: the article in each report, as rows, text or Markdown.

use std::io::Write;

use clap::{Args, ValueEnum};
use parallax_analysis::extract::extract;
use parallax_model::{Article, Body, Form, Problem, RawReport};

use super::outcome::Outcome;
use super::table::{Table, write_row};
use crate::report::wire::ExtractRow;

const EXAMPLES: &str = "\
Examples:
  parallax extract page.html --format text          the main text of a page
  parallax extract pages --output articles.jsonl    a folder of pages as a table of articles
  parallax extract pages | parallax compare -

A row is {\"id\", \"url\", \"title\", \"headline\", \"source\", \"published\", \"published_at\", \"updated\", \"section\",
\"authors\", \"credit\", \"language\", \"text\", \"parts\"}, null where a report does not say. \"title\"
is the title as it is stated, with what the outlet adds (\"Dam breaks | Lindach Post\"), \"headline\" the
headline alone. Of a page the main text is taken; plain text stays as it is. \"parts\" are the paragraphs, subheads, list items and
blockquotes of the text, in code points.";

/// Read the article out of each page, as JSONL, text or Markdown
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Extract {
    #[command(flatten)]
    table: Table,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Jsonl, value_name = "FORMAT")]
    format: Format,
    /// Keep each page's HTML in its row, as "html"
    #[arg(long)]
    with_html: bool,
}

/// The form in which articles are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A row an article
    Jsonl,
    /// The texts, apart by form feeds
    Text,
    /// Headline, byline and text with its subheads, lists and blockquotes
    Markdown,
}

impl Extract {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let Self { table, format, with_html } = self;
        table.write(|reports, out| {
            reports.in_order_with(
                out,
                move |report| Read::of(report, with_html),
                |Read { html, article, problem }, out, account| {
                    problem.iter().for_each(|problem| account.problem(problem));
                    match format {
                        Format::Jsonl => write_row(&ExtractRow::new(&article, html.as_deref()), out),
                        Format::Text => Ok(write!(out, "{}\n\x0c", article.text.trim_end())?),
                        Format::Markdown => write_markdown(&article, out),
                    }
                },
            )
        })
    }
}

/// What was read out of a report.
struct Read {
    /// The page, where it is wanted.
    html: Option<String>,
    article: Article,
    /// That there is nothing to read on the page.
    problem: Option<Problem>,
}

impl Read {
    fn of(report: RawReport, with_html: bool) -> Self {
        let html = html_of(&report).filter(|_| with_html);
        let place = report.place.clone();
        let article = extract(report);
        let problem = article.text.is_empty().then(|| article.problems.first()).flatten();
        let problem = problem.map(|problem| Problem { place, reason: problem.reason.clone() });
        Self { html, article, problem }
    }
}

fn html_of(report: &RawReport) -> Option<String> {
    match &report.body {
        Body::Html(html) => Some(html.clone()),
        Body::Text(_) => None,
    }
}

/// Writes an article as Markdown, a rule behind it.
fn write_markdown(article: &Article, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "# {}\n", article.title.as_deref().unwrap_or(&article.id))?;
    let authors = (!article.authors.is_empty()).then(|| format!("By {}", article.authors.join(", ")));
    let credit = article.credit.clone();
    let head = [authors, credit, article.source.clone(), article.published.clone(), article.url.clone()];
    let head: Vec<String> = head.into_iter().flatten().collect();
    if !head.is_empty() {
        writeln!(out, "*{}*\n", head.join(" · "))?;
    }
    if article.parts.is_empty() {
        writeln!(out, "{}\n", article.text.trim_end())?;
    }
    for part in &article.parts {
        let text = part.span.of(&article.text);
        match part.form {
            Form::Subhead => writeln!(out, "## {}\n", text.replace('\n', " "))?,
            Form::ListItem | Form::Cell => writeln!(out, "- {}\n", text.replace('\n', "\n  "))?,
            Form::Blockquote => writeln!(out, "> {}\n", text.replace('\n', "\n> "))?,
            Form::Paragraph => writeln!(out, "{text}\n")?,
        }
    }
    writeln!(out, "---\n")?;
    Ok(())
}
