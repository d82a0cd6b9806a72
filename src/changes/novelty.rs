//! Which words of a story are news: they stand in a report that came in just now, and no report said them before.

use std::collections::BTreeSet;

use super::kept::{Kept, Span};

/// What the story had before.
pub(super) struct Novelty<'a> {
    present: &'a Kept,
    arrived: &'a BTreeSet<String>,
    /// The texts that were there before, folded.
    said: Vec<String>,
}

impl<'a> Novelty<'a> {
    pub(super) fn new(former: Option<&Kept>, present: &'a Kept, arrived: &'a BTreeSet<String>) -> Self {
        let before = former.into_iter().flat_map(|former| &former.articles);
        let stayed = present.articles.iter().filter(|article| !arrived.contains(&article.id));
        let texts: BTreeSet<&str> = before.chain(stayed).map(|article| article.text.as_str()).collect();
        Self { present, arrived, said: texts.into_iter().map(folded).collect() }
    }

    /// Whether the story had nothing before.
    pub(super) fn is_beginning(&self) -> bool {
        self.said.is_empty()
    }

    pub(super) fn has_arrived(&self, report: &str) -> bool {
        self.arrived.contains(report)
    }

    /// Whether words of a report are news.
    pub(super) fn are_new(&self, report: &str, words: &str) -> bool {
        let words = folded(words);
        self.has_arrived(report) && !self.said.iter().any(|text| text.contains(&words))
    }

    /// Whether the sentence in which a stretch of a report begins is news.
    pub(super) fn is_new_sentence(&self, report: &str, span: Span) -> bool {
        let sentence = self.present.article(report).and_then(|article| article.sentence(span));
        sentence.is_some_and(|sentence| self.are_new(report, sentence))
    }
}

/// Words in small letters with one space around each, without marks: how they are printed makes no news.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        folded.extend(word.chars().flat_map(char::to_lowercase));
        folded.push(' ');
    }
    folded
}
