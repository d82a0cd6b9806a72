//! Numbers that are no amounts: dates, times of day, labels, scores, parts of names.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::extract::month;
use crate::wordlist::entries;

use super::numeral::{Numeral, NumeralForm};
use super::piece::{Piece, PieceKind};
use super::unit::unit_after;

static LABELS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/figure-labels.txt")).collect());

/// Whether `number`, which starts at the piece `at`, is no amount.
pub(super) fn is_no_amount(pieces: &[Piece<'_>], at: usize, number: &Numeral) -> bool {
    let before = at.checked_sub(1).and_then(|index| pieces.get(index));
    let after = pieces.get(number.end);
    if number.form == NumeralForm::Article {
        return false;
    }
    if number.form == NumeralForm::Words {
        return before.is_some_and(|p| LABELS.contains(&*p.lower) && p.is_capitalised())
            && after.is_none_or(|p| !p.is_hyphen());
    }
    is_part_of_name(pieces, at)
        || before.is_some_and(|p| is_month(p) || LABELS.contains(&*p.lower) || p.is("#"))
        || is_time_or_ordinal(pieces, number.end)
        || is_year(&pieces[at], before, pieces, number)
        || is_score(pieces, at, number)
}

/// "G20", "F-16", "COVID-19", "2/3", "@x1": glued to something before it that is no sign of money.
fn is_part_of_name(pieces: &[Piece<'_>], at: usize) -> bool {
    if !pieces[at].glued {
        return false;
    }
    let Some(before) = at.checked_sub(1).and_then(|index| pieces.get(index)) else { return false };
    let name_joint = before.is_hyphen() && before.glued;
    before.is_word()
        || name_joint
        || before.kind == PieceKind::Digits
        || before.is_any(&["/", ":", ".", "@", "_", "#"])
}

fn is_time_or_ordinal(pieces: &[Piece<'_>], end: usize) -> bool {
    let Some(after) = pieces.get(end) else { return false };
    let clock = after.glued
        && after.is_any(&[":", "/"])
        && pieces.get(end + 1).is_some_and(|p| p.kind == PieceKind::Digits && p.glued);
    let ordinal = after.glued && after.is_any(&["st", "nd", "rd", "th", "s"]);
    let half_of_day = after.is_any(&["am", "pm", "o'clock", "o’clock", "gmt", "et", "est", "bst", "utc"])
        || after.is_any(&["a", "p"]) && pieces.get(end + 1).is_some_and(|p| p.is(".") && p.glued);
    clock || ordinal || half_of_day || is_month(after)
}

/// Four digits from 1500 to 2100 that nothing says to count anything.
fn is_year(digits: &Piece<'_>, before: Option<&Piece<'_>>, pieces: &[Piece<'_>], number: &Numeral) -> bool {
    let looks_like = digits.text.len() == 4 && !digits.text.contains(['.', ',']) && !number.scaled;
    if !looks_like || !(1500.0..=2100.0).contains(&number.value) {
        return false;
    }
    let money = before.is_some_and(|p| !p.is_word() && p.is_any(&["$", "£", "€", "¥"]));
    let dated = before.is_some_and(|p| {
        p.is_any(&["in", "since", "of", "by", "until", "from", "early", "late", "mid", "the", ","])
    });
    !money && (dated || unit_after(pieces, number).is_none())
}

/// "3-1", "52-48", "9-11": two numbers of at most two digits that nothing says to count anything.
fn is_score(pieces: &[Piece<'_>], at: usize, number: &Numeral) -> bool {
    let pair = pieces.get(number.end).is_some_and(|p| p.is_hyphen() && p.glued)
        && pieces.get(number.end + 1).is_some_and(|p| p.kind == PieceKind::Digits && p.glued);
    if !pair {
        return false;
    }
    let money = at > 0 && pieces[at - 1].is_any(&["$", "£", "€", "¥"]);
    let second = Numeral { value: 2.0, end: number.end + 2, ..*number };
    let scaled = super::numeral(pieces, number.end + 1).is_some_and(|n| n.scaled);
    !money && !scaled && unit_after(pieces, &second).is_none()
}

/// Whether a piece names a month: in full, or abbreviated.
pub(crate) fn is_month(piece: &Piece<'_>) -> bool {
    piece.is_capitalised() && piece.is_word() && month(&piece.lower).is_some()
}
