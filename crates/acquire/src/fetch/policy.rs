//! How a client of ours behaves.

use std::time::Duration;

use crate::LARGEST_REPORT;

/// What fetching may do and how politely. The default is polite and closed: public addresses only, a second between two
/// requests to one host, a minute for a page.
///
/// ```
/// use parallax_acquire::fetch::Policy;
///
/// let policy = Policy { contact: Some("desk@example.org".into()), ..Policy::default() };
/// assert!(policy.user_agent().ends_with("(contact: desk@example.org)"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Whom the owner of a site can write to about our requests: an address of mail or a page.
    pub contact: Option<String>,
    /// Which addresses may be connected to.
    pub addresses: Addresses,
    /// The longest that one try may take, from the name look-up to the last byte, redirects included.
    pub longest_fetch: Duration,
    /// The longest that a server may send nothing.
    pub longest_silence: Duration,
    /// The most bytes of an answer, as they come over the wire.
    pub most_bytes: usize,
    /// The most bytes of an answer once they are decompressed.
    pub most_decoded_bytes: usize,
    /// How often one fetch may be sent elsewhere.
    pub most_redirects: usize,
    /// How often a fetch is tried again after a failure that may pass.
    pub most_retries: u32,
    /// About how long to wait before the first retry; each further wait is twice as long.
    pub first_wait: Duration,
    /// The longest wait for anything: a retry, a `Retry-After`, a crawl delay.
    pub longest_wait: Duration,
    /// The time between the starts of two requests to one host. A longer crawl delay in its robots.txt goes before.
    pub delay: Duration,
    /// How many requests to one host may run at once.
    pub at_once: usize,
    /// What the chance in the waits is drawn from; nothing draws it anew for each client.
    pub seed: Option<u64>,
}

/// Which addresses may be connected to, whether named in the URL, found by its name or come to by a redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// Those of the public internet alone.
    Public,
    /// Also private, loopback and link-local ones: for an intranet, and for tests.
    All,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            contact: None,
            addresses: Addresses::Public,
            longest_fetch: Duration::from_secs(60),
            longest_silence: Duration::from_secs(15),
            most_bytes: 16 << 20,
            most_decoded_bytes: LARGEST_REPORT,
            most_redirects: 5,
            most_retries: 3,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            delay: Duration::from_secs(1),
            at_once: 2,
            seed: None,
        }
    }
}

impl Policy {
    /// The name under which requests are made: what this is, which version, and whom to write to.
    pub fn user_agent(&self) -> String {
        let contact = self.contact.as_deref().unwrap_or("none given");
        let contact: String = contact.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
        format!("Parallax/{} (contact: {contact})", env!("CARGO_PKG_VERSION"))
    }
}
