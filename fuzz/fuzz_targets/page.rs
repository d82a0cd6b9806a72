//! Extracts the article from any page.

#![no_main]

use libfuzzer_sys::fuzz_target;
use parallax_analysis::extract::extract;
use parallax_model::{Body, RawReport};

fuzz_target!(|page: &str| {
    let article = extract(RawReport {
        id: "page".into(),
        place: "page".into(),
        body: Body::Html(page.to_owned()),
        ..RawReport::default()
    });
    assert!(article.published.is_none_or(|day| day.len() == 10));
});
