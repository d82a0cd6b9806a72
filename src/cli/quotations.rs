//! `parallax quotations`: who said what.

use std::io;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, ValueEnum};
use parallax_model::{Document, Quotation};

use super::Cli;
use super::outcome::Outcome;
use super::output::Color;
use super::table::Table;
use crate::report::quotations::{annotations, article_line, csv_header, csv_rows, quotation_lines};
use crate::report::text::{Setting, quotations as text};

const EXAMPLES: &str = "\
Examples:
  parallax quotations samples --format text         who says what, to read on the terminal
  parallax quotations samples --format text --by article     the same, gathered under who says it
  parallax quotations archive.jsonl.gz > said.jsonl
  parallax quotations archive.jsonl.gz --min-confidence 0.9 | jq -r '[.speaker.name, .texts[]] | @tsv'
  parallax quotations archive.jsonl.gz --by article | jq -c '[.id, (.speakers[] | .name)]'
  parallax quotations archive.jsonl.gz --format csv --output said.csv
  parallax quotations archive.jsonl.gz --format annotation --output said.annotations.jsonl

A row is a quotation of parallax.comparison/1: its kind (direct, mixed, indirect), its spans, the
cue that attributes it, its speaker, the rule or model that decided, and how sure it is; with the
words of each and what is known of the article, so that it can be used without the report. With
--by article it is an article: its quotations, and its speakers with what they say. An annotation
is one of the W3C Web Annotation Data Model, found again by its words, the 32 characters before
and after them, and their place. What an article reports people to believe or to intend counts too, with
\"speech\": false. Memory does not grow with the input.";

/// List who said what in each report, as JSONL, CSV, Web Annotations or text
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Quotations {
    #[command(flatten)]
    table: Table,
    /// What to write
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Jsonl)]
    format: Format,
    /// What a row stands for
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = By::Quotation)]
    by: By,
    /// Leave out what is less sure, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0)]
    min_confidence: f32,
    /// Leave out beliefs, wishes and intentions that are ascribed to somebody
    #[arg(long)]
    speech_only: bool,
    /// When to use colour in text
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    color: Color,
    /// Columns of a line of text [default: those of the terminal, else 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..))]
    width: Option<u16>,
}

/// The forms of quotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON object a line
    Jsonl,
    /// A table for a spreadsheet
    Csv,
    /// A W3C Web Annotation (JSON-LD) a line
    Annotation,
    /// To be read on a terminal
    Text,
}

/// What is a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// A quotation
    Quotation,
    /// An article, with its quotations and with who says them
    Article,
}

impl Quotations {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        if self.by == By::Article && matches!(self.format, Format::Csv | Format::Annotation) {
            let message = "--by article goes with --format jsonl or text: the others hold a quotation a row";
            Cli::command().error(ErrorKind::ArgumentConflict, message).exit();
        }
        let destination = self.table.destination();
        let view = View {
            format: self.format,
            by: self.by,
            least: self.min_confidence,
            speech_only: self.speech_only,
            setting: Setting {
                width: destination.width(self.width.map(usize::from)),
                color: destination.in_color(self.color),
            },
        };
        self.table.write(|reports, out| {
            out.write_all(&view.head()?)?;
            let work = move |report| view.rows(&parallax_analysis::read_attributions(report));
            reports.in_order(out, work, |rows, out| Ok(out.write_all(&rows?)?))
        })
    }
}

/// Which quotations to show, and how.
#[derive(Clone, Copy)]
struct View {
    format: Format,
    by: By,
    least: f32,
    speech_only: bool,
    setting: Setting,
}

impl View {
    /// What stands above the rows.
    fn head(self) -> io::Result<Vec<u8>> {
        if self.format == Format::Csv { csv_header() } else { Ok(Vec::new()) }
    }

    /// What an article gives.
    fn rows(self, document: &Document) -> io::Result<Vec<u8>> {
        let is_wanted = |quotation: &Quotation| {
            quotation.confidence >= self.least && (quotation.speech || !self.speech_only)
        };
        match (self.format, self.by) {
            (Format::Jsonl, By::Quotation) => quotation_lines(document, is_wanted),
            (Format::Jsonl, By::Article) => article_line(document, is_wanted),
            (Format::Csv, _) => csv_rows(document, is_wanted),
            (Format::Annotation, _) => annotations(document, is_wanted),
            (Format::Text, By::Quotation) => {
                Ok(text::in_order(document, is_wanted, self.setting).into_bytes())
            }
            (Format::Text, By::Article) => {
                Ok(text::by_speaker(document, is_wanted, self.setting).into_bytes())
            }
        }
    }
}
