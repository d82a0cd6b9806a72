//! Addresses in the form in which they are compared.

/// Parameters that tell where a reader came from, not what is read.
const TRACKING: [&str; 12] = [
    "cmpid", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "ncid", "ref", "ref_src", "smid",
    "src",
];

/// What two addresses of the same page have in common: host and path, and of the query what chooses the page.
pub(crate) fn canonical(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let rest = rest.split('#').next().filter(|_| is_web)?;
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = page.split_once('/').unwrap_or((page, ""));
    let host = host.to_lowercase();
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(&host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    let mut chosen: Vec<&str> =
        query.split('&').filter(|part| !part.is_empty() && !is_tracking(part)).collect();
    chosen.sort_unstable();
    let mark = if chosen.is_empty() { "" } else { "?" };
    (!host.is_empty()).then(|| format!("{host}/{}{mark}{}", path.trim_end_matches('/'), chosen.join("&")))
}

fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_lowercase();
    name.starts_with("utm_") || TRACKING.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_one() {
        for (url, expected) in [
            ("https://a.example/storm", Some("a.example/storm")),
            ("HTTP://www.A.example:80/storm/#top", Some("a.example/storm")),
            ("https://a.example/storm?utm_source=x&fbclid=1", Some("a.example/storm")),
            ("https://a.example/story?page=2&id=7&ref=home", Some("a.example/story?id=7&page=2")),
            ("https://a.example/story?id=8", Some("a.example/story?id=8")),
            ("https://a.example/Storm", Some("a.example/Storm")),
            ("https://a.example", Some("a.example/")),
            ("https://a.example/", Some("a.example/")),
            ("https:///storm", None),
            ("mailto:a@b.example", None),
            ("ftp://a.example/x", None),
            ("", None),
        ] {
            assert_eq!(canonical(url).as_deref(), expected, "{url}");
        }
    }
}
