//! Fingerprints of texts, by which they are known again.

use parallax_model::{Article, Body, RawReport};
use rusqlite::Row;
use sha2::{Digest, Sha256};

use crate::stored::damaged;

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

/// SHA-256 of bytes.
pub(crate) fn of_bytes(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Fails where a row has another digest than what it holds. Rows of an older form have none.
pub(crate) fn check(row: &Row<'_>, found: [u8; 32]) -> rusqlite::Result<()> {
    match row.get::<_, Option<[u8; 32]>>("digest")? {
        Some(written) if written != found => Err(damaged("it is another than was written")),
        _ => Ok(()),
    }
}
