//! Where output goes, in which form, and how wide and colourful it may be.

use std::fs::{self, File};
use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ValueEnum;
use terminal_size::terminal_size_of;

/// Columns of a line where neither the user nor a terminal says.
const USUAL_WIDTH: usize = 80;
/// Wider lines than this are hard to read, however wide the terminal is.
const WIDEST: usize = 120;

/// The forms of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Digest for the terminal, readable in a minute
    Text,
    /// One self-contained page: no script, nothing loaded from the network
    Html,
    /// The whole comparison with offsets (parallax.comparison/1)
    Json,
    /// A folder of tables, one CSV file each
    Csv,
    /// Lineage graph for Gephi, yEd or Cytoscape
    Graphml,
    /// Sayings word by word: alignment tables in the JSON of CollateX
    Collatex,
    /// Sayings word by word: a critical edition in TEI P5 (app and rdg)
    Tei,
}

impl Format {
    /// The form that the name of an output file asks for.
    pub(super) fn of_path(path: &Path) -> anyhow::Result<Self> {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("html" | "htm") => Ok(Self::Html),
            Some("json") => Ok(Self::Json),
            Some("graphml") => Ok(Self::Graphml),
            Some("tei" | "xml") => Ok(Self::Tei),
            Some("csv") => Ok(Self::Csv),
            None | Some("txt" | "text") => Ok(Self::Text),
            Some(other) => {
                anyhow::bail!("{}: no format goes by .{other}; choose one with --format", path.display())
            }
        }
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR or CLICOLOR=0 is set
    Auto,
    Always,
    Never,
}

/// Where output goes.
#[derive(Debug)]
pub(super) enum Destination {
    Standard,
    At(PathBuf),
}

impl Destination {
    /// The path that was asked for; `-` and no path mean standard output.
    pub(super) fn new(path: Option<PathBuf>) -> Self {
        path.filter(|path| path != Path::new("-")).map_or(Self::Standard, Self::At)
    }

    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::Standard => None,
            Self::At(path) => Some(path),
        }
    }

    /// Lets `write` write to the destination, and makes sure that all of it arrives.
    pub(super) fn write(
        &self,
        write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        match self {
            Self::Standard => finish(BufWriter::new(stdout().lock()), write),
            Self::At(path) => {
                let file = File::create(path).with_context(|| path.display().to_string())?;
                finish(BufWriter::new(file), write).with_context(|| path.display().to_string())
            }
        }
    }

    /// The folder to write to, made where it is not there yet.
    pub(super) fn folder(&self) -> anyhow::Result<&Path> {
        let path = self.path().context("a folder of tables needs --output FOLDER")?;
        fs::create_dir_all(path).with_context(|| path.display().to_string())?;
        Ok(path)
    }

    /// Whether words may be set in colour.
    pub(super) fn in_color(&self, color: Color) -> bool {
        match (color, self) {
            (Color::Always, _) => true,
            (Color::Never, _) | (Color::Auto, Self::At(_)) => false,
            (Color::Auto, Self::Standard) => {
                anstream::AutoStream::choice(&stdout()) != anstream::ColorChoice::Never
            }
        }
    }

    /// Columns of a line: as asked, else as the terminal has, within what reads well.
    pub(super) fn width(&self, asked: Option<usize>) -> usize {
        let terminal = match self {
            Self::Standard => terminal_size_of(stdout()),
            Self::At(_) => None,
        };
        asked.unwrap_or_else(|| terminal.map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0).min(WIDEST)))
    }
}

fn finish<W: Write>(
    mut out: BufWriter<W>,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    write(&mut out)?;
    out.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_output_tells_its_form() {
        for (path, expected) in [
            ("x.html", Some(Format::Html)),
            ("x.HTM", Some(Format::Html)),
            ("x.json", Some(Format::Json)),
            ("x.graphml", Some(Format::Graphml)),
            ("x.tei", Some(Format::Tei)),
            ("x.xml", Some(Format::Tei)),
            ("x.csv", Some(Format::Csv)),
            ("x", Some(Format::Text)),
            ("x.txt", Some(Format::Text)),
            ("x.pdf", None),
        ] {
            assert_eq!(Format::of_path(Path::new(path)).ok(), expected, "{path}");
        }
    }
}
