//! Why a fetch failed.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use url::Url;

/// Why an address gave nothing. Its display is the reason, without the address.
#[derive(Debug, Clone, PartialEq)]
pub struct FetchError {
    /// The address that was asked for, without a password.
    pub url: String,
    /// Where redirects had led, if anywhere.
    pub redirected_to: Option<String>,
    /// How often it was tried.
    pub tries: u32,
    /// What went wrong at last.
    pub failure: Failure,
}

/// What can go wrong with a fetch.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Failure {
    /// The address has another scheme than http and https.
    Scheme(String),
    /// The address carries a name or a password, which is never sent.
    Credentials,
    /// The host has only addresses that may not be connected to, such as this one.
    PrivateAddress(IpAddr),
    /// The host has no address.
    UnknownHost,
    /// The site's robots.txt asks us not to.
    Disallowed,
    /// The site's robots.txt could not be read, which counts as a refusal.
    UnreadableRobots(Box<Failure>),
    /// The server sent nothing for so long.
    Silence(Duration),
    /// It was not done after so long.
    TooSlow(Duration),
    /// There was no connection, or it broke.
    Connection(String),
    /// There was no secure connection.
    Tls(String),
    /// What the server said is no HTTP.
    Protocol(String),
    /// The head of the answer is too large.
    HeaderFlood,
    /// The server answered with this status.
    Status(u16),
    /// The server asks us to come back after so long, which is longer than we wait.
    AskedToWait(Duration),
    /// More redirects than are followed.
    TooManyRedirects(usize),
    /// A redirect to where it came from.
    RedirectLoop,
    /// A redirect without a destination that can be understood.
    NoDestination,
    /// More bytes than this.
    TooLarge(usize),
    /// More bytes than this once decompressed.
    TooLargeDecoded(usize),
    /// The compression is broken.
    BrokenEncoding(&'static str),
    /// A compression that was not asked for.
    UnknownEncoding(String),
    /// The answer ends before its end.
    Truncated,
}

impl Failure {
    /// Whether asking again at another time is of no use.
    pub(crate) fn is_final(&self) -> bool {
        match self {
            Self::Status(status) => matches!(status, 400..=499) && !self.may_pass(),
            Self::Scheme(_)
            | Self::Credentials
            | Self::Disallowed
            | Self::NoDestination
            | Self::UnknownEncoding(_) => true,
            Self::TooManyRedirects(_) | Self::RedirectLoop | Self::TooLarge(_) | Self::TooLargeDecoded(_) => {
                true
            }
            _ => false,
        }
    }

    /// Whether another try may go better.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Silence(_) | Self::TooSlow(_) | Self::Connection(_) | Self::Truncated => true,
            Self::Status(status) => matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504),
            _ => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme(scheme) => write!(f, "only http and https are fetched, not {scheme}"),
            Self::Credentials => {
                f.write_str("the address carries a user name or a password, which is never sent")
            }
            Self::PrivateAddress(address) => {
                write!(
                    f,
                    "{address} is not an address of the public internet, which only --allow-private permits"
                )
            }
            Self::UnknownHost => f.write_str("the host is not known"),
            Self::Disallowed => f.write_str("the site's robots.txt asks programs not to fetch it"),
            Self::UnreadableRobots(failure) => {
                write!(
                    f,
                    "the site's robots.txt could not be read, so nothing of the site is fetched: {failure}"
                )
            }
            Self::Silence(time) => write!(f, "the server sent nothing for {}", seconds(*time)),
            Self::TooSlow(time) => write!(f, "not done after {}", seconds(*time)),
            Self::Connection(reason) => write!(f, "no connection: {reason}"),
            Self::Tls(reason) => write!(f, "no secure connection: {reason}"),
            Self::Protocol(reason) => write!(f, "the server does not keep to HTTP: {reason}"),
            Self::HeaderFlood => f.write_str("the head of the answer is too large"),
            Self::Status(status) => write!(f, "the server answered {}", status_words(*status)),
            Self::AskedToWait(time) => write!(f, "the server asks to come back in {}", seconds(*time)),
            Self::TooManyRedirects(most) => write!(f, "more than {most} redirects"),
            Self::RedirectLoop => f.write_str("redirects that lead in a circle"),
            Self::NoDestination => f.write_str("a redirect to nowhere"),
            Self::TooLarge(most) => write!(f, "larger than {}", mebibytes(*most)),
            Self::TooLargeDecoded(most) => write!(f, "larger than {} once decompressed", mebibytes(*most)),
            Self::BrokenEncoding(name) => write!(f, "broken {name} compression"),
            Self::UnknownEncoding(name) => write!(f, "unknown compression {name}"),
            Self::Truncated => f.write_str("the answer breaks off before its end"),
        }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failure.fmt(f)?;
        if let Some(url) = &self.redirected_to {
            write!(f, ", redirected to {url}")?;
        }
        if self.tries > 1 {
            write!(f, " (after {} tries)", self.tries)?;
        }
        Ok(())
    }
}

impl std::error::Error for FetchError {}

/// An address for a message: without a password.
pub(super) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // These fail only for addresses that cannot carry any.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}

fn seconds(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{} s", time.as_secs())
    }
}

fn mebibytes(bytes: usize) -> String {
    if bytes < 1 << 20 { format!("{bytes} bytes") } else { format!("{} MiB", bytes >> 20) }
}

fn status_words(status: u16) -> String {
    let words = match status {
        401 => " (a login is asked for)",
        402 => " (payment is asked for)",
        403 => " (forbidden)",
        404 => " (not found)",
        410 => " (gone)",
        429 => " (too many requests)",
        451 => " (withheld for legal reasons)",
        500..=599 => " (the server failed)",
        _ => "",
    };
    format!("{status}{words}")
}
