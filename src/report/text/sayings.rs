//! Who said what: each saying with its reference and, beside it, the renditions.

use super::super::labels::{self, count};
use super::super::reading::{Piece, PieceKind, ReadRendition, Reading, Saying};
use super::and_more;
use super::sheet::{Ink, Sheet, Words, ink};

const MOST_SAYINGS: usize = 8;

/// Sayings that several reports carry, altered ones first.
pub(super) fn sayings(reading: &Reading<'_>, sheet: &mut Sheet) {
    let sayings = &reading.sayings;
    let altered = sayings.iter().filter(|s| s.altered() > 0).count();
    let misattributed = sayings.iter().filter(|s| s.misattributed() > 0).count();
    let counted = format!(
        "{} in several reports · {altered} altered inside quotation marks · {misattributed} misattributed",
        count(sayings.len(), "saying", "sayings"),
    );
    sheet.heading("Who said what", &counted);
    for saying in sayings.iter().take(MOST_SAYINGS) {
        show(reading, saying, sheet);
        sheet.gap();
    }
    and_more(sheet, MOST_SAYINGS, sayings.len());
}

fn show(reading: &Reading<'_>, saying: &Saying<'_>, sheet: &mut Sheet) {
    let role = saying.role.map(|role| format!(", {role}")).unwrap_or_default();
    let speaker = saying.speaker.unwrap_or(labels::NO_SPEAKER);
    sheet.wrapped("  ", 4, &[ink(Ink::Strong, speaker), ink(Ink::Faint, role)]);
    for rendition in &saying.renditions {
        sheet.wrapped("    ", 7, &line(reading, rendition));
    }
}

/// The reports' letters, their words with the changes marked, and what to know about them.
fn line<'a>(reading: &'a Reading<'_>, rendition: &'a ReadRendition<'_>) -> Vec<Words<'a>> {
    let letters = ink(Ink::Letter, reading.letters(rendition.articles()).join(" "));
    if rendition.is_verbatim() {
        return vec![letters, ink(Ink::Faint, format!("  {}", labels::rendition(rendition.relation)))];
    }
    let (open, close) = if rendition.quoted { ("“", "”") } else { ("", "") };
    let mut words = vec![letters, ink(Ink::Plain, format!("  {open}"))];
    words.extend(pieces(&rendition.pieces));
    words.push(ink(Ink::Plain, format!("{close}  ")));
    words.extend(notes(rendition));
    words
}

fn pieces(pieces: &[Piece]) -> impl Iterator<Item = Words<'_>> {
    pieces.iter().enumerate().flat_map(|(i, piece)| {
        let ink_of = match piece.kind {
            PieceKind::Same => Ink::Plain,
            PieceKind::Deleted => Ink::Deleted,
            PieceKind::Inserted => Ink::Inserted,
        };
        let gap = ink(Ink::Plain, if i > 0 { " " } else { "" });
        [gap, ink(ink_of, piece.text.as_str())]
    })
}

fn notes<'a>(rendition: &'a ReadRendition<'_>) -> Vec<Words<'a>> {
    if rendition.is_reference {
        return vec![ink(Ink::Faint, "reference")];
    }
    let tone = if rendition.is_altered() { Ink::Alert } else { Ink::Faint };
    let mut notes = vec![ink(tone, labels::rendition(rendition.relation))];
    for &effect in &rendition.effects {
        notes.push(ink(Ink::Alert, format!(" · {}", labels::effect(effect))));
    }
    if rendition.misattributed {
        let credited = rendition.credited.unwrap_or("nobody");
        notes.push(ink(Ink::Alert, " · misattributed"));
        notes.push(ink(Ink::Plain, format!(" to {credited}")));
    }
    notes
}
