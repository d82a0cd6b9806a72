//! What a site asks programs to leave alone: robots.txt as RFC 9309 has it, with the crawl delay that many sites add.

use std::time::Duration;

/// The name by which a robots.txt speaks to us.
const PRODUCT: &str = "parallax";

/// What of a robots.txt concerns us: the rules of the groups for our name, else of those for everybody.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    /// The time that the site wants between two requests.
    pub(super) crawl_delay: Option<Duration>,
}

#[derive(Debug, PartialEq)]
struct Rule {
    allows: bool,
    /// A path, normalised, in which `*` stands for anything and `$` at the end for the end.
    pattern: Vec<u8>,
}

/// Whom a group of lines speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Addressee {
    Others,
    Everybody,
    Us,
}

impl Robots {
    pub(super) fn parse(text: &str) -> Self {
        let mut everybody = Self::default();
        let mut us = None::<Self>;
        let mut addressee = Addressee::Others;
        let mut in_rules = false;
        for (field, value) in text.split(['\n', '\r']).filter_map(field) {
            let naming = field == "user-agent";
            if naming {
                let named = addressed(value);
                addressee = if in_rules { named } else { addressee.max(named) };
                if named == Addressee::Us {
                    us.get_or_insert_default();
                }
            }
            in_rules = !naming;
            match addressee {
                Addressee::Us => us.get_or_insert_default().add(&field, value),
                Addressee::Everybody => everybody.add(&field, value),
                Addressee::Others => {}
            }
        }
        us.unwrap_or(everybody)
    }

    fn add(&mut self, field: &str, value: &str) {
        match field {
            "allow" | "disallow" if !value.is_empty() => {
                self.rules.push(Rule { allows: field == "allow", pattern: normal(value) });
            }
            "crawl-delay" => {
                let seconds =
                    value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                self.crawl_delay = self.crawl_delay.max(seconds);
            }
            _ => {}
        }
    }

    /// Whether a path with its query may be fetched: the longest rule that matches decides, and of two equally long the kinder.
    pub(super) fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        let matching = self.rules.iter().filter(|rule| matches(&rule.pattern, &path));
        matching.max_by_key(|rule| (rule.pattern.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }
}

/// The name, in small letters, and the value of a line, without its comment.
fn field(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start_matches('\u{feff}').split('#').next()?;
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim()))
}

/// Whom a user-agent line names. A version behind the name does not count.
fn addressed(value: &str) -> Addressee {
    let name =
        value.split(|c: char| !c.is_ascii_alphabetic() && c != '-' && c != '_').next().unwrap_or_default();
    if value == "*" {
        Addressee::Everybody
    } else if name.eq_ignore_ascii_case(PRODUCT) {
        Addressee::Us
    } else {
        Addressee::Others
    }
}

/// A path in the one form in which paths are compared: what needs no percent sign has none, everything beyond ASCII has one.
fn normal(path: &str) -> Vec<u8> {
    let mut normal = Vec::with_capacity(path.len());
    let mut bytes = path.as_bytes();
    while let [first, rest @ ..] = bytes {
        bytes = rest;
        match (first, escaped(rest)) {
            (b'%', Some(byte)) => {
                bytes = rest.get(2..).unwrap_or_default();
                push(byte, byte.is_ascii_alphanumeric() || b"-._~".contains(&byte), &mut normal);
            }
            (byte, _) => push(*byte, byte.is_ascii(), &mut normal),
        }
    }
    normal
}

fn push(byte: u8, plain: bool, normal: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    if plain {
        normal.push(byte);
    } else {
        normal.extend([b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
}

/// The byte that two hexadecimal digits stand for.
fn escaped(digits: &[u8]) -> Option<u8> {
    let digits = digits.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

/// Whether a pattern matches from the start of a path on. Each part between two stars is taken where it first fits, which is as good
/// as any later place.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_the_end) =
        pattern.strip_suffix(b"$").map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split(|byte| *byte == b'*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_the_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() && to_the_end {
            return rest.ends_with(part);
        }
        let Some(at) = find(part, rest) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    true
}

fn find(part: &[u8], text: &[u8]) -> Option<usize> {
    if part.is_empty() { Some(0) } else { text.windows(part.len()).position(|window| window == part) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let check = |robots: &str, path: &str, expected| {
            assert_eq!(Robots::parse(robots).allows(path), expected, "{path} by {robots:?}");
        };
        check("", "/a", true);
        check("User-agent: *\nDisallow: /", "/a", false);
        check("User-agent: *\nDisallow:", "/a", true);
        check("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true);
        check("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false);
        check("User-agent: *\nDisallow: /page\nAllow: /page", "/page", true);
        check("USER-AGENT: * # all\r\nDISALLOW: /a # this", "/a", false);
        check("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", false);
        check("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", true);
        check("User-agent: *\nDisallow: /a*/c$", "/a/b/c", false);
        check("User-agent: *\nDisallow: /a$", "/ab", true);
        check("User-agent: *\nDisallow: /*?sort=", "/list?page=2&sort=up", true);
        check("User-agent: *\nDisallow: /*sort=", "/list?page=2&sort=up", false);
        check("User-agent: *\nDisallow: /%7Eada", "/~ada/x", false);
        check("User-agent: *\nDisallow: /é", "/%c3%a9/x", false);
        check("User-agent: *\nDisallow: /a%2fb", "/a/b", true);
        check("Disallow: /", "/a", true);
        check("<!doctype html><p>User-agent: none", "/a", true);
    }

    #[test]
    fn our_name_goes_before_everybody() {
        let check =
            |robots: &str, expected| assert_eq!(Robots::parse(robots).allows("/a"), expected, "{robots:?}");
        check("User-agent: *\nDisallow: /\n\nUser-agent: Parallax\nAllow: /", true);
        check("User-agent: parallax/0.1\nDisallow: /a\nUser-agent: *\nAllow: /", false);
        check("User-agent: *\nUser-agent: other\nDisallow: /", false);
        check("User-agent: other\nUser-agent: parallax\nDisallow: /", false);
        check("User-agent: other\nDisallow: /", true);
        check("User-agent: parallaxis\nDisallow: /", true);
        check("User-agent: parallax\nUser-agent: *\nDisallow: /b\n\nUser-agent: other\nDisallow: /a", true);
        check("User-agent: *\nDisallow: /\nUser-agent: parallax", true);
        check(
            "User-agent: parallax\nDisallow: /b\nUser-agent: *\nDisallow: /a\nUser-agent: parallax\nDisallow: /a",
            false,
        );
    }

    #[test]
    fn crawl_delays_are_read() {
        let check = |delay: &str, expected: Option<f64>| {
            let robots = Robots::parse(&format!("User-agent: *\nCrawl-delay: {delay}"));
            assert_eq!(robots.crawl_delay, expected.map(Duration::from_secs_f64), "{delay}");
        };
        check("10", Some(10.0));
        check("0.5", Some(0.5));
        check("-3", None);
        check("inf", None);
        check("1e300", None);
        check("slow", None);
    }

    proptest! {
        #[test]
        fn any_file_is_understood(robots in "(?s).{0,200}", path in "/.{0,50}") {
            Robots::parse(&robots).allows(&path);
        }

        #[test]
        fn a_path_matches_itself_and_what_follows(path in "/[a-z/é]{0,20}", more in "[a-z?]{0,9}") {
            let longer = format!("{path}{more}");
            prop_assert!(matches(&normal(&path), &normal(&longer)));
            prop_assert!(matches(b"/*", &normal(&longer)));
        }
    }
}
