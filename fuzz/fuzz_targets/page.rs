//! Extracts the article from any page, and looks for the feed that it names.

#![no_main]

use libfuzzer_sys::fuzz_target;
use parallax_acquire::feed::of_page;
use parallax_analysis::extract::extract;
use parallax_model::{Body, RawReport, Span};

fuzz_target!(|page: &str| {
    let article = extract(RawReport {
        id: "page".into(),
        place: "page".into(),
        body: Body::Html(page.to_owned()),
        ..RawReport::default()
    });
    assert!(article.published.is_none_or(|day| day.len() == 10));
    let is_sliced = |span: &Span| article.text.get(span.start..span.end).is_some_and(|part| !part.is_empty());
    assert!(article.parts.iter().all(|part| is_sliced(&part.span)));
    if let Ok(at) = "https://paper.example/a/b?c".parse() {
        assert!(of_page(page, &at).is_none_or(|feed| feed.has_host()));
    }
});
