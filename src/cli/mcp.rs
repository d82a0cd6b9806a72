//! `parallax mcp`: an archive for language models.

use std::path::PathBuf;

use clap::Args;

use super::archive_file::usual_path;
use super::outcome::Outcome;
use crate::web::{LogFormat, serve_models, start_logs};

const EXAMPLES: &str = "\
Examples:
  parallax mcp news.db                        for a program that starts it and speaks on its input and output

Tools: search, story, saying, compare. They take and give what the API of `parallax serve` does, and change nothing.
It ends when its input does. PARALLAX_LOG=warn makes it quieter.";

/// Let a language model read the archive, by the Model Context Protocol on standard input and output
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Mcp {
    /// The archive [default: the file that PARALLAX_ARCHIVE names, else parallax.db]
    #[arg(value_name = "ARCHIVE")]
    archive: Option<PathBuf>,
}

impl Mcp {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        start_logs(LogFormat::Text);
        serve_models(self.archive.unwrap_or_else(usual_path))?;
        Ok(Outcome::Complete)
    }
}
