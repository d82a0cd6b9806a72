//! What a person can choose about a server.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};

/// Shorter tokens could be guessed.
const SHORTEST_TOKEN: usize = 16;

/// What a person can choose about a server.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The archive that is shown.
    pub(crate) archive: PathBuf,
    /// Where it is served.
    pub(crate) listen: SocketAddr,
    /// Names by which browsers may call the server, beside those of the loopback and the address itself.
    pub(crate) hosts: Vec<String>,
    /// What a reader must show, where not everybody may read.
    pub(crate) token: Option<Token>,
    /// Answers that one address gets in a second.
    pub(crate) rate: NonZeroU32,
    /// Whether reports and corrections are taken in.
    pub(crate) is_read_only: bool,
}

impl Settings {
    /// Refuses to show an archive to the network without a token.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        ensure!(
            self.listen.ip().is_loopback() || self.token.is_some(),
            "{} can be reached from other machines: add --token-file FILE, so that only those who know the token can read the archive",
            self.listen
        );
        Ok(())
    }

    /// Whether browsers may call the server by this name. A page elsewhere that makes its own name lead here (DNS rebinding) is refused by it.
    pub(crate) fn is_own_host(&self, name: &str) -> bool {
        let name = name.trim_start_matches('[').trim_end_matches(']');
        let own =
            |ip: IpAddr| ip.is_loopback() || ip == self.listen.ip() || self.listen.ip().is_unspecified();
        name.eq_ignore_ascii_case("localhost")
            || name.parse().is_ok_and(own)
            || self.hosts.iter().any(|host| host.eq_ignore_ascii_case(name))
    }
}

/// The token that a reader must show. Only its digest is kept.
#[derive(Clone)]
pub(crate) struct Token([u8; 32]);

impl Token {
    /// Reads the token from the first line of a file.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let token = text.lines().next().unwrap_or_default().trim();
        ensure!(
            token.len() >= SHORTEST_TOKEN,
            "{}: a token of {} letters can be guessed; use at least {SHORTEST_TOKEN}",
            path.display(),
            token.len()
        );
        Ok(Self::of(token))
    }

    pub(crate) fn of(token: &str) -> Self {
        Self(Sha256::digest(token).into())
    }

    /// Whether `shown` is the token. Digests are compared to their end, so that the time taken tells nothing.
    pub(crate) fn is(&self, shown: &str) -> bool {
        let shown: [u8; 32] = Sha256::digest(shown).into();
        self.0.iter().zip(shown).fold(0, |unlike, (a, b)| unlike | (a ^ b)) == 0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(listen: &str, token: Option<&str>) -> Settings {
        Settings {
            archive: "news.db".into(),
            listen: listen.parse().unwrap(),
            hosts: vec!["desk.example".into()],
            token: token.map(Token::of),
            rate: NonZeroU32::MIN,
            is_read_only: false,
        }
    }

    #[test]
    fn the_network_needs_a_token() {
        for (listen, token, is_fine) in [
            ("127.0.0.1:0", None, true),
            ("[::1]:0", None, true),
            ("0.0.0.0:0", None, false),
            ("192.0.2.1:80", None, false),
            ("0.0.0.0:0", Some("long enough to be one"), true),
        ] {
            assert_eq!(settings(listen, token).check().is_ok(), is_fine, "{listen}");
        }
    }

    #[test]
    fn only_its_own_names_lead_to_it() {
        for (listen, name, is_own) in [
            ("127.0.0.1:0", "localhost", true),
            ("127.0.0.1:0", "LOCALHOST", true),
            ("127.0.0.1:0", "127.0.0.1", true),
            ("127.0.0.1:0", "[::1]", true),
            ("127.0.0.1:0", "Desk.example", true),
            ("127.0.0.1:0", "rebound.example", false),
            ("127.0.0.1:0", "192.0.2.1", false),
            ("127.0.0.1:0", "localhost.rebound.example", false),
            ("192.0.2.1:0", "192.0.2.1", true),
            ("0.0.0.0:0", "192.0.2.7", true),
            ("0.0.0.0:0", "rebound.example", false),
        ] {
            assert_eq!(settings(listen, None).is_own_host(name), is_own, "{name} at {listen}");
        }
    }

    #[test]
    fn a_token_is_known_by_every_letter() {
        let token = Token::of("correct horse battery");
        for (shown, is_it) in [("correct horse battery", true), ("correct horse batterx", false), ("", false)]
        {
            assert_eq!(token.is(shown), is_it);
        }
    }
}
