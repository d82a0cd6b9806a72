//! `parallax serve`: an archive in the browser, and for programs.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::Args;

use super::archive_file::usual_path;
use super::outcome::Outcome;
use crate::web::{LogFormat, Settings, Token, serve, start_logs};

const EXAMPLES: &str = "\
Examples:
  parallax serve news.db                      http://127.0.0.1:7464/ on this machine
  parallax serve news.db --port 0             a free port; the address is printed
  parallax serve news.db --listen 0.0.0.0 --token-file token --host desk.example

Pages work without script. The API is described at /api/docs/. Nothing is loaded from anywhere else. Only this
machine can reach the server unless --listen says otherwise; then a reader must show the token.
It ends on Ctrl-C or SIGTERM, after the answers it has begun. PARALLAX_LOG=warn makes it quieter.";

/// Show an archive in the browser, and to programs
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Serve {
    /// The archive [default: the file that PARALLAX_ARCHIVE names, else parallax.db]
    #[arg(value_name = "ARCHIVE")]
    archive: Option<PathBuf>,
    /// The address to be reached at
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// The port; 0 for a free one
    #[arg(long, value_name = "N", default_value_t = 7464)]
    port: u16,
    /// A file whose first line is the token that readers must show
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// A name by which browsers call this server; may be given more than once
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// Only show: take in no reports and no corrections
    #[arg(long)]
    read_only: bool,
    /// Requests that one address may make in a second; twice as many at once
    #[arg(long, value_name = "N", default_value = "100")]
    rate: NonZeroU32,
    /// The form of the log on standard error
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    log_format: LogFormat,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let token = self.token_file.as_deref().map(Token::read).transpose()?;
        start_logs(self.log_format);
        serve(Settings {
            archive: self.archive.unwrap_or_else(usual_path),
            listen: SocketAddr::new(self.listen, self.port),
            hosts: self.hosts,
            token,
            rate: self.rate,
            is_read_only: self.read_only,
        })?;
        Ok(Outcome::Complete)
    }
}
