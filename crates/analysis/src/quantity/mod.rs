//! Figures with their units: what is counted or measured, in digits or in words, and how exactly.
//!
//! A small grammar over pieces in the manner of Microsoft's Recognizers-Text: qualifier, currency sign, number,
//! range, unit. Dates, times of day, labels ("Article 5") and scores are left out: they are no amounts.

mod exclusion;
mod numeral;
pub(crate) mod piece;
mod qualifier;
mod unit;

use parallax_model::{Quantity, Segmentation, Span};

pub(crate) use numeral::{Numeral, NumeralForm, numeral};
use piece::{Piece, pieces};
use qualifier::Qualifier;
use unit::Unit;
pub(crate) use unit::casualty;

/// Finds the figures of a text that have a unit, by position. Lengths of time come in minutes, days or years, lengths in
/// metres, money by its currency's ISO code; what is counted by its noun in the singular.
pub fn quantities(text: &str, segments: &Segmentation) -> Vec<Quantity> {
    segments.sentences.iter().flat_map(|sentence| in_sentence(text, sentence.span)).collect()
}

fn in_sentence(text: &str, sentence: Span) -> Vec<Quantity> {
    let pieces = pieces(text, sentence);
    let mut figures = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let figure = figure(&pieces, at);
        at = figure.as_ref().map_or(at + 1, |figure| figure.end.max(at + 1));
        figures.extend(figure);
    }
    complete(&pieces, &mut figures);
    figures.iter().filter_map(|figure| figure.quantity(&pieces)).collect()
}

/// A figure as it is read off the pieces.
#[derive(Debug, Clone)]
struct Figure {
    /// Index of its first piece, qualifiers included.
    start: usize,
    /// Index after its last piece.
    end: usize,
    value: f64,
    unit: Option<Unit>,
    qualifier: Qualifier,
}

impl Figure {
    /// The finished quantity; none where nothing says what the figure counts.
    fn quantity(&self, pieces: &[Piece<'_>]) -> Option<Quantity> {
        let unit = self.unit.as_ref()?;
        let (first, last) = (pieces.get(self.start)?, pieces.get(self.end.checked_sub(1)?)?);
        let value = self.value * unit.factor;
        value.is_finite().then(|| Quantity {
            span: Span::new(first.span.start, last.span.end),
            // Units of a twelfth or of 0.3048 would leave digits that no report gives.
            value: (value * 1e6).round() / 1e6,
            unit: Some(unit.name.clone()),
            approximate: self.qualifier.approximate,
            bound: self.qualifier.bound,
        })
    }
}

/// The figure whose number starts at the piece `at`.
fn figure(pieces: &[Piece<'_>], at: usize) -> Option<Figure> {
    let mut number = numeral(pieces, at)?;
    if exclusion::is_no_amount(pieces, at, &number) {
        return None;
    }
    let currency = unit::currency_before(pieces, at);
    if currency.is_some() {
        million_of_money(pieces, &mut number);
    }
    let range = range(pieces, &mut number, currency.is_some());
    let unit = match currency {
        Some((name, factor, _)) => {
            Some(Unit { name: name.to_owned(), factor, end: number.end, counted: false })
        }
        None => unit::unit_after(pieces, &number),
    };
    if number.form == NumeralForm::Article && !number.scaled && !is_article_amount(pieces, at, unit.as_ref())
    {
        return None;
    }
    let start = currency.map_or(at, |(_, _, start)| start);
    Some(qualified(pieces, Figure { start, end: number.end, value: number.value, unit, qualifier: range }))
}

/// "an hour" is an amount where it is qualified or goes on with "and a half"; "a day" in "twice a day" is none.
fn is_article_amount(pieces: &[Piece<'_>], at: usize, unit: Option<&Unit>) -> bool {
    let Some(unit) = unit.filter(|unit| !unit.counted) else { return false };
    qualifier::before(pieces, at).is_some() || numeral::fraction(pieces, unit.end).is_some()
}

/// Takes the qualifiers around a figure into it.
fn qualified(pieces: &[Piece<'_>], mut figure: Figure) -> Figure {
    if let Some(unit) = &figure.unit {
        figure.end = figure.end.max(unit.end);
        if let Some((part, end)) = numeral::fraction(pieces, figure.end) {
            figure.value += part;
            figure.end = end;
        }
    }
    if let Some((qualifier, end)) = qualifier::after(pieces, figure.end) {
        figure.qualifier = qualifier;
        figure.end = end;
    }
    if let Some((qualifier, start)) = qualifier::before(pieces, figure.start) {
        figure.qualifier.approximate |= qualifier.approximate;
        figure.qualifier.bound = figure.qualifier.bound.or(qualifier.bound);
        figure.start = start;
    }
    figure
}

/// "$3m" is three million; "3m" alone would be three metres.
fn million_of_money(pieces: &[Piece<'_>], number: &mut Numeral) {
    if pieces.get(number.end).is_some_and(|p| p.is("m")) {
        *number = Numeral { value: number.value * 1e6, end: number.end + 1, scaled: true, ..*number };
    }
}

/// Takes the upper end of a range ("10 to 15", "$3-4 million") into the number, which becomes the middle, about right.
fn range(pieces: &[Piece<'_>], number: &mut Numeral, money: bool) -> Qualifier {
    let upper =
        upper_end(pieces, number.end, money).filter(|upper| upper.value > number.value || upper.scaled);
    let Some(upper) = upper else { return Qualifier::default() };
    let lower =
        if upper.scaled && !number.scaled { number.value * scale_of(upper.value) } else { number.value };
    *number = Numeral { value: f64::midpoint(lower, upper.value), ..upper };
    Qualifier { approximate: true, bound: None }
}

fn upper_end(pieces: &[Piece<'_>], at: usize, money: bool) -> Option<Numeral> {
    pieces.get(at).filter(|p| p.is("to") || p.is_hyphen())?;
    let sign = usize::from(
        money && pieces.get(at + 1).is_some_and(|p| !p.is_word()) && numeral(pieces, at + 1).is_none(),
    );
    numeral(pieces, at + 1 + sign).filter(|n| n.form != NumeralForm::Article)
}

/// The scale word's worth that is in a number: a million for 4.5 million.
fn scale_of(value: f64) -> f64 {
    [1e12, 1e9, 1e6, 1e3].into_iter().find(|&scale| value >= scale).unwrap_or(1.0)
}

/// Gives figures without a unit that of the figure that they go with: "six out of seven missiles", "123 drones, of which 71
/// were shot down", "killing 32".
fn complete(pieces: &[Piece<'_>], figures: &mut [Figure]) {
    for index in 0..figures.len() {
        if figures[index].unit.is_some() {
            continue;
        }
        let (before, after) = (index.checked_sub(1).map(|i| &figures[i]), figures.get(index + 1));
        let unit = share_of(pieces, &figures[index], after)
            .or_else(|| ellipsis(pieces, &figures[index], before))
            .map(|name| Unit { name, factor: 1.0, end: figures[index].end, counted: true });
        figures[index].unit = unit;
    }
}

/// The unit of the whole that a share is given of.
fn share_of(pieces: &[Piece<'_>], figure: &Figure, after: Option<&Figure>) -> Option<String> {
    let whole = after.filter(|whole| whole.start <= figure.end + 3)?;
    let between = pieces.get(figure.end..whole.start)?;
    let joins = between.iter().all(|p| p.is_any(&["out", "of", "the"])) && between.iter().any(|p| p.is("of"));
    whole.unit.as_ref().filter(|unit| unit.counted && joins).map(|unit| unit.name.clone())
}

/// The unit of a figure that stands alone before its verb ("71 were shot down") or after it ("killing 32").
fn ellipsis(pieces: &[Piece<'_>], figure: &Figure, before: Option<&Figure>) -> Option<String> {
    let next = pieces.get(figure.end)?;
    let is_subject = next.is_any(&["were", "was", "are", "have", "had"]) || casualty(&next.lower).is_some();
    let counted = before.and_then(|b| b.unit.as_ref()).filter(|unit| unit.counted && is_subject);
    if let Some(unit) = counted {
        return Some(unit.name.clone());
    }
    let around = figure.start.saturating_sub(2)..(figure.end + 3).min(pieces.len());
    let casualties = pieces[around].iter().any(|p| casualty(&p.lower).is_some());
    (casualties && figure.value >= 1.0).then(|| "person".to_owned())
}

#[cfg(test)]
mod tests;
