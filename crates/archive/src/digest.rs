//! Fingerprints of texts, by which they are known again.

use sha2::{Digest, Sha256};

use parallax_model::{Article, Body, RawReport};

/// SHA-256 of what was acquired: the headline and the body, with its form.
pub(crate) fn of_raw(raw: &RawReport) -> [u8; 32] {
    let (kind, body) = match &raw.body {
        Body::Text(text) => ("text", text),
        Body::Html(page) => ("html", page),
    };
    of(&[kind, raw.title.as_deref().unwrap_or_default(), body])
}

/// SHA-256 of what a reader sees of an article.
pub(crate) fn of_article(article: &Article) -> [u8; 32] {
    of(&[article.title.as_deref().unwrap_or_default(), &article.text])
}

/// SHA-256 of texts, each ended by a byte that is in none.
pub(crate) fn of(texts: &[&str]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update(text);
        digest.update([0xFF]);
    }
    digest.finalize().into()
}
