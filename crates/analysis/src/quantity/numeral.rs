//! Numbers in digits and in words.

use super::piece::{Piece, PieceKind};

/// A number that stands in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Numeral {
    /// What it is worth.
    pub(crate) value: f64,
    /// Index after its last piece.
    pub(crate) end: usize,
    /// How it is written.
    pub(crate) form: NumeralForm,
    /// Whether a word such as "million" belongs to it.
    pub(crate) scaled: bool,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumeralForm {
    /// With digits.
    Digits,
    /// In words.
    Words,
    /// As "a" or "an", which is a number only before some words.
    Article,
}

/// The number that starts at the piece `at`.
pub(crate) fn numeral(pieces: &[Piece<'_>], at: usize) -> Option<Numeral> {
    let (mut number, form) = base(pieces, at)?;
    number.end = halves(pieces, &mut number);
    let mut total = 0.0;
    let mut scaled = false;
    while let Some((scale, end)) = scale(pieces, number.end) {
        scaled = true;
        number = Base { value: number.value * scale, end };
        // "three million two hundred thousand": a smaller group may follow.
        let Some(next) = following_group(pieces, end, scale) else { continue };
        total += number.value;
        number = next;
    }
    let value = total + number.value;
    value.is_finite().then_some(Numeral { value, end: number.end, form, scaled })
}

/// A number below its scale words.
#[derive(Debug, Clone, Copy)]
struct Base {
    value: f64,
    end: usize,
}

fn base(pieces: &[Piece<'_>], at: usize) -> Option<(Base, NumeralForm)> {
    let first = pieces.get(at)?;
    if first.kind == PieceKind::Digits {
        return Some((Base { value: digits(first.text)?, end: at + 1 }, NumeralForm::Digits));
    }
    if first.is("half") && pieces.get(at + 1).is_some_and(|p| p.is_any(&["a", "an"])) {
        return Some((Base { value: 0.5, end: at + 2 }, NumeralForm::Words));
    }
    if first.is_any(&["a", "an"]) {
        return Some((Base { value: 1.0, end: at + 1 }, NumeralForm::Article));
    }
    words(pieces, at).map(|base| (base, NumeralForm::Words))
}

/// The value of digits with separators: commas group thousands, a point is decimal.
fn digits(text: &str) -> Option<f64> {
    let mut groups = text.split(',');
    let grouped = groups.next().is_some_and(|first| first.len() <= 3)
        && groups.clone().count() > 0
        && groups.all(|group| group.split('.').next().is_some_and(|g| g.len() == 3));
    let plain = if grouped { text.replace(',', "") } else { text.to_owned() };
    plain.parse().ok()
}

/// A number below a thousand in words.
fn words(pieces: &[Piece<'_>], at: usize) -> Option<Base> {
    let mut base = below_hundred(pieces, at)?;
    if pieces.get(base.end).is_some_and(|p| p.is("hundred")) {
        base = Base { value: base.value * 100.0, end: base.end + 1 };
        let and = usize::from(pieces.get(base.end).is_some_and(|p| p.is("and")));
        if let Some(rest) = below_hundred(pieces, base.end + and) {
            base = Base { value: base.value + rest.value, end: rest.end };
        }
    }
    Some(base)
}

fn below_hundred(pieces: &[Piece<'_>], at: usize) -> Option<Base> {
    let value = small(&pieces.get(at)?.lower)?;
    let mut base = Base { value, end: at + 1 };
    if (20.0..100.0).contains(&value) {
        let joint = usize::from(pieces.get(at + 1).is_some_and(|p| p.is_hyphen() && p.glued));
        let unit =
            pieces.get(at + 1 + joint).and_then(|p| small(&p.lower)).filter(|v| (1.0..10.0).contains(v));
        if let Some(unit) = unit {
            base = Base { value: value + unit, end: at + 2 + joint };
        }
    }
    Some(base)
}

fn small(word: &str) -> Option<f64> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let ten_or_less = SMALL.iter().position(|&w| w == word).map(|n| n as f64);
    ten_or_less.or_else(|| TENS.iter().position(|&w| w == word).map(|n| 10.0 * (n + 2) as f64))
}

/// Adds "and a half" where it follows, and returns where the number then ends.
fn halves(pieces: &[Piece<'_>], number: &mut Base) -> usize {
    match fraction(pieces, number.end) {
        Some((part, end)) => {
            number.value += part;
            end
        }
        None => number.end,
    }
}

/// "and a half" at the piece `at`, also with hyphens: its value, and the index after it.
pub(crate) fn fraction(pieces: &[Piece<'_>], at: usize) -> Option<(f64, usize)> {
    let mut at = at;
    for word in ["and", "a"] {
        at += usize::from(pieces.get(at).is_some_and(Piece::is_hyphen));
        pieces.get(at).filter(|p| p.is(word))?;
        at += 1;
    }
    at += usize::from(pieces.get(at).is_some_and(Piece::is_hyphen));
    let part = match &*pieces.get(at)?.lower {
        "half" => 0.5,
        "quarter" => 0.25,
        _ => return None,
    };
    Some((part, at + 1))
}

/// The scale word at the piece `at`, also after a hyphen: its worth, and the index after it.
fn scale(pieces: &[Piece<'_>], at: usize) -> Option<(f64, usize)> {
    let at = at + usize::from(pieces.get(at).is_some_and(|p| p.is_hyphen() && p.glued));
    let piece = pieces.get(at)?;
    let worth = match &*piece.lower {
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" | "mln" | "mn" => 1e6,
        "billion" | "bn" | "bln" => 1e9,
        "trillion" | "tn" | "trn" => 1e12,
        "k" if piece.glued => 1e3,
        _ => return None,
    };
    Some((worth, at + 1))
}

/// A group that is smaller than `scale` and goes on a number in words: "two hundred thousand" after "three million".
fn following_group(pieces: &[Piece<'_>], at: usize, scale: f64) -> Option<Base> {
    let and = usize::from(pieces.get(at).is_some_and(|p| p.is("and")));
    let next = words(pieces, at + and)?;
    // "two thousand and five people" goes on; "a million and one is" would be rare, "three million and two others" is two counts.
    let joined = and == 0 || (scale <= 1e3 && next.value < 100.0);
    (joined && next.value < scale).then_some(next)
}

#[cfg(test)]
mod tests {
    use parallax_model::Span;

    use super::super::piece::pieces;
    use super::*;

    fn check(text: &str, value: f64) {
        let pieces = pieces(text, Span::new(0, text.len()));
        let found = numeral(&pieces, 0).map(|n| (n.value, n.end));
        assert_eq!(found, Some((value, pieces.len())), "{text}");
    }

    #[test]
    fn numbers() {
        check("1,234.5", 1234.5);
        check("12,345,678", 12_345_678.0);
        check("four and a half", 4.5);
        check("two-and-a-half", 2.5);
        check("four and a half million", 4.5e6);
        check("twenty-one", 21.0);
        check("three hundred and five", 305.0);
        check("two thousand and five", 2005.0);
        check("three million two hundred thousand", 3.2e6);
        check("half a million", 5e5);
        check("a dozen", 12.0);
        check("two hundred", 200.0);
        check("200k", 200_000.0);
        check("4.5bn", 4.5e9);
    }
}
