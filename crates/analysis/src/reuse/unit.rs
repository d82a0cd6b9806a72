//! A sentence prepared for comparison with many others.

use parallax_model::{Document, Span, Token, TokenKind};

use crate::embedding::{Lexicon, Pooled, WordId};
use crate::fingerprint::word_hash;
use crate::wordlist::entries;

/// Words that turn a statement round.
const NEGATIONS: &str = include_str!("../../data/negations.txt");
/// Words rarer than this carry content; below it stand the function words.
const CONTENT_IDF: f32 = 1.6;

/// One sentence of a report.
#[derive(Debug)]
pub(crate) struct Unit {
    /// Index of its article.
    pub(crate) article: usize,
    /// Where it stands.
    pub(crate) span: Span,
    /// Whether it ends without a full stop, as headlines and captions do.
    pub(crate) is_headline: bool,
    /// Its words and numbers in order.
    pub(crate) words: Vec<Word>,
    /// The meaning of its content words together.
    pub(crate) meaning: Pooled,
}

/// One word of a [`Unit`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) id: WordId,
    /// Equal for words that differ only in an ending.
    pub(crate) stem: u64,
    /// Equal for words that begin alike, which slips of spelling do.
    pub(crate) beginning: u64,
    /// Its rarity, 0 to 8.5.
    pub(crate) idf: f32,
    /// Whether it stands between quotation marks.
    pub(crate) quoted: bool,
    pub(crate) role: Role,
}

/// What a word does in a sentence, as far as comparing needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Function,
    Content,
    Name,
    Figure,
    Negation,
}

impl Word {
    /// Whether it carries content.
    pub(crate) fn is_content(&self) -> bool {
        !matches!(self.role, Role::Function | Role::Negation)
    }
}

/// The sentences of a document's report, without furniture and without those that hold no word.
pub(crate) fn units(article: usize, document: &Document, lexicon: &mut Lexicon) -> Vec<Unit> {
    let quoted = quoted_spans(document);
    let sentences = document.segments.sentences.iter().enumerate();
    sentences
        .filter(|(_, sentence)| !document.is_boilerplate(sentence.span))
        .map(|(index, sentence)| {
            let tokens = document.segments.tokens_of(index);
            let words = words(document.text(), tokens, &quoted, lexicon);
            let meaning = lexicon.pool(&content_ids(&words));
            let is_headline = is_headline(sentence.span.of(document.text()));
            Unit { article, span: sentence.span, is_headline, words, meaning }
        })
        .filter(|unit| !unit.words.is_empty())
        .collect()
}

fn is_headline(sentence: &str) -> bool {
    let closing = |c: char| c.is_whitespace() || "\"'”’»)]".contains(c);
    !sentence.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':', ';', ','])
}

/// All sentences as one.
pub(crate) fn joined(sentences: Vec<Unit>, lexicon: &Lexicon) -> Vec<Unit> {
    let whole = sentences.into_iter().reduce(|mut all, next| {
        all.span = all.span.join(next.span);
        all.words.extend(next.words);
        all
    });
    let again = |unit: Unit| Unit { meaning: lexicon.pool(&content_ids(&unit.words)), ..unit };
    whole.into_iter().map(again).collect()
}

fn content_ids(words: &[Word]) -> Vec<WordId> {
    words.iter().filter(|word| word.is_content()).map(|word| word.id).collect()
}

/// What stands between quotation marks or is somebody's post, in order.
fn quoted_spans(document: &Document) -> Vec<Span> {
    let quoted = document.quotations.iter().filter(|quotation| quotation.kind.is_quoted());
    let mut spans: Vec<Span> = quoted.flat_map(|quotation| quotation.spans.iter().copied()).collect();
    spans.extend(posts(document));
    spans.sort_unstable();
    spans
}

/// Posts of a network that a page embeds: the paragraph before the line "— Name (@name) 4 May 2021" that signs it, or the part of its own paragraph.
fn posts(document: &Document) -> impl Iterator<Item = Span> + '_ {
    let text = document.text();
    text.match_indices(" (@").filter_map(move |(handle, _)| {
        let line = text[..handle].rfind('\n').map_or(0, |end| end + 1);
        let dash = line + text[line..handle].rfind(['—', '–'])?;
        let before = text[..dash].trim_end();
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let is_signature = text[dash..handle].len() <= LONGEST_SIGNATURE;
        (is_signature && start < before.len()).then(|| Span::new(start, before.len()))
    })
}

/// Bytes of a name that signs a post.
const LONGEST_SIGNATURE: usize = 80;

/// The words of a sentence, whatever stands between quotation marks.
pub(crate) fn words_of(text: &str, tokens: &[Token], lexicon: &mut Lexicon) -> Vec<Word> {
    words(text, tokens, &[], lexicon)
}

fn words(text: &str, tokens: &[Token], quoted: &[Span], lexicon: &mut Lexicon) -> Vec<Word> {
    let titled = is_title_case(text, tokens);
    let wordy = tokens.iter().filter(|token| token.kind != TokenKind::Mark);
    wordy
        .enumerate()
        .map(|(position, token)| {
            let word = token.span.of(text);
            let capital = position > 0 && !titled && word.starts_with(char::is_uppercase);
            let id = lexicon.intern(word);
            let idf = lexicon.idf(id);
            let role = role(word, token.kind, capital, idf);
            Word {
                id,
                stem: stem_hash(word),
                beginning: beginning_hash(word),
                idf,
                quoted: inside(quoted, token.span),
                role,
            }
        })
        .collect()
}

fn inside(spans: &[Span], span: Span) -> bool {
    let before = spans.partition_point(|s| s.start <= span.start);
    spans[..before].iter().rev().take(4).any(|s| s.contains(span))
}

fn role(word: &str, kind: TokenKind, capital: bool, idf: f32) -> Role {
    if kind == TokenKind::Number || word.bytes().any(|b| b.is_ascii_digit()) {
        return Role::Figure;
    }
    if is_negation(word) {
        return Role::Negation;
    }
    match (capital && idf >= CONTENT_IDF, idf >= CONTENT_IDF) {
        (true, _) => Role::Name,
        (_, true) => Role::Content,
        _ => Role::Function,
    }
}

fn is_negation(word: &str) -> bool {
    let word = word.to_lowercase().replace('’', "'");
    word.ends_with("n't") || entries(NEGATIONS).any(|negation| negation == word)
}

/// Whether nearly every word has a capital, as in headlines, so that capitals mark no names.
fn is_title_case(text: &str, tokens: &[Token]) -> bool {
    let long = tokens.iter().filter(|t| t.kind == TokenKind::Word && t.span.len() > 3);
    let (mut capitals, mut all) = (0, 0);
    for token in long {
        all += 1;
        capitals += usize::from(token.span.of(text).starts_with(char::is_uppercase));
    }
    all > 3 && 10 * capitals >= 8 * all
}

/// The hash of a word without a common English ending.
pub(crate) fn stem_hash(word: &str) -> u64 {
    let folded = word.to_lowercase();
    let endings = ["ing", "ies", "ied", "ed", "es", "s", "e", "y"];
    let stem = endings.iter().find_map(|ending| folded.strip_suffix(ending).filter(|stem| stem.len() >= 4));
    word_hash(stem.unwrap_or(&folded))
}

/// The hash of the first four letters of a word.
fn beginning_hash(word: &str) -> u64 {
    word_hash(&word.chars().take(4).collect::<String>())
}
