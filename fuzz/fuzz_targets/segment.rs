//! Segments any text: the tiles are the text, and the furniture lies in it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use parallax_analysis::{boilerplate::boilerplate, segment::segment};
use parallax_model::Article;

fuzz_target!(|text: &str| {
    let segments = segment(text);
    if !text.trim().is_empty() {
        let tiles: String = segments.sentences.iter().map(|sentence| sentence.tile.of(text)).collect();
        assert_eq!(tiles, text);
    }
    let article = Article { text: text.to_owned(), ..Article::default() };
    for marked in boilerplate(&[(&article, &segments)]).into_iter().flatten() {
        assert!(!marked.span.of(text).is_empty());
    }
});
