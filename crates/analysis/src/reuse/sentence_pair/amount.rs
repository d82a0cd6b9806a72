//! What a sentence counts: amounts, shares and multiples, ranks, rough numbers and stretches of the calendar.

use std::sync::LazyLock;

use parallax_model::{Bound, Document, Quantity, Span, TokenKind};

use crate::extract::month;
use crate::quantity::piece::{Piece, PieceKind, pieces};
use crate::quantity::{Numeral, NumeralForm, numeral};
use crate::reuse::unit::stem_hash;
use crate::wordlist::{WordMap, entries};

/// The numbers of a sentence, apart by what they say.
#[derive(Debug, Default)]
pub(super) struct Amounts {
    pub(super) figures: Vec<Figure>,
    /// Every number that it spells, whatever it counts: "one" and "three" of "one of the three".
    pub(super) numbers: Vec<f64>,
    /// Parts of a whole and multiples: 0.25 of "one in four", 2 of "doubled".
    pub(super) shares: Vec<f64>,
    /// 2 of "second".
    pub(super) ranks: Vec<f64>,
    /// 12 of "dozens", 100,000 of "hundreds of thousands".
    pub(super) rough: Vec<f64>,
    pub(super) groups: Vec<Group>,
    pub(super) periods: Vec<Period>,
}

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    pub(super) value: f64,
    /// The value as it is said: 90 of "90 feet".
    pub(super) said: f64,
    /// The stem of what is counted or measured.
    pub(super) unit: Option<u64>,
    pub(super) is_percent: bool,
    /// Whether it is only about this.
    pub(super) is_rough: bool,
    pub(super) bound: Option<Bound>,
}

/// "Both engines", "one engine": so many of what the stem stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Group {
    pub(super) value: f64,
    pub(super) unit: u64,
}

/// "Last week": a stretch of the calendar, counted from the one that the report is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) unit: &'static str,
    pub(super) shift: i8,
}

impl Figure {
    const fn exact(value: f64) -> Self {
        Self { value, said: value, unit: None, is_percent: false, is_rough: false, bound: None }
    }

    /// "As many as 40" and "up to 40" may be said of what others call at least 40.
    fn of(quantity: &Quantity, text: &str, said: f64) -> Self {
        let words = quantity.span.of(text).to_lowercase();
        let is_vague = ["as ", "up to "].iter().any(|start| words.starts_with(start));
        Self {
            value: quantity.value,
            said,
            unit: quantity.unit.as_deref().map(stem_hash),
            is_percent: quantity.unit.as_deref() == Some("%"),
            is_rough: quantity.approximate || is_vague,
            bound: quantity.bound.filter(|_| !is_vague),
        }
    }

    pub(super) fn is_loose(&self) -> bool {
        self.is_rough || self.bound.is_some()
    }
}

impl Amounts {
    /// What the stretch `span` counts, of which `quantities` are known.
    pub(super) fn of(document: &Document, span: Span, quantities: &[&Quantity]) -> Self {
        let pieces = pieces(document.text(), span);
        let numerals = numerals(&pieces);
        let mut amounts = Self { numbers: as_said(&numerals, quantities), ..Self::default() };
        for quantity in quantities {
            let said = alone_in(quantity, &numerals).unwrap_or(quantity.value);
            amounts.figures.push(Figure::of(quantity, document.text(), said));
        }
        amounts.figures.extend(bare_numbers(document, span, quantities).map(Figure::exact));
        amounts.figures.extend(bare_words(&numerals, quantities).map(Figure::exact));
        let mut at = 0;
        while at < pieces.len() {
            at = amounts.read(&pieces, at).max(at + 1);
        }
        amounts
    }

    /// Takes up what the words at `at` count, and gives where to read on.
    fn read(&mut self, pieces: &[Piece<'_>], at: usize) -> usize {
        if let Some((share, end)) = share(pieces, at) {
            self.shares.push(share);
            end
        } else if let Some((rank, end)) = rank(pieces, at) {
            // "May 4th" is May 4.
            let is_day = is_beside_month(pieces, at, end);
            if is_day {
                self.figures.push(Figure::exact(rank));
            } else {
                self.ranks.push(rank);
            }
            end
        } else if let Some((rough, end)) = rough(pieces, at) {
            self.rough.push(rough);
            end
        } else {
            self.groups.extend(group(pieces, at));
            self.periods.extend(period(pieces, at));
            at + 1
        }
    }
}

/// The numbers in digits or words, with where they begin.
fn numerals(pieces: &[Piece<'_>]) -> Vec<(Numeral, Span)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let number =
            numeral(pieces, at).filter(|number| number.form != NumeralForm::Article || number.scaled);
        at = number.map_or(at + 1, |number| number.end.max(at + 1));
        found.extend(number.map(|number| (number, piece.span)));
    }
    found
}

/// The numbers by what they say; what stands in a measure counts by what that is worth: 90 feet are not 90 metres.
fn as_said(numerals: &[(Numeral, Span)], quantities: &[&Quantity]) -> Vec<f64> {
    let is_converted = |(_, span): &&(Numeral, Span)| {
        let measured = quantities.iter().find(|quantity| quantity.span.contains(*span));
        measured.is_some_and(|quantity| {
            alone_in(quantity, numerals).is_some_and(|said| (said - quantity.value).abs() > 1e-6)
        })
    };
    numerals.iter().filter(|number| !is_converted(number)).map(|(number, _)| number.value).collect()
}

/// The number of a quantity that has one.
fn alone_in(quantity: &Quantity, numerals: &[(Numeral, Span)]) -> Option<f64> {
    let mut inside = numerals.iter().filter(|(_, span)| quantity.span.contains(*span));
    let (number, _) = inside.next()?;
    inside.next().is_none().then_some(number.value)
}

/// Numbers in words that no quantity covers: "two dozen boats".
fn bare_words(numerals: &[(Numeral, Span)], quantities: &[&Quantity]) -> impl Iterator<Item = f64> {
    let is_bare = |(number, span): &&(Numeral, Span)| {
        number.form != NumeralForm::Digits
            && number.value > 1.0
            && !quantities.iter().any(|q| q.span.overlaps(*span))
    };
    numerals.iter().filter(is_bare).map(|(number, _)| number.value).collect::<Vec<_>>().into_iter()
}

/// Numbers that no quantity covers: years, days, scores, labels.
fn bare_numbers<'d>(
    document: &'d Document,
    span: Span,
    quantities: &[&Quantity],
) -> impl Iterator<Item = f64> + 'd {
    let tokens = document.segments.tokens_in(span).iter();
    let covered: Vec<Span> = quantities.iter().map(|quantity| quantity.span).collect();
    let bare = tokens.filter(move |token| {
        token.kind == TokenKind::Number && !covered.iter().any(|span| span.overlaps(token.span))
    });
    bare.filter_map(|token| token.span.of(document.text()).replace(',', "").parse().ok())
}

static MULTIPLES: LazyLock<WordMap<&str, f64>> =
    LazyLock::new(|| values(include_str!("../../../data/multiples.txt")));
static ORDINALS: LazyLock<WordMap<&str, f64>> =
    LazyLock::new(|| values(include_str!("../../../data/ordinals.txt")));
static ROUGH: LazyLock<WordMap<&str, f64>> =
    LazyLock::new(|| values(include_str!("../../../data/rough-numbers.txt")));

fn values(file: &'static str) -> WordMap<&'static str, f64> {
    entries(file)
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(word, value)| Some((word, value.parse().ok()?)))
        .collect()
}

/// A part of a whole, or a multiple, at the piece `at`, and where it ends.
fn share(pieces: &[Piece<'_>], at: usize) -> Option<(f64, usize)> {
    let first = pieces.get(at)?;
    if let Some(&multiple) = MULTIPLES.get(&*first.lower) {
        return Some((multiple, at + 1));
    }
    if first.is("half") {
        return half(pieces, at);
    }
    let is_whole =
        first.is("all") && is_any(pieces, at + 1, &["of", "the", "his", "her", "its", "their", "our"]);
    if is_whole {
        return Some((1.0, at + 1));
    }
    let number = numeral(pieces, at)?;
    times(pieces, number).or_else(|| fraction(pieces, number)).or_else(|| one_in_so_many(pieces, number))
}

/// "Half of the crew", not "half a million" nor "the second half of".
fn half(pieces: &[Piece<'_>], at: usize) -> Option<(f64, usize)> {
    const WHOLES: [&str; 14] =
        ["of", "the", "a", "an", "as", "all", "his", "her", "its", "their", "our", "my", "these", "those"];
    let is_amount = numeral(pieces, at).is_some_and(|number| number.scaled);
    let is_counted = at.checked_sub(1).is_some_and(|before| {
        pieces
            .get(before)
            .is_some_and(|word| ORDINALS.contains_key(&*word.lower) || word.is_any(&["other", "and", "a"]))
    });
    let is_share = is_any(pieces, at + 1, &WHOLES) || at > 0 && is_any(pieces, at - 1, &["by"]);
    (is_share && !is_amount && !is_counted).then_some((0.5, at + 1))
}

/// "Three times", "6-fold".
fn times(pieces: &[Piece<'_>], number: Numeral) -> Option<(f64, usize)> {
    let end = after_hyphen(pieces, number.end);
    let is_multiple = number.form != NumeralForm::Article && is_any(pieces, end, &["times", "fold"]);
    is_multiple.then_some((number.value, end + 1))
}

/// "A third of", "two-thirds".
fn fraction(pieces: &[Piece<'_>], number: Numeral) -> Option<(f64, usize)> {
    let at = after_hyphen(pieces, number.end);
    let word = &*pieces.get(at)?.lower;
    let parts = match word.strip_suffix('s').unwrap_or(word) {
        "half" | "halve" => 2.0,
        "quarter" => 4.0,
        part => *ORDINALS.get(part).filter(|&&parts| parts > 2.0)?,
    };
    let is_part = number.form == NumeralForm::Words
        || is_any(pieces, at + 1, &["of", "less", "more", "fewer", "higher", "lower"]);
    let is_one = number.value == 1.0 && is_part;
    let is_fraction = is_one || number.value > 1.0 && number.value < parts && word.ends_with('s');
    is_fraction.then_some((number.value / parts, at + 1))
}

/// "One in four", "nine out of ten".
fn one_in_so_many(pieces: &[Piece<'_>], number: Numeral) -> Option<(f64, usize)> {
    const LARGEST: f64 = 1000.0;
    const TIMES: [&str; 10] =
        ["second", "seconds", "minute", "minutes", "hours", "days", "weeks", "months", "years", "decades"];
    let joint = match pieces.get(number.end..)? {
        [within, ..] if within.is("in") => 1,
        [out, of, ..] if out.is("out") && of.is("of") => 2,
        _ => return None,
    };
    let whole = numeral(pieces, number.end + joint)?;
    let are_exact = [number, whole].iter().all(|n| n.form != NumeralForm::Article && n.value.fract() == 0.0);
    let is_share = are_exact && number.value >= 1.0 && number.value < whole.value && whole.value <= LARGEST;
    (is_share && !is_any(pieces, whole.end, &TIMES)).then_some((number.value / whole.value, whole.end))
}

/// "Second", "14th", "twenty-first".
fn rank(pieces: &[Piece<'_>], at: usize) -> Option<(f64, usize)> {
    let first = pieces.get(at)?;
    if first.kind == PieceKind::Digits {
        let ending =
            pieces.get(at + 1).filter(|ending| ending.glued && ending.is_any(&["st", "nd", "rd", "th"]));
        return ending.and_then(|_| Some((first.text.parse().ok()?, at + 2)));
    }
    let is_time = first.is("second") && at > 0 && is_any(pieces, at - 1, &["per", "each", "every", "split"]);
    if let Some(&rank) = ORDINALS.get(&*first.lower).filter(|_| !is_time) {
        return Some((rank, at + 1));
    }
    let tens = numeral(pieces, at)
        .filter(|number| number.end == at + 1 && number.value >= 20.0 && number.value < 100.0)?;
    let unit = after_hyphen(pieces, tens.end);
    let rank =
        ORDINALS.get(&*pieces.get(unit).filter(|_| unit > tens.end)?.lower).filter(|rank| **rank < 10.0)?;
    Some((tens.value + rank, unit + 1))
}

fn is_beside_month(pieces: &[Piece<'_>], at: usize, end: usize) -> bool {
    let is_month = |at: usize| {
        pieces.get(at).is_some_and(|piece| piece.is_capitalised() && month(&piece.lower).is_some())
    };
    at.checked_sub(1).is_some_and(is_month)
        || is_month(end)
        || is_any(pieces, end, &["of"]) && is_month(end + 1)
}

/// "Dozens", "hundreds of thousands".
fn rough(pieces: &[Piece<'_>], at: usize) -> Option<(f64, usize)> {
    let known = |at: usize| ROUGH.get(&*pieces.get(at)?.lower).copied();
    let first = known(at)?;
    let of = if is_any(pieces, at + 1, &["of"]) { known(at + 2) } else { None };
    Some(of.map_or((first, at + 1), |second| (first * second, at + 3)))
}

/// "One engine", "a single engine", "both engines", "a pair of engines".
fn group(pieces: &[Piece<'_>], at: usize) -> Option<Group> {
    let is_led = at > 0 && is_any(pieces, at - 1, &["a"]);
    let (value, noun) = match &*pieces.get(at)?.lower {
        "one" => (1.0, at + 1),
        "both" => (2.0, at + 1),
        "single" if is_led => (1.0, at + 1),
        "pair" if is_led && is_any(pieces, at + 1, &["of"]) => (2.0, at + 2),
        _ => return None,
    };
    Some(Group { value, unit: stem_hash(&pieces.get(noun)?.lower) })
}

/// "Last week", "this year", "tomorrow".
fn period(pieces: &[Piece<'_>], at: usize) -> Option<Period> {
    const UNITS: [&str; 6] = ["week", "month", "quarter", "season", "year", "decade"];
    let shift = match &*pieces.get(at)?.lower {
        "last" | "previous" => -1,
        "this" => 0,
        "next" => 1,
        "yesterday" => return Some(Period { unit: "day", shift: -1 }),
        "today" | "tonight" => return Some(Period { unit: "day", shift: 0 }),
        "tomorrow" => return Some(Period { unit: "day", shift: 1 }),
        _ => return None,
    };
    let noun = pieces.get(at + 1).filter(|_| !is_any(pieces, at + 2, &["of"]))?;
    UNITS.into_iter().find(|unit| noun.is(unit)).map(|unit| Period { unit, shift })
}

/// The index after a hyphen at `at`, where there is one.
fn after_hyphen(pieces: &[Piece<'_>], at: usize) -> usize {
    at + usize::from(pieces.get(at).is_some_and(Piece::is_hyphen))
}

fn is_any(pieces: &[Piece<'_>], at: usize, words: &[&str]) -> bool {
    pieces.get(at).is_some_and(|piece| piece.is_any(words))
}
