//! `parallax compare`: the story behind the reports of one event.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory};
use parallax_model::Comparison;

use super::online::OnlineInputs;
use super::outcome::{Outcome, tell};
use super::output::{Color, Destination, Format};
use super::{Cli, progress};
use crate::report;

const EXAMPLES: &str = "\
Examples:
  parallax compare samples                          the digest of a folder of reports
  parallax compare wire.txt paper.html              the digest of two files
  parallax compare samples --output story.html      a page to read, print and send
  parallax compare samples --format json | jq .origins
  parallax compare samples --format csv --output tables
  parallax compare samples --format tei --output sayings.xml
  cat reports.jsonl | parallax compare -            one report a line: {\"id\": …, \"text\": …}
  parallax compare https://a.example/storm https://b.example/coast-hit

Reports are files, also as .gz or .zst, or folders of these. A .txt or .html file is one report;
a .jsonl file holds one a line (id and text; source, title, published, url and lang if known);
.csv and .tsv one a row; .warc the pages of a crawl; .json ninjs and .xml NewsML-G2 items.
Feeds (RSS, Atom, JSON Feed, OPML, sitemaps) are read from files and from addresses, as pages are;
parallax help fetch says how.

Exit status: 0; 1 if something could not be read and the rest was written; 2 if nothing could
be read, or if the command was not understood.";

/// Compare the reports of one event and show the story behind them
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Compare {
    /// Files or folders of reports, addresses of pages and feeds; `-` for JSONL on standard input
    #[arg(required = true, value_name = "REPORTS")]
    reports: Vec<PathBuf>,
    /// What to write [default: by the extension of --output, else text]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Where to write it: a file, or a folder for csv; `-` for standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// When to use colour in text
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    color: Color,
    /// Columns of a line of text [default: those of the terminal, else 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..))]
    width: Option<u16>,
    #[command(flatten)]
    online: OnlineInputs,
}

impl Compare {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let destination = Destination::new(self.output);
        let format = match (self.format, destination.path()) {
            (Some(format), _) => format,
            (None, Some(path)) => Format::of_path(path)?,
            (None, None) => Format::Text,
        };
        if format == Format::Csv && destination.path().is_none() {
            let message = "--format csv writes a folder of tables: add --output FOLDER";
            Cli::command().error(ErrorKind::MissingRequiredArgument, message).exit();
        }
        let acquired = parallax_acquire::acquire_with(&self.reports, &self.online.online());
        tell(&acquired.notes);
        tell(&acquired.problems);
        if acquired.reports.is_empty() {
            return Ok(Outcome::Nothing);
        }
        let working = progress::working("Comparing", acquired.reports.len(), "reports", true);
        let comparison = parallax_analysis::compare(acquired.reports);
        working.finish_and_clear();
        let setting = report::text::Setting {
            width: destination.width(self.width.map(usize::from)),
            color: destination.in_color(self.color),
        };
        write(&comparison, format, setting, &destination)?;
        Ok(if acquired.problems.is_empty() { Outcome::Complete } else { Outcome::Partial })
    }
}

pub(super) fn write(
    comparison: &Comparison,
    format: Format,
    setting: report::text::Setting,
    destination: &Destination,
) -> anyhow::Result<()> {
    match format {
        Format::Text => destination.write(|out| report::text::write(comparison, setting, out)),
        Format::Html => destination.write(|out| report::html::write(comparison, out)),
        Format::Json => destination.write(|out| report::json::write(comparison, out)),
        Format::Graphml => destination.write(|out| report::graphml::write(comparison, out)),
        Format::Collatex => destination.write(|out| report::collatex::write(comparison, out)),
        Format::Tei => destination.write(|out| report::tei::write(comparison, out)),
        Format::Csv => report::csv::write(comparison, destination.folder()?),
    }
}
