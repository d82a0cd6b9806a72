//! Which addresses are of the public internet, and a resolver that gives no others.
//!
//! The addresses that were checked are the ones that are connected to: the client takes them from this resolver and looks no name
//! up again, so that a name which changes its address between two look-ups ("rebinding") gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::Url;

use super::error::Failure;
use super::policy::Addresses;

/// Whether an address may be asked for at all, before its host is looked up.
pub(super) fn check(url: &Url) -> Result<(), Failure> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Failure::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Failure::Credentials);
    }
    Ok(())
}

/// Looks hosts up and keeps the addresses that may be connected to.
#[derive(Debug)]
pub(super) struct CheckedResolver {
    pub(super) addresses: Addresses,
}

/// A host with no address that may be connected to, but with this one.
#[derive(Debug)]
pub(super) struct Refused(pub(super) IpAddr);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is refused", self.0)
    }
}

impl std::error::Error for Refused {}

impl Resolver for CheckedResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found =
            DefaultResolver::default().resolve(uri, config, timeout).map_err(|error| match error {
                ureq::Error::Io(_) => ureq::Error::HostNotFound,
                other => other,
            })?;
        if self.addresses == Addresses::All {
            return Ok(found);
        }
        let mut checked = self.empty();
        for address in found.iter().filter(|address| is_public(address.ip())) {
            checked.push(*address);
        }
        match found.iter().next() {
            Some(first) if checked.is_empty() => Err(ureq::Error::Other(Box::new(Refused(first.ip())))),
            _ => Ok(checked),
        }
    }
}

/// Whether an address is one of the public internet, by the registries of special-purpose addresses (RFC 6890 and its updates).
/// What carries an IPv4 address inside is judged by that.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => inner_v4(address).map_or_else(|| is_public_v6(address), is_public_v4),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match a {
        0 | 10 | 127 | 224.. => true,
        100 => (64..128).contains(&b),
        169 => b == 254,
        172 => (16..32).contains(&b),
        192 => matches!((b, c), (168, _) | (0, 0 | 2) | (88, 99)),
        198 => matches!((b, c), (18 | 19, _) | (51, 100)),
        203 => (b, c) == (0, 113),
        _ => false,
    };
    !special
}

/// Global unicast, less the blocks for protocols, documentation, Teredo and 6to4.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let special = match a {
        0x2001 => b < 0x200 || b == 0xdb8,
        0x2002 => true,
        0x3fff => b < 0x1000,
        _ => false,
    };
    (0x2000..0x4000).contains(&a) && !special
}

/// The IPv4 address inside an IPv6 address that maps (`::ffff:0:0/96`) or translates (`64:ff9b::/96`) it.
fn inner_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_addresses_are_not_public() {
        let check = |addresses: &[&str], expected| {
            for address in addresses {
                let parsed = address.parse().expect("an address");
                assert_eq!(is_public(parsed), expected, "{address}");
            }
        };
        check(
            &[
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.0.1",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
            ],
            true,
        );
        check(
            &["192.167.0.1", "192.169.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.255", "169.253.1.1"],
            true,
        );
        check(
            &["2606:4700::1", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2001:4860::8888"],
            true,
        );
        check(
            &["0.0.0.0", "0.1.2.3", "10.1.2.3", "127.0.0.1", "127.255.0.1", "224.0.0.1", "240.0.0.1"],
            false,
        );
        check(
            &["255.255.255.255", "100.64.0.1", "100.127.9.9", "169.254.169.254", "172.16.0.1", "172.31.0.1"],
            false,
        );
        check(&["192.168.1.1", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.0.1"], false);
        check(&["198.51.100.1", "203.0.113.9"], false);
        check(
            &["::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"],
            false,
        );
        check(
            &["::7f00:1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001::1", "2001:db8::1", "2002:7f00:1::"],
            false,
        );
        check(&["3fff::1", "fec0::1", "100::1", "5f00::1"], false);
    }

    #[test]
    fn addresses_are_checked_before_anything_is_sent() {
        let check =
            |url: &str, expected| assert_eq!(check(&Url::parse(url).expect("a URL")), expected, "{url}");
        check("https://example.org/a", Ok(()));
        check("http://example.org:8080/", Ok(()));
        check("ftp://example.org/", Err(Failure::Scheme("ftp".into())));
        check("file:///etc/passwd", Err(Failure::Scheme("file".into())));
        check("http://ada@example.org/", Err(Failure::Credentials));
        check("http://:x@example.org/", Err(Failure::Credentials));
    }
}
