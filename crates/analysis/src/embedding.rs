//! Word vectors from a static table.
//!
//! The table gives each WordPiece token one vector of 256 integers; a word's vector is the sum of its tokens' vectors. It was
//! distilled from a sentence model and fitted to that model's sentence vectors (*tokenlearn*, model2vec), so that a long vector
//! marks a word that carries meaning. `models/embedding` has the scripts and the model card.
//!
//! A [`Lexicon`] interns the words of one comparison, so that each is looked up once and compared by number:
//!
//! ```
//! use parallax_analysis::embedding::Lexicon;
//! let mut lexicon = Lexicon::new();
//! let [stop, halt, table] = ["stop", "Halt", "table"].map(|word| lexicon.intern(word));
//! assert!(lexicon.similarity(stop, halt) > 0.5);
//! assert!(lexicon.similarity(stop, table) < 0.3);
//! ```
//!
//! All sums are sums of integers, so that the answer is the same on every machine, whatever its vector units.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::Xxh3DefaultBuilder;

/// Numbers in a vector.
const DIMENSIONS: usize = 256;
/// Steps of one unit of inverse document frequency in `idf.u8`; `pack.py` writes them so.
const IDF_STEPS: f32 = 30.0;
/// What a word counts that the table does not have whole: as much as the rarest.
const RAREST: f32 = 255.0 / IDF_STEPS;
/// A longer word is not looked up: it is no word of a language.
const LONGEST_WORD: usize = 100;

static VECTORS: &[u8] = include_bytes!("../../../models/embedding/vectors.i8");
static IDF: &[u8] = include_bytes!("../../../models/embedding/idf.u8");
static ROWS: LazyLock<HashMap<&'static str, usize, Xxh3DefaultBuilder>> = LazyLock::new(|| {
    let tokens = include_str!("../../../models/embedding/vocabulary.txt").lines();
    tokens.enumerate().map(|(row, token)| (token, row)).collect()
});

/// A word of a [`Lexicon`]. Words that differ only in case or accents are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(u32);

impl WordId {
    /// Its place among the words of its lexicon: below [`Lexicon::len`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The words of one comparison with their vectors.
#[derive(Debug, Default)]
pub struct Lexicon {
    ids: HashMap<String, WordId, Xxh3DefaultBuilder>,
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    /// Sixteen bits, though eight would do: every processor multiplies and adds these in one step, which made the dot product
    /// several times faster.
    vector: Box<[i16; DIMENSIONS]>,
    length: f32,
    idf: f32,
    /// Figures are equal or not: the table thinks 71 and 123 alike.
    figure: bool,
}

impl Lexicon {
    /// A lexicon without words.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many words were interned.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word was interned.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Every word, in the order in which they were interned.
    pub fn words(&self) -> impl Iterator<Item = WordId> + use<> {
        (0..self.words.len() as u32).map(WordId)
    }

    /// The number of `word`, folded.
    pub fn intern(&mut self, word: &str) -> WordId {
        let folded = fold(word);
        if let Some(&id) = self.ids.get(&folded) {
            return id;
        }
        let id = WordId(self.words.len() as u32);
        self.words.push(Word::look_up(&folded));
        self.ids.insert(folded, id);
        id
    }

    /// How alike two words are: 1 for the same word, else the cosine of their vectors, never below 0. Unlike figures are 0.
    pub fn similarity(&self, a: WordId, b: WordId) -> f32 {
        if a == b {
            return 1.0;
        }
        let (a, b) = (self.word(a), self.word(b));
        if a.figure || b.figure || a.length == 0.0 || b.length == 0.0 {
            return 0.0;
        }
        (dot(&a.vector, &b.vector) as f32 / (a.length * b.length)).clamp(0.0, 1.0)
    }

    /// How rare a word is: the natural logarithm of articles over articles that hold it, 0 to 8.5.
    pub fn idf(&self, word: WordId) -> f32 {
        self.word(word).idf
    }

    /// Whether the word holds a figure.
    pub fn is_figure(&self, word: WordId) -> bool {
        self.word(word).figure
    }

    /// The meaning of several words together: the sum of their vectors.
    pub fn pool(&self, words: &[WordId]) -> Pooled {
        let mut sum = [0_i32; DIMENSIONS];
        for &word in words {
            add(&mut sum, &self.word(word).vector);
        }
        Pooled::new(sum)
    }

    fn word(&self, id: WordId) -> &Word {
        &self.words[id.index()]
    }
}

/// The meaning of a stretch of text as one vector.
#[derive(Debug, Clone)]
pub struct Pooled {
    sum: Box<[i32; DIMENSIONS]>,
    length: f32,
}

impl Pooled {
    /// How many bytes [`Self::to_bytes`] gives.
    pub const BYTES: usize = 4 * DIMENSIONS;

    fn new(sum: [i32; DIMENSIONS]) -> Self {
        let square: i64 = sum.iter().map(|&x| i64::from(x) * i64::from(x)).sum();
        Self { sum: Box::new(sum), length: (square as f32).sqrt() }
    }

    /// It in bytes, for [`Self::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        self.sum.iter().flat_map(|x| x.to_le_bytes()).collect()
    }

    /// What [`Self::to_bytes`] gave; nothing where they are not such bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks();
        let sum = <[i32; DIMENSIONS]>::try_from(
            numbers.iter().map(|bytes| i32::from_le_bytes(*bytes)).collect::<Vec<_>>(),
        );
        sum.ok().filter(|_| rest.is_empty()).map(Self::new)
    }

    /// The cosine of the two, from -1 to 1; 0 where one has no known word.
    pub fn cosine(&self, other: &Self) -> f32 {
        if self.length == 0.0 || other.length == 0.0 {
            return 0.0;
        }
        let product: i64 =
            self.sum.iter().zip(other.sum.iter()).map(|(&x, &y)| i64::from(x) * i64::from(y)).sum();
        product as f32 / (self.length * other.length)
    }
}

impl Word {
    fn look_up(folded: &str) -> Self {
        let tokens = tokens_of(folded);
        let mut sum = [0_i32; DIMENSIONS];
        for &row in &tokens.rows {
            for (slot, &byte) in sum.iter_mut().zip(&VECTORS[row * DIMENSIONS..][..DIMENSIONS]) {
                *slot += i32::from(byte as i8);
            }
        }
        let vector = Box::new(narrowed(&sum));
        let length = (dot(&vector, &vector) as f32).sqrt();
        Self { vector, length, idf: tokens.idf, figure: folded.bytes().any(|b| b.is_ascii_digit()) }
    }
}

/// How rare a word is, as [`Lexicon::idf`] says, without a lexicon.
pub fn rarity(word: &str) -> f32 {
    let folded = fold(word);
    let parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let rarity = |part: &str| ROWS.get(part).map_or(RAREST, |&row| f32::from(IDF[row]) / IDF_STEPS);
    parts.map(rarity).fold(0.0, f32::max)
}

/// The table's rows for one word.
struct Tokens {
    rows: Vec<usize>,
    idf: f32,
}

/// Splits a word as BERT does: at marks, then greedily into the longest known pieces.
fn tokens_of(folded: &str) -> Tokens {
    let mut tokens = Tokens { rows: Vec::new(), idf: 0.0 };
    for part in folded.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()) {
        let pieces = pieces_of(part);
        let idf = match pieces[..] {
            [whole] => f32::from(IDF[whole]) / IDF_STEPS,
            _ => RAREST,
        };
        tokens.idf = tokens.idf.max(idf);
        tokens.rows.extend(pieces);
    }
    tokens
}

/// Greedy longest match; empty where any part of the word is unknown.
fn pieces_of(word: &str) -> Vec<usize> {
    let mut pieces = Vec::new();
    if word.len() > LONGEST_WORD {
        return pieces;
    }
    let mut rest = word;
    while !rest.is_empty() {
        let Some((row, length)) = longest_piece(rest, !pieces.is_empty()) else { return Vec::new() };
        pieces.push(row);
        rest = &rest[length..];
    }
    pieces
}

fn longest_piece(rest: &str, continues: bool) -> Option<(usize, usize)> {
    let mut piece = if continues { format!("##{rest}") } else { rest.to_owned() };
    let prefix = piece.len() - rest.len();
    while piece.len() > prefix {
        if let Some(&row) = ROWS.get(piece.as_str()) {
            return Some((row, piece.len() - prefix));
        }
        piece.pop();
    }
    None
}

/// Lower case without accents.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase).collect()
}

/// A sum of rows in the range of one row: only its direction matters.
fn narrowed(sum: &[i32; DIMENSIONS]) -> [i16; DIMENSIONS] {
    let largest = sum.iter().map(|x| x.abs()).max().unwrap_or(0).max(127);
    sum.map(|x| (x * 127 / largest) as i16)
}

fn add(sum: &mut [i32; DIMENSIONS], vector: &[i16; DIMENSIONS]) {
    for (slot, &x) in sum.iter_mut().zip(vector) {
        *slot += i32::from(x);
    }
}

fn dot(a: &[i16; DIMENSIONS], b: &[i16; DIMENSIONS]) -> i32 {
    a.iter().zip(b).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn similarity(a: &str, b: &str) -> f32 {
        let mut lexicon = Lexicon::new();
        let (a, b) = (lexicon.intern(a), lexicon.intern(b));
        lexicon.similarity(a, b)
    }

    #[test]
    fn the_tables_fit_each_other() {
        assert_eq!(VECTORS.len(), ROWS.len() * DIMENSIONS);
        assert_eq!(IDF.len(), ROWS.len());
    }

    #[test]
    fn words_that_mean_alike_are_alike() {
        for (near, far) in [
            (["stop", "halt"], ["stop", "start"]),
            (["ridiculous", "absurd"], ["ridiculous", "table"]),
            (["swap", "exchange"], ["swap", "peace"]),
        ] {
            assert!(similarity(near[0], near[1]) > similarity(far[0], far[1]) + 0.1, "{near:?} {far:?}");
        }
    }

    #[test]
    fn case_accents_and_nothing_else_fold() {
        assert_eq!(similarity("Élan", "elan"), 1.0);
        assert_eq!(similarity("71", "123"), 0.0);
        assert_eq!(similarity("71", "71"), 1.0);
        assert_eq!(similarity("龍鳳", "☃"), 0.0);
    }

    #[test]
    fn rare_words_weigh_more() {
        let mut lexicon = Lexicon::new();
        let [the, war, belvedere] = ["the", "war", "zorbelvederian"].map(|w| lexicon.intern(w));
        assert!(lexicon.idf(the) < lexicon.idf(war) && lexicon.idf(war) < lexicon.idf(belvedere));
    }

    #[test]
    fn pooled_meaning_ignores_order() {
        let mut lexicon = Lexicon::new();
        let mut words = ["the", "minister", "resigned"].map(|w| lexicon.intern(w));
        let forward = lexicon.pool(&words);
        words.reverse();
        assert!(forward.cosine(&lexicon.pool(&words)) > 0.9999);
        assert_eq!(forward.cosine(&lexicon.pool(&[])), 0.0);
    }
}
