//! The rows of `parallax quotations`: quotations with their words, so that a person can use them without the reports.

use std::collections::BTreeMap;

use parallax_model::{Document, Quotation, Span as Bytes};
use serde::Serialize;

use super::words::entity_word;
use super::{Offsets, QuotationRow, quotation_row};

/// A quotation with its words.
#[derive(Debug, Serialize)]
pub(crate) struct QuotedRow<'a> {
    #[serde(flatten)]
    pub(crate) quotation: QuotationRow<'a>,
    /// Whether it is reported as said or written; otherwise a belief or an intention is ascribed.
    pub(crate) speech: bool,
    /// The words of each of its spans.
    pub(crate) texts: Vec<&'a str>,
    pub(crate) cue_text: Option<&'a str>,
    /// The words that name the speaker there: "he", "the mayor".
    pub(crate) speaker_text: Option<&'a str>,
    /// Its spans in bytes, to look at what is around them.
    #[serde(skip)]
    pub(crate) bytes: &'a [Bytes],
}

/// A quotation with its words and what is known of its article.
#[derive(Debug, Serialize)]
pub(crate) struct QuotedInRow<'a> {
    #[serde(flatten)]
    pub(crate) quoted: QuotedRow<'a>,
    pub(crate) source: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
    pub(crate) published: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
}

/// An article with all that it quotes, in its order and by who says it.
#[derive(Debug, Serialize)]
pub(crate) struct QuotingRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) source: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
    pub(crate) published: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
    pub(crate) language: Option<&'a str>,
    pub(crate) quotations: Vec<QuotedRow<'a>>,
    pub(crate) speakers: Vec<SaidRow<'a>>,
}

/// Somebody with what they say in one article. Who is not known is last, without a name.
#[derive(Debug, Serialize)]
pub(crate) struct SaidRow<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) kind: Option<&'static str>,
    pub(crate) said: Vec<SayingRow<'a>>,
}

/// One saying of somebody.
#[derive(Debug, Serialize)]
pub(crate) struct SayingRow<'a> {
    pub(crate) quotation: String,
    pub(crate) texts: Vec<&'a str>,
}

impl<'a> QuotedInRow<'a> {
    /// The wanted quotations of an article.
    pub(crate) fn all(document: &'a Document, is_wanted: impl Fn(&Quotation) -> bool) -> Vec<Self> {
        let article = &document.article;
        let rows = quoted(document, is_wanted).into_iter().map(|(_, quoted)| Self {
            quoted,
            source: article.source.as_deref(),
            title: article.title.as_deref(),
            published: article.published.as_deref(),
            url: article.url.as_deref(),
        });
        rows.collect()
    }

    /// What the article is called elsewhere: its address, or else its id.
    pub(crate) fn address(&self) -> &'a str {
        self.url.unwrap_or(self.quoted.quotation.article)
    }
}

impl QuotedRow<'_> {
    /// Who speaks, as far as that is known.
    pub(crate) fn speaker(&self) -> Option<&str> {
        self.quotation.speaker.name.or(self.speaker_text)
    }
}

impl<'a> QuotingRow<'a> {
    pub(crate) fn new(document: &'a Document, is_wanted: impl Fn(&Quotation) -> bool) -> Self {
        let article = &document.article;
        let quoted = quoted(document, is_wanted);
        Self {
            id: &article.id,
            source: article.source.as_deref(),
            title: article.title.as_deref(),
            published: article.published.as_deref(),
            url: article.url.as_deref(),
            language: article.language.as_deref(),
            speakers: speakers(document, &quoted),
            quotations: quoted.into_iter().map(|(_, row)| row).collect(),
        }
    }
}

/// The wanted quotations, each with its row.
fn quoted(document: &Document, is_wanted: impl Fn(&Quotation) -> bool) -> Vec<(&Quotation, QuotedRow<'_>)> {
    let (text, id) = (document.text(), document.article.id.as_str());
    let offsets = Offsets::new(text);
    let wanted = document.quotations.iter().enumerate().filter(|(_, quotation)| is_wanted(quotation));
    let rows = wanted.map(|(index, quotation)| {
        let row = QuotedRow {
            quotation: quotation_row(id, index, &offsets, quotation),
            speech: quotation.speech,
            texts: quotation.spans.iter().map(|span| span.of(text)).collect(),
            cue_text: quotation.cue.map(|span| span.of(text)),
            speaker_text: quotation.speaker.mention.map(|span| span.of(text)),
            bytes: &quotation.spans,
        };
        (quotation, row)
    });
    rows.collect()
}

/// Who says the quotations, in the order of their first words.
fn speakers<'a>(document: &'a Document, quoted: &[(&'a Quotation, QuotedRow<'a>)]) -> Vec<SaidRow<'a>> {
    let mut places: BTreeMap<Option<Key<'_>>, usize> = BTreeMap::new();
    let mut speakers: Vec<SaidRow<'a>> = Vec::new();
    for (quotation, row) in quoted {
        let place = *places.entry(key(quotation)).or_insert_with(|| {
            let chain = quotation.speaker.chain.and_then(|chain| document.names.chains.get(chain));
            let kind = chain.map(|chain| entity_word(chain.kind));
            speakers.push(SaidRow { name: quotation.speaker.name.as_deref(), kind, said: Vec::new() });
            speakers.len() - 1
        });
        let saying = SayingRow { quotation: row.quotation.id.clone(), texts: row.texts.clone() };
        if let Some(speaker) = speakers.get_mut(place) {
            speaker.said.push(saying);
        }
    }
    speakers.sort_by_key(|speaker| speaker.name.is_none());
    speakers
}

/// What makes two speakers of an article the same: the chain of their mentions, or else the name.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Chain(usize),
    Name(&'a str),
}

fn key(quotation: &Quotation) -> Option<Key<'_>> {
    let speaker = &quotation.speaker;
    speaker.chain.map(Key::Chain).or_else(|| speaker.name.as_deref().map(Key::Name))
}
